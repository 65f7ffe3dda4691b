"""Measuring: works that take turns, and tables of how long they took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

console = Console(width=180)

# The longest that one work is repeated for one line of a table, in seconds.
PATIENCE = 20

# Something to measure; what it gives back is not looked at.
Work = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """How long something took each time, in milliseconds."""

    taken: tuple[float, ...]

    @property
    def p50(self) -> float:
        """Half of the times took at most this long."""
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        """Nineteen in twenty took at most this long."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * 0.95))]

    def __add__(self, other: Times) -> Times:
        return Times((*self.taken, *other.taken))


def measure(works: Mapping[str, Work], *, rounds: int) -> dict[str, Times]:
    """How long each took. The works take turns, so that a slow moment of the machine hits all.

    A work that is so slow that its rounds would take longer than `PATIENCE` gets fewer.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    first = {name: _seconds(work) for name, work in works.items()}
    for number in range(rounds):
        for name, work in works.items():
            if number == 0 or number * first[name] < PATIENCE:
                taken[name].append(_seconds(work) * 1000)
    return {name: Times(tuple(times)) for name, times in taken.items()}


def _seconds(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(title: str, times: Mapping[str, Times], *, next_to: Sequence[str] = ()) -> None:
    """Print a table, in Markdown as docs/performance.md has it.

    Args:
        title: of the table.
        times: by what was done.
        next_to: what everything is compared with, each a pair of columns with ratios.
    """
    ratios = [name for name in next_to if name in times]
    table = Table("what", "p50, ms", "p95, ms", title=title, title_justify="left", box=box.MARKDOWN)
    for name in ratios:
        table.add_column(f"p50 × {name}")
        table.add_column(f"p95 × {name}")
    for name, one in times.items():
        cells = [f"{one.p50:.1f}", f"{one.p95:.1f}"]
        for other in ratios:
            cells += [f"{one.p50 / times[other].p50:.2f}", f"{one.p95 / times[other].p95:.2f}"]
        table.add_row(name, *cells)
    console.print(table)
