"""The words that filters know: themes, target groups, municipalities, provinces and regions, with their labels.

Frozen, so that parsing and labelling are pure. Kept for some seconds: it changes seldom and every question needs it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from exchange.municipalities.models import Municipality
from exchange.municipalities.names import Known, key, known_as
from exchange.municipalities.towns import TOWNS
from exchange.themes.models import TargetGroup, Theme

from .places import Gazetteer

# What people also call a province.
_PROVINCES = {"Fryslân": ("Friesland",), "Noord-Brabant": ("Brabant",)}
# So long another process may show the old name of a theme, in seconds.
KEPT = 5


@dataclass(frozen=True)
class Vocabulary:
    """Labels by value, for every filter whose values stand in the database; in the order to show them."""

    themes: Mapping[str, str] = field(default_factory=dict)
    broader: Mapping[str, str] = field(default_factory=dict)
    target_groups: Mapping[str, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    provinces: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    # A dissolved municipality's code leads to these.
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Places by every name and code that people type.
    gazetteer: Gazetteer = field(default_factory=Gazetteer)


def load() -> Vocabulary:
    """The vocabulary of now, in the language of the request."""
    return _read("name_en" if get_language() == "en" else "name", int(time.monotonic() // KEPT))


def forget(**kwargs: Any) -> None:
    """Read it anew at the next question: something in it was changed here."""
    _read.cache_clear()


def connect() -> None:
    for model in (Theme, TargetGroup, Municipality):
        post_save.connect(forget, sender=model)
        post_delete.connect(forget, sender=model)


@lru_cache(maxsize=2)
def _read(label: str, moment: int) -> Vocabulary:
    # Plain values: making five hundred objects for every search would cost more than searching.
    themes = list(Theme.objects.order_by("position", "name").values_list("slug", label, "broader__slug"))
    targets = TargetGroup.objects.order_by("position", "name").values_list("slug", label)
    places = list(
        Municipality.objects.current()
        .order_by("name")
        .values_list("code", "name", "province_code", "province", "safety_region_code", "safety_region")
    )
    successors: dict[str, tuple[str, ...]] = {}
    links = Municipality.successors.through.objects.order_by("to_municipality_id")
    for old, new in links.values_list("from_municipality_id", "to_municipality_id"):
        successors[old] = (*successors.get(old, ()), new)
    provinces = dict(sorted({(code, name) for _, _, code, name, *_ in places}, key=lambda pair: pair[1]))
    return Vocabulary(
        themes={slug: name for slug, name, _ in themes},
        broader={slug: broader for slug, _, broader in themes if broader},
        target_groups=dict(targets),
        municipalities={code: name for code, name, *_ in places},
        provinces=provinces,
        regions=dict(sorted({(code, name) for *_, code, name in places}, key=lambda pair: pair[1])),
        successors=successors,
        gazetteer=_gazetteer(provinces, successors),
    )


def _gazetteer(provinces: Mapping[str, str], successors: Mapping[str, tuple[str, ...]]) -> Gazetteer:
    rows = Municipality.objects.values_list("code", "name", "province", "until")
    known = [
        Known(code, name, province, (code,) if until is None else successors.get(code, ()), until is None)
        for code, name, province, until in rows
    ]
    names = {
        name: (code,)
        for code, official in provinces.items()
        for name in map(key, (official, *_PROVINCES.get(official, ())))
    }
    dissolved, present = (known_as([one for one in known if one.is_present is there]) for there in (False, True))
    towns = {key(town): present.get(key(name), ()) for name, inside in TOWNS.items() for town in inside}
    # Zeeland is no municipality any more; Utrecht and Groningen are first of all the municipality.
    both = {name: (*codes, *names.get(name, ())) for name, codes in present.items()}
    return Gazetteer(dissolved | {name: codes for name, codes in towns.items() if codes} | names | both)
