"""The filters as a page shows them: size first, a long list only when somebody opens it. Pure.

A list of 342 municipalities is as much HTML as all the rest of the page, and 342 stops for a keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from .folding import fold
from .places import Gazetteer
from .results import Facet, FacetValue

SIZE = "size"
OPEN = frozenset({SIZE, "kind"})
# A list of more values is opened on demand, with a box to type in.
SHORT = 12
# Of a list that is longer than this only so many are shown: those with most.
LONGEST = 80
MOST = 40


@dataclass(frozen=True)
class Opened:
    """Which long lists somebody opened, and what they typed in their boxes."""

    names: Set[str] = frozenset()
    typed: Mapping[str, str] | None = None

    def text(self, name: str) -> str:
        return (self.typed or {}).get(name, "")


@dataclass(frozen=True)
class Group:
    """One filter on the page.

    Attributes:
        values: what is shown of its values.
        is_open: whether one sees its values without opening it.
        is_long: whether it has a box to type in.
        is_listed: whether the list is there; else only what was chosen of it.
        typed: what stands in its box.
        more: so many other values are there, but not shown.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    is_open: bool
    is_long: bool = False
    is_listed: bool = True
    typed: str = ""
    more: int = 0


def groups(facets: Sequence[Facet], opened: Opened, gazetteer: Gazetteer) -> list[Group]:
    """Every filter, in the order that they have."""
    return [_group(facet, opened, gazetteer) for facet in facets]


def _group(facet: Facet, opened: Opened, gazetteer: Gazetteer) -> Group:
    is_open = facet.has_choice or facet.name in OPEN
    if len(facet.values) <= SHORT:
        return Group(facet.name, facet.label, facet.values, is_open)
    typed = opened.text(facet.name).strip()
    is_listed = facet.has_choice or bool(typed) or facet.name in opened.names
    shown = _shown(facet.values, typed, gazetteer) if is_listed else ()
    return Group(
        facet.name, facet.label, shown, is_open or is_listed,
        is_long=True, is_listed=is_listed, typed=typed, more=0 if typed else len(facet.values) - len(shown),
    )  # fmt: skip


def _shown(values: Iterable[FacetValue], typed: str, gazetteer: Gazetteer) -> tuple[FacetValue, ...]:
    """What was chosen, and what begins with what is typed: as the label has it, or as people call a municipality."""
    start, named = f" {fold(typed)}", gazetteer.beginning(typed)
    found = [one for one in values if one.selected or start in f" {fold(one.label)}" or one.value in named]
    if len(found) <= LONGEST:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: (not one.selected, -one.count, one.label))[:MOST])
