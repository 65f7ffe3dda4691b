"""Wie doet dit ook? From an initiative to who took it over, and who took it over from them. Pure.

What a reader may not see is not given to this: then what was taken from it hangs under the initiative itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .uses import Use

# After all years that are known.
_UNKNOWN_YEAR = 9999


@dataclass(frozen=True)
class Link:
    """One adoption in the chain. `depth`: 1 is taken over from the initiative itself, 2 from such an adoption."""

    use: Use
    depth: int
    parent: int | None


def chain(uses: Iterable[Use]) -> list[Link]:
    """Each adoption once, under what it was taken from; the oldest first.

    What goes round in a circle (it cannot be saved, but may be left by two who save at once) is cut at its oldest.
    """
    ordered = sorted({use.key: use for use in uses}.values(), key=lambda use: (use.year or _UNKNOWN_YEAR, use.key))
    known = {use.key for use in ordered}
    below: defaultdict[int | None, list[Use]] = defaultdict(list)
    for use in ordered:
        below[use.based_on if use.based_on in known else None].append(use)
    links: list[Link] = []
    left = set(known)
    # First what begins somewhere; what is left after that goes round in circles.
    for first in [*below[None], *ordered]:
        links += _down(first, below, left)
    return links


def _down(first: Use, below: Mapping[int | None, list[Use]], left: set[int]) -> Iterator[Link]:
    """An adoption and what was taken from it. No recursion: a chain may be longer than Python likes."""
    waiting = [Link(first, 1, None)]
    while waiting:
        link = waiting.pop()
        if link.use.key in left:
            left.remove(link.use.key)
            yield link
            waiting += [Link(use, link.depth + 1, link.use.key) for use in reversed(below.get(link.use.key, []))]
