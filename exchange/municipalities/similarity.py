"""Which municipalities are alike: a pure function over the register, with the reasons.

Distance over the logarithm of inhabitants and of density, each in standard deviations of the register, and less where
the region is the same. What sections state themselves (reception, centre municipality) joins with reuse.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .numbers import grouped

# Half the inhabitants, or twice as many, is about as far as this; nearer than that is alike.
ALIKE = 1.0
FEWEST = 10
MOST = 40
# How much nearer the same safety region or province brings two municipalities.
SAME_REGION = 0.25
SAME_PROVINCE = 0.1
# Standard deviations over the register of 2024 (CBS): of ln(inhabitants) and of ln(inhabitants per km2).
SPREAD_POPULATION = 0.85
SPREAD_DENSITY = 1.15


@dataclass(frozen=True)
class Profile:
    """What of a municipality is compared. `land_area` in km2; None where it is not known."""

    code: str
    population: int
    land_area: float | None = None
    region: str = ""
    province: str = ""
    name: str = ""

    @property
    def density(self) -> float | None:
        """Inhabitants per km2."""
        return self.population / self.land_area if self.land_area else None


@dataclass(frozen=True)
class Similar:
    """A municipality that is like another: how far, and why."""

    code: str
    distance: float
    reasons: tuple[str | Promise, ...]
    name: str = ""


def similar(own: Profile, others: Sequence[Profile]) -> list[Similar]:
    """The municipalities most like one, nearest first; itself is not among them.

    Returns:
        All that are alike, but at least `FEWEST` where there are so many, and at most `MOST`.
    """
    ranked = sorted(
        (
            Similar(other.code, round(distance(own, other), 4), tuple(_reasons(own, other)), other.name)
            for other in others
        ),
        key=lambda one: (one.distance, one.code),
    )
    found = [one for one in ranked if one.code != own.code]
    alike = sum(one.distance <= ALIKE for one in found)
    return found[: min(MOST, max(FEWEST, alike))]


def distance(own: Profile, other: Profile) -> float:
    """How far two municipalities are apart: 0 is alike in all that is compared; the same both ways."""
    parts = [_apart(own.population, other.population) / SPREAD_POPULATION]
    if own.density and other.density:
        parts.append(_apart(own.density, other.density) / SPREAD_DENSITY / 2)
    near = SAME_REGION * _is_same(own.region, other.region) + SAME_PROVINCE * _is_same(own.province, other.province)
    return max(0.0, math.hypot(*parts) - near)


def _apart(one: float, other: float) -> float:
    return abs(math.log(max(one, 1) / max(other, 1)))


def _is_same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _reasons(own: Profile, other: Profile) -> list[str | Promise]:
    reasons: list[str | Promise] = [format_lazy(_("{number} inwoners"), number=grouped(other.population))]
    if _is_same(own.region, other.region):
        reasons.append(_("zelfde regio"))
    elif _is_same(own.province, other.province):
        reasons.append(_("zelfde provincie"))
    if own.density and other.density and _apart(own.density, other.density) < math.log(1.5):
        reasons.append(_("ongeveer even dicht bebouwd"))
    return reasons
