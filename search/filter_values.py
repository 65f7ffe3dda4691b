"""The filter values of an entry as one text, such as `kind=initiative theme=inburgering`.

One text is read, narrowed and counted for thousands of entries at once where a row for each value would not be. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import chain

# In municipalities of which sizes it runs: known to filters and to ranking.
RUNS_AT_SIZE = "runs_at_size"
# By filter, by value: how many have it.
Counts = dict[str, dict[str, int]]


def filter_value(name: str, value: str) -> str:
    """One value of one filter. Neither has spaces: names are ours, values are slugs, codes and choices."""
    return f"{name}={value}"


def to_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values as one text, always in the same order."""
    return " ".join(sorted(filter_value(name, value) for name, value in pairs))


def by_filter(text: str) -> dict[str, list[str]]:
    """The values of each filter in a text."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for one in text.split():
        name, _, value = one.partition("=")
        values[name].append(value)
    return dict(values)


def count(texts: Iterable[str]) -> Counts:
    """How many have each value."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one, number in Counter(chain.from_iterable(map(str.split, texts))).items():
        name, _, value = one.partition("=")
        counts[name][value] = number
    return dict(counts)


def failing(text: str, wanted: Mapping[str, Set[str]]) -> list[str]:
    """The filters that an entry does not meet.

    Args:
        text: of the entry.
        wanted: of each filter that is set the filter values of which one must be there.
    """
    values = text.split()
    return [name for name, accepted in wanted.items() if accepted.isdisjoint(values)]
