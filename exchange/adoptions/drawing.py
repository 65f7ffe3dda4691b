"""The chain as a picture: where each box and line stands. Pure; a template makes an SVG of it.

The list beside it says the same in words: that is what a screen reader is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chain import Link

# In the units of the picture: one is a pixel where there is room.
BOX_WIDTH, BOX_HEIGHT = 190, 52
GAP_X, GAP_Y = 44, 14
MARGIN = 8
# A line of a box holds about so many letters.
LETTERS = 24


@dataclass(frozen=True)
class Box:
    """One adoption (or the initiative itself, without a link)."""

    x: int
    y: int
    name: str
    link: Link | None = None


@dataclass(frozen=True)
class Line:
    """From the right of one box to the left of another: across, down, across."""

    x1: int
    y1: int
    bend: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(source: str, links: Sequence[Link]) -> Drawing:
    """Put the source on the left, and each adoption one column further than what it was taken from.

    Args:
        source: the name of the municipality of the initiative.
        links: in the order of `chain`.
    """
    boxes = [Box(MARGIN, MARGIN, _short(source))]
    lines: list[Line] = []
    place: dict[int | None, Box] = {None: boxes[0]}
    last: Link | None = None
    row = 0
    for link in links:
        # What was taken from the box just before it stands beside that, anything else on a line of its own.
        goes_on = link.parent == (last.use.key if last else None)
        row += 0 if goes_on else 1
        above = place[link.parent]
        box = Box(
            MARGIN + link.depth * (BOX_WIDTH + GAP_X),
            MARGIN + row * (BOX_HEIGHT + GAP_Y),
            _short(link.use.municipality),
            link,
        )
        middle = BOX_HEIGHT // 2
        lines.append(Line(above.x + BOX_WIDTH, above.y + middle, box.x - GAP_X // 2, box.x, box.y + middle))
        boxes.append(box)
        place[link.use.key] = box
        last = link
    deepest = max((link.depth for link in links), default=0)
    return Drawing(
        width=2 * MARGIN + BOX_WIDTH + deepest * (BOX_WIDTH + GAP_X),
        height=2 * MARGIN + BOX_HEIGHT + row * (BOX_HEIGHT + GAP_Y),
        boxes=tuple(boxes),
        lines=tuple(lines),
    )


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"
