"""The words that filters know: themes, target groups, municipalities, provinces and regions, with their labels.

Read once a request and frozen, so that parsing and labelling are pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

from exchange.municipalities.models import Municipality
from exchange.themes.models import TargetGroup, Theme


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

    def place_names(self) -> Iterator[str]:
        """The names that tell where: of municipalities and provinces."""
        yield from self.municipalities.values()
        yield from self.provinces.values()


def load() -> Vocabulary:
    """Read the vocabulary: four queries, whatever the number of entries."""
    # Plain values: making five hundred objects for every search would cost more than searching.
    label = "name_en" if get_language() == "en" else "name"
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
    return Vocabulary(
        themes={slug: name for slug, name, _ in themes},
        broader={slug: broader for slug, _, broader in themes if broader},
        target_groups=dict(targets),
        municipalities={code: name for code, name, *_ in places},
        provinces=dict(sorted({(code, name) for _, _, code, name, *_ in places}, key=lambda pair: pair[1])),
        regions=dict(sorted({(code, name) for *_, code, name in places}, key=lambda pair: pair[1])),
        successors=successors,
    )
