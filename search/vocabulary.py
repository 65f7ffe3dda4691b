"""The words that filters know: themes, target groups, municipalities, provinces and regions, with their labels.

Read once a request and frozen, so that parsing and labelling are pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
    themes = list(Theme.objects.select_related("broader").order_by("position", "name"))
    municipalities = list(
        Municipality.objects.current().only(
            "code", "name", "province_code", "province", "safety_region_code", "safety_region"
        )
    )
    successors: dict[str, tuple[str, ...]] = {}
    links = Municipality.successors.through.objects.order_by("to_municipality_id")
    for old, new in links.values_list("from_municipality_id", "to_municipality_id"):
        successors[old] = (*successors.get(old, ()), new)
    return Vocabulary(
        themes={theme.slug: theme.label for theme in themes},
        broader={theme.slug: theme.broader.slug for theme in themes if theme.broader is not None},
        target_groups={target.slug: target.label for target in TargetGroup.objects.all()},
        municipalities={one.code: one.name for one in municipalities},
        provinces=dict(sorted({(one.province_code, one.province) for one in municipalities}, key=lambda pair: pair[1])),
        regions=dict(
            sorted({(one.safety_region_code, one.safety_region) for one in municipalities}, key=lambda pair: pair[1])
        ),
        successors=successors,
    )
