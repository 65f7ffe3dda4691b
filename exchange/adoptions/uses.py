"""An adoption as figures see it, and when it counts. Pure: no pages, no requests, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exchange.municipalities.size import SizeClass, size_class

from .choices import COUNTS, RUNS, Answer, Fate, Result, Stage


@dataclass(frozen=True)
class Use:
    """What one municipality does with an initiative.

    Attributes:
        key: the id of its page.
        based_on: the id of the page that it was taken from, where that is not the initiative itself.
        year: in which it began, or was recorded.
        elements: what the source says has to stay, and what became of it here.
    """

    key: int
    path: str
    code: str
    municipality: str
    population: int
    stage: Stage
    answer: Answer
    result: Result | None = None
    based_on: int | None = None
    year: int | None = None
    elements: tuple[tuple[str, Fate], ...] = ()
    staff: str = ""
    cost_once: str = ""
    cost_yearly: str = ""
    regional_part: str = ""
    contact: int | None = None

    @property
    def size(self) -> SizeClass:
        return size_class(self.population)

    @property
    def runs(self) -> bool:
        return self.stage in RUNS

    @property
    def counts(self) -> bool:
        """It runs, and the source confirmed it or let thirty days pass. What the source doubts counts for nothing."""
        return self.runs and self.answer in COUNTS

    @property
    def is_marked(self) -> bool:
        """Nobody of the source said that it is so."""
        return self.answer is not Answer.CONFIRMED


def one_per_place(uses: Iterable[Use]) -> list[Use]:
    """One for each municipality: two departments that do the same are one municipality where it runs.

    The newest that counts goes before one that does not; in the order of the municipalities' first appearance.
    """
    chosen: dict[str, Use] = {}
    for use in uses:
        known = chosen.get(use.code)
        if known is None or (use.counts, use.key) > (known.counts, known.key):
            chosen[use.code] = use
    return list(chosen.values())


def counting(uses: Iterable[Use]) -> list[Use]:
    """Those on which others may lean: running, not doubted, one for each municipality."""
    return [use for use in one_per_place(uses) if use.counts]


def sizes(uses: Iterable[Use]) -> Sequence[SizeClass]:
    """The size classes in which it runs, from small to large."""
    found = {use.size for use in counting(uses)}
    return [size for size in SizeClass if size in found]
