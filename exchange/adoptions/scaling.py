"""Zo doe je het kleiner: what others of a size did with it, counted from adoptions that run. Pure.

It says where it runs, how many, and with what result: never that it is proven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import TextChoices

from exchange.initiatives.bands import Cost, Staff
from exchange.municipalities.size import SizeClass

from .choices import Fate, Result
from .uses import Use, counting

# So many municipalities of one size are named.
NAMED = 8
Choice = TypeVar("Choice", bound=TextChoices)


@dataclass(frozen=True)
class Element:
    """Something that has to stay, says the source: how many kept, changed and dropped it."""

    text: str
    fates: Mapping[Fate, int]


@dataclass(frozen=True)
class SizeRow:
    """One size class.

    Attributes:
        number: municipalities of this size where it runs.
        marked: how many of them the source did not confirm.
        results: how many said better, the same, less, too early; who said nothing counts in none.
        staff, cost_yearly: how many named which band, from low to high.
        regional: what they do together in the region, in their words.
    """

    size: SizeClass
    number: int
    marked: int
    results: Mapping[Result, int]
    elements: tuple[Element, ...]
    staff: Mapping[Staff, int]
    cost_once: Mapping[Cost, int]
    cost_yearly: Mapping[Cost, int]
    regional: tuple[str, ...]
    places: tuple[Use, ...]

    @property
    def first_places(self) -> tuple[Use, ...]:
        """Those that are named; all are in the chain."""
        return self.places[:NAMED]


def scale_down(uses: Iterable[Use], core_elements: Sequence[str] = ()) -> list[SizeRow]:
    """A row for each size class in which it runs, from small to large.

    Args:
        uses: adoptions, also those that do not count: they are left out here.
        core_elements: what the source says has to stay, in its order; others that were named come after them.
    """
    running = counting(uses)
    by_size = {size: [use for use in running if use.size is size] for size in SizeClass}
    return [_row(size, found, core_elements) for size, found in by_size.items() if found]


def _row(size: SizeClass, uses: Sequence[Use], core_elements: Sequence[str]) -> SizeRow:
    return SizeRow(
        size=size,
        number=len(uses),
        marked=sum(use.is_marked for use in uses),
        results=_counted(Result, [use.result for use in uses if use.result]),
        elements=_elements(uses, core_elements),
        staff=_counted(Staff, [use.staff for use in uses]),
        cost_once=_counted(Cost, [use.cost_once for use in uses]),
        cost_yearly=_counted(Cost, [use.cost_yearly for use in uses]),
        regional=tuple(dict.fromkeys(use.regional_part for use in uses if use.regional_part)),
        places=tuple(sorted(uses, key=lambda use: (use.population, use.code))),
    )


def _counted(choices: type[Choice], values: Iterable[str]) -> dict[Choice, int]:
    found = Counter(values)
    return {choice: found[choice.value] for choice in choices if found[choice.value]}


def _elements(uses: Sequence[Use], core_elements: Sequence[str]) -> tuple[Element, ...]:
    """By text, whatever capitals and spaces: an element is known by what it says."""
    order = {_key(text): text for text in core_elements}
    fates: dict[str, Counter[Fate]] = {}
    for use in uses:
        # Named twice by one municipality, the last counts.
        for key, (text, fate) in {_key(text): (text, fate) for text, fate in use.elements}.items():
            order.setdefault(key, text)
            fates.setdefault(key, Counter())[fate] += 1
    return tuple(
        Element(text, {fate: fates[key][fate] for fate in Fate if fates[key][fate]})
        for key, text in order.items()
        if key in fates
    )


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
