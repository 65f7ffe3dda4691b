"""What to propose while somebody types: themes, municipalities and titles with a word that begins like this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.accounts.viewer import Viewer
from exchange.clean_text import clean_line
from exchange.municipalities.names import key
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.themes.models import Theme

from . import vocabulary
from .dutch import folded_words
from .folding import fold
from .models import Entry

SHORTEST = 2
LONGEST = 100
MOST_OF_KIND = 4
MOST_LOOKED_AT = 40


class Kind(models.TextChoices):
    THEME = "theme", _("Thema")
    TITLE = "title", _("Bijdrage")
    MUNICIPALITY = "municipality", _("Gemeente")
    TEAM = "team", _("Team")


@dataclass(frozen=True)
class Suggestion:
    """Something to go to: what to show, of which kind, and where it is."""

    text: str
    kind: Kind
    url: str


def suggest(typed: str, viewer: Viewer) -> list[Suggestion]:
    """The themes, titles, municipalities and their teams that begin like what is typed; of each kind a few.

    Args:
        typed: the beginning of one or more words.
        viewer: the reader; of what is not for them nothing is proposed.
    """
    typed = clean_line(typed)[:LONGEST]
    start = " ".join(folded_words(typed))
    if len(start) < SHORTEST:
        return []
    return [*_themes(start), *_titles(start, viewer), *_municipalities(typed), *_teams(start)]


def _themes(start: str) -> Iterable[Suggestion]:
    found: dict[str, Suggestion] = {}
    themes = Theme.objects.all()
    # A theme by its name comes before one by another word for it.
    names: list[Mapping[Theme, Iterable[str]]] = [
        {theme: [theme.name, theme.name_en] for theme in themes},
        {theme: theme.synonym_list() for theme in themes},
    ]
    for words_of in names:
        for theme, words in words_of.items():
            if any(_begins(word, start) for word in words):
                found.setdefault(theme.slug, Suggestion(theme.label, Kind.THEME, theme.get_absolute_url()))
    return list(found.values())[:MOST_OF_KIND]


def _titles(start: str, viewer: Viewer) -> Iterable[Suggestion]:
    entries = Entry.objects.visible_to(viewer).filter(folded_title__contains=f" {start}")
    rows = entries.order_by("-published_at", "pk").values_list("title", "path")[:MOST_OF_KIND]
    return [Suggestion(title, Kind.TITLE, path) for title, path in rows]


def _municipalities(typed: str) -> Iterable[Suggestion]:
    """By any name that people use: who types *Den Bosch* or *Sneek* finds the municipality."""
    codes = vocabulary.load().gazetteer.beginning(typed)
    pages = MunicipalityPage.objects.live().filter(municipality__in=codes).order_by("title")
    found = sorted(pages.values_list("title", "slug"), key=lambda page: not _begins(page[0], key(typed)))
    return [
        Suggestion(title, Kind.MUNICIPALITY, reverse("wagtail_serve", args=[f"gemeenten/{slug}/"]))
        for title, slug in found[:MOST_OF_KIND]
    ]


def _teams(start: str) -> Iterable[Suggestion]:
    """Departments and teams of municipalities."""
    first = start.partition(" ")[0]
    teams = DepartmentPage.objects.live().public().filter(title__icontains=first).order_by("title")
    found = [page for page in teams[:MOST_LOOKED_AT] if _begins(page.title, start)]
    return [Suggestion(page.title, Kind.TEAM, page.url) for page in found[:MOST_OF_KIND] if page.url]


def _begins(text: str, start: str) -> bool:
    """Does a word of this text begin so?"""
    return f" {start}" in f" {' '.join(folded_words(text))}" or fold(text).startswith(start)
