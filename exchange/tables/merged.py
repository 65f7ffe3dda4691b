"""Cells that were merged downwards hold for every line that they span: a municipality is written once for ten rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .lines import Line

# The last line of a merged cell, by its first line and its column.
Merged = dict[tuple[int, int], int]


def filled(lines: Iterator[Line], merged: Merged) -> Iterator[Line]:
    """The same lines; what was merged stands in each of them that has words of its own."""
    spanning: dict[int, tuple[int, str]] = {}
    for line in lines:
        if merged and line.has_words:
            yield _with(line, spanning)
            tops = {at: merged[line.number, at] for at in line.cells if (line.number, at) in merged}
            spanning |= {at: (bottom, line.cells[at]) for at, bottom in tops.items()}
        else:
            yield line


def _with(line: Line, spanning: dict[int, tuple[int, str]]) -> Line:
    above = {at: text for at, (bottom, text) in spanning.items() if line.number <= bottom}
    return replace(line, cells=above | line.cells)
