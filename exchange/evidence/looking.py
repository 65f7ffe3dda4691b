"""What is known about initiatives, looked up: facts from pages, the ladder from `rungs`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from exchange.accounts.viewer import Viewer
from exchange.adoptions.uses import Use
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.completeness import Level
from exchange.initiatives.bands import Phase
from exchange.initiatives.models import InitiativePage

from .models import PeerCheck
from .rungs import RULES, Evidence, Facts, Rung, evidence

# Not yet anything that others can lean on.
_BEGINNING = frozenset({Phase.IDEA, Phase.PILOT})


def facts(initiative: InitiativePage, uses: Sequence[Use], checks: Sequence[PeerCheck]) -> Facts:
    """The facts about an initiative.

    Args:
        uses: who else does it, as far as the reader may see that.
        checks: every check of it; who may read the initiative may know of them.
    """
    return Facts(
        own=initiative.municipality_id,
        is_started=initiative.phase not in _BEGINNING,
        is_described=initiative.completeness().level is not Level.BEGIN and initiative.safety_check == SafetyCheck.DONE,
        is_confirmed=initiative.confirmed_at is not None,
        checked_by=tuple(check.municipality_id for check in checks if check.is_in_order),
        objections=sum(not check.is_in_order for check in checks),
        uses=tuple(uses),
        evaluations=tuple(one.evaluated_by for one in initiative.attachments.all() if one.evaluated_by),
    )


@dataclass(frozen=True)
class Known:
    """What a page shows of it.

    Attributes:
        rungs: each with its rule, and whether it is reached.
        checked_by: names of the municipalities of who found it in order.
        recognitions: databank, level and date, as those give them.
        may_check: may this reader check it?
    """

    evidence: Evidence
    rungs: tuple[tuple[Rung, str | Promise, bool], ...]
    checked_by: tuple[str, ...]
    evaluations: tuple[str, ...]
    recognitions: tuple[tuple[str, str, datetime.date], ...]
    may_check: bool


def known(initiative: InitiativePage, uses: Sequence[Use], viewer: Viewer) -> Known:
    """Everything that is known, for one reader."""
    found = PeerCheck.objects.filter(initiative_id=initiative.pk).select_related("municipality").order_by("pk")
    checks = list(found)
    about = facts(initiative, uses, checks)
    computed = evidence(about)
    return Known(
        evidence=computed,
        rungs=tuple((rung, RULES[rung], rung in computed.reached) for rung in Rung),
        checked_by=tuple(dict.fromkeys(check.municipality.name for check in checks if check.is_in_order)),
        evaluations=about.evaluations,
        recognitions=tuple(
            (block.value["databank"], block.value["level"], block.value["date"]) for block in initiative.recognitions
        ),
        may_check=initiative.live and bool(viewer.municipalities - {initiative.municipality_id}),
    )
