"""What is known about an initiative, as a ladder: computed, never claimed. Pure.

Seeing more can only add to it: so what is hidden from a reader is simply not given to this (decision 0021).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.adoptions.choices import Answer, Result, Stage
from exchange.adoptions.uses import Use, one_per_place

# So many people, each of another municipality, and so many running adoptions (design: domain.md).
CHECKS_NEEDED = 2
ADOPTIONS_NEEDED = 2


class Rung(models.TextChoices):
    DESCRIBED = "described", _("beschreven")
    CHECKED = "checked", _("getoetst door collega's")
    TAKEN_OVER = "taken_over", _("toegepast door anderen")
    EVALUATED = "evaluated", _("onafhankelijk onderzocht")


# The rule behind each rung, as people read it.
RULES: dict[Rung, str | Promise] = {
    Rung.DESCRIBED: _("De basiskaart is volledig, het is geen idee of proef meer, en iemand bevestigde dat het klopt."),
    Rung.CHECKED: _("Twee mensen van twee andere gemeenten liepen een korte lijst na en hadden geen bezwaar."),
    Rung.TAKEN_OVER: _("Het loopt in twee andere gemeenten, en de bron bevestigde dat."),
    Rung.EVALUATED: _("Iemand die het niet zelf uitvoert, onderzocht het. Het onderzoek staat bij de bijlagen."),
}


@dataclass(frozen=True)
class Facts:
    """What a reader may see of an initiative and what others say of it.

    Attributes:
        is_started: further than an idea or a pilot.
        is_described: the basic card is complete.
        is_confirmed: somebody said that it is true.
        checked_by: the municipalities of who checked it and found it in order.
        objections: how many checked it and did not.
        uses: who else does it.
        evaluations: who researched it independently.
    """

    own: str
    is_started: bool
    is_described: bool
    is_confirmed: bool
    checked_by: tuple[str, ...] = ()
    objections: int = 0
    uses: tuple[Use, ...] = ()
    evaluations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The rungs that are reached, and what speaks against it: negative results are as much worth knowing."""

    reached: frozenset[Rung]
    less: int
    stopped: int
    objections: int

    @property
    def highest(self) -> Rung | None:
        """The highest rung; None for what is still an idea, a pilot or not described."""
        return next((rung for rung in reversed(Rung) if rung in self.reached), None)


def evidence(facts: Facts) -> Evidence:
    """Which rungs are reached. Without the first, what others did says nothing yet about what stands here."""
    reached = set()
    if facts.is_started and facts.is_described and facts.is_confirmed:
        reached.add(Rung.DESCRIBED)
        if len(set(facts.checked_by) - {facts.own}) >= CHECKS_NEEDED:
            reached.add(Rung.CHECKED)
        if len(_confirmed(facts.uses, facts.own)) >= ADOPTIONS_NEEDED:
            reached.add(Rung.TAKEN_OVER)
        if facts.evaluations:
            reached.add(Rung.EVALUATED)
    uses = one_per_place(facts.uses)
    return Evidence(
        reached=frozenset(reached),
        less=sum(use.result is Result.LESS for use in uses),
        stopped=sum(use.stage is Stage.STOPPED for use in uses),
        objections=facts.objections,
    )


def _confirmed(uses: Iterable[Use], own: str) -> set[str]:
    return {use.code for use in uses if use.runs and use.answer is Answer.CONFIRMED and use.code != own}
