"""The filter values of an entry as one text: what goes in comes out, and counts are those of the values."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.filter_values import by_filter, count, failing, filter_value, to_text

PAIRS = st.sets(st.tuples(st.sampled_from(["kind", "theme", "size"]), st.sampled_from(["a", "b", "a-b", "GM0344"])))


@given(PAIRS)
def test_what_goes_in_comes_out(pairs: set[tuple[str, str]]) -> None:
    values = by_filter(to_text(pairs))
    assert {(name, value) for name, found in values.items() for value in found} == pairs
    assert all(found == sorted(found) for found in values.values())


@given(st.lists(PAIRS))
def test_every_value_is_counted_once_for_each_entry(entries: list[set[tuple[str, str]]]) -> None:
    counts = count(to_text(pairs) for pairs in entries)
    expected = Counter(pair for pairs in entries for pair in pairs)
    assert {(name, value): number for name, found in counts.items() for value, number in found.items()} == expected


def test_a_filter_is_met_by_one_of_its_values() -> None:
    text = to_text([("size", "xs"), ("theme", "wonen")])
    wanted = {"size": {filter_value("size", "s"), filter_value("size", "m")}, "theme": {filter_value("theme", "wonen")}}
    # Not by the beginning or the end of another.
    assert failing(text, wanted) == ["size"]
    assert failing(text, {"size": {filter_value("size", "xs"), filter_value("size", "s")}}) == []
    assert failing("", wanted) == ["size", "theme"]
