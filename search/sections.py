"""Sections that a question names: the page of a municipality, and those of its departments and teams.

A section is no contribution, so no engine finds it. Everybody may see every section.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from exchange.sections.models import DepartmentPage, MunicipalityPage

from . import dutch
from .request import SearchRequest
from .vocabulary import Vocabulary

MOST = 4
MOST_LOOKED_AT = 40
# A question of more words names no section.
MOST_WORDS = 5
# What people type before the name.
_BEFORE = frozenset({"gemeente", "team", "afdeling"})


@dataclass(frozen=True)
class Named:
    """A section: what to show of it, and where it is. `municipality` is whose team it is."""

    title: str
    path: str
    municipality: str = ""
    size: str = ""
    is_invented: bool = False


def named_by(asked: SearchRequest, vocabulary: Vocabulary) -> list[Named]:
    """The sections that the whole question names, on the first page of its answer."""
    typed = asked.words.typed
    if not typed or len(typed) > MOST_WORDS or asked.page > 1 or asked.is_filtered:
        return []
    return [*_municipalities(typed, vocabulary), *_departments(asked)][:MOST]


def _municipalities(typed: tuple[str, ...], vocabulary: Vocabulary) -> list[Named]:
    start = 1 if len(typed) > 1 and typed[0].lower() in _BEFORE else 0
    codes = vocabulary.gazetteer.municipalities(" ".join(typed[start:]))
    if not codes:
        return []
    pages = MunicipalityPage.objects.live().filter(municipality__in=codes).select_related("municipality")
    return [
        Named(page.title, page.url or "", size=page.municipality.size or "", is_invented=page.municipality.is_invented)
        for page in pages.order_by("title")
    ]


def _departments(asked: SearchRequest) -> list[Named]:
    words = [word for word in asked.words.wanted if word.text not in _BEFORE]
    if not words:
        return []
    # The database compares letters, we compare words: *Zorg* and not *Verzorging*.
    title = Q()
    for word in words:
        title &= Q(title__icontains=word.text[:4])
    pages = DepartmentPage.objects.live().filter(title).order_by("title")[:MOST_LOOKED_AT]
    wanted = {word.stem for word in words}
    found = [page for page in pages if wanted <= {token.stem for token in dutch.words(page.title)}][:MOST]
    parents = _municipalities_of(found)
    return [_team(page, parents.get(page.path[: -Page.steplen])) for page in found]


def _team(page: DepartmentPage, parent: MunicipalityPage | None) -> Named:
    if parent is None:
        return Named(page.title, page.url or "")
    place = parent.municipality
    return Named(page.title, page.url or "", parent.title, place.size or "", is_invented=place.is_invented)


def _municipalities_of(pages: list[DepartmentPage]) -> dict[str, MunicipalityPage]:
    paths = {page.path[: -Page.steplen] for page in pages}
    found = MunicipalityPage.objects.filter(path__in=paths).select_related("municipality") if paths else ()
    return {page.path: page for page in found}
