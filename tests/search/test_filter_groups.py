"""The filters as a page shows them: their order, and long lists that are not there until somebody opens them."""

from __future__ import annotations

import pytest

from exchange.municipalities.names import key
from search.filter_groups import LONGEST, MOST, SHORT, Group, Opened, groups
from search.filters import facets
from search.places import Gazetteer
from search.results import Facet, FacetValue

NOBODY = Gazetteer()
CLOSED = Opened()


def facet(name: str, number: int, *, chosen: int | None = None) -> Facet:
    return Facet(
        name,
        name,
        tuple(FacetValue(f"v{one}", f"Gemeente {one}", one, selected=one == chosen) for one in range(number)),
    )


def group(of: Facet, opened: Opened = CLOSED, gazetteer: Gazetteer = NOBODY) -> Group:
    (found,) = groups([of], opened, gazetteer)
    return found


def labels(found: Group) -> list[str]:
    return [one.label for one in found.values]


def test_size_is_first_and_where_comes_last() -> None:
    order = [one.name for one in facets()]
    assert (order[:2], order[-1]) == (["size", "kind"], "municipality")
    shown = groups([facet(name, 1) for name in order], Opened(), NOBODY)
    assert [one.name for one in shown if one.is_open] == ["size", "kind"]
    assert [one.name for one in shown] == order


def test_a_short_list_is_there_and_a_long_one_is_not() -> None:
    assert len(group(facet("province", SHORT)).values) == SHORT
    closed = group(facet("municipality", SHORT + 1))
    assert (closed.values, closed.is_long, closed.is_listed, closed.is_open) == ((), True, False, False)


def test_a_long_list_is_there_when_it_is_opened_typed_in_or_chosen_from() -> None:
    of = facet("theme", SHORT + 1)
    assert len(group(of, Opened(frozenset({"theme"}))).values) == SHORT + 1
    assert labels(group(of, Opened(typed={"theme": "gemeente 12"}))) == ["Gemeente 12"]
    assert len(group(facet("theme", SHORT + 1, chosen=3)).values) == SHORT + 1


def test_a_very_long_list_shows_what_was_chosen_and_those_with_most() -> None:
    shown = group(facet("municipality", LONGEST + 1, chosen=5), Opened(frozenset({"municipality"})))
    assert labels(shown)[:3] == ["Gemeente 5", f"Gemeente {LONGEST}", f"Gemeente {LONGEST - 1}"]
    assert (len(shown.values), shown.more) == (MOST, LONGEST + 1 - MOST)


@pytest.mark.parametrize("typed", ["'s-her", "DEN B", "bosch", "Hertogen"])
def test_a_municipality_is_found_in_its_list_by_what_people_call_it(typed: str) -> None:
    others = facet("municipality", SHORT)
    place = FacetValue("GM0796", "'s-Hertogenbosch", 1, selected=False)
    known = Gazetteer(
        {key("Den Bosch"): ("GM0796",), key("'s-Hertogenbosch"): ("GM0796",), "hertogenbosch": ("GM0796",)}
    )
    found = group(
        Facet(others.name, others.label, (*others.values, place)), Opened(typed={"municipality": typed}), known
    )
    assert labels(found) == ["'s-Hertogenbosch"]


def test_what_was_chosen_stays_in_sight_while_somebody_types() -> None:
    shown = group(facet("theme", SHORT + 1, chosen=2), Opened(typed={"theme": "gemeente 7"}))
    assert labels(shown) == ["Gemeente 2", "Gemeente 7"]
    assert labels(group(facet("theme", SHORT + 1), Opened(typed={"theme": "niets"}))) == []
