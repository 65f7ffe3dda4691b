"""Is it still true? Pure functions from the day a confirmation ends to a state; the state itself is never stored."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

# Days after that day: from when on it is marked and ranked lower, and from when on it stands below everything else.
MARKED_AFTER = 30
LAST_AFTER = 90
_DAY = datetime.timedelta(days=1)


class Freshness(models.TextChoices):
    FRESH = "fresh", _("bevestigd")
    DUE = "due", _("moet worden bevestigd")
    OVERDUE = "overdue", _("niet bevestigd")


def ends_on(confirmed_at: datetime.date, days_valid: int) -> datetime.date:
    """The last day on which a confirmation holds."""
    return confirmed_at + datetime.timedelta(days=days_valid)


def period(state: Freshness, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Which confirmations are in a state today: the first and the last day on which they end."""
    marked = today - datetime.timedelta(days=MARKED_AFTER)
    return {
        Freshness.FRESH: (today, datetime.date.max),
        Freshness.DUE: (marked, today - _DAY),
        Freshness.OVERDUE: (datetime.date.min, marked - _DAY),
    }[state]


def freshness(due_on: datetime.date, today: datetime.date) -> Freshness:
    """The state of what has to be confirmed by a day."""
    return next(state for state in Freshness if due_on >= period(state, today)[0])


def last_before(today: datetime.date) -> datetime.date:
    """What had to be confirmed by this day or earlier stands below everything else."""
    return today - datetime.timedelta(days=LAST_AFTER)
