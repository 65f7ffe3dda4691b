"""What to propose while somebody types: themes, municipalities and titles with a word that begins like this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.accounts.viewer import Viewer
from exchange.municipalities.names import everyday_names
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme

from .dutch import folded_words
from .folding import fold
from .models import Entry

SHORTEST = 2
LONGEST = 100
MOST_OF_KIND = 4


class Kind(models.TextChoices):
    THEME = "theme", _("Thema")
    TITLE = "title", _("Bijdrage")
    MUNICIPALITY = "municipality", _("Gemeente")


@dataclass(frozen=True)
class Suggestion:
    """Something to go to: what to show, of which kind, and where it is."""

    text: str
    kind: Kind
    url: str


def suggest(typed: str, viewer: Viewer) -> list[Suggestion]:
    """The themes, titles and municipalities that begin like what is typed; of each kind a few.

    Args:
        typed: the beginning of one or more words.
        viewer: the reader; of what is not for them nothing is proposed.
    """
    start = " ".join(folded_words(typed[:LONGEST]))
    if len(start) < SHORTEST:
        return []
    return [*_themes(start), *_titles(start, viewer), *_municipalities(start)]


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


def _municipalities(start: str) -> Iterable[Suggestion]:
    pages = MunicipalityPage.objects.live().order_by("title").values_list("title", "slug")
    found = [
        (title, slug) for title, slug in pages if any(_begins(name, start) for name in (title, *everyday_names(title)))
    ]
    return [
        Suggestion(title, Kind.MUNICIPALITY, reverse("wagtail_serve", args=[f"gemeenten/{slug}/"]))
        for title, slug in found[:MOST_OF_KIND]
    ]


def _begins(text: str, start: str) -> bool:
    """Does a word of this text begin so?"""
    return f" {start}" in f" {' '.join(folded_words(text))}" or fold(text).startswith(start)
