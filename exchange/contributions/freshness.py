"""Is it still true? Pure functions from the day of confirmation to a state; the state itself is never stored."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .choices import Kind

# How long a confirmation holds, in days: a contact or a pilot half a year, anything else a year (design: domain.md).
HALF_YEAR = 182
YEAR = 365
# Days after the due date from which a contribution is marked.
GRACE = 30


class Freshness(models.TextChoices):
    FRESH = "fresh", _("bevestigd")
    DUE = "due", _("moet worden bevestigd")
    OVERDUE = "overdue", _("niet bevestigd")


def days_valid(kind: Kind, *, is_pilot: bool = False) -> int:
    """How many days a confirmation holds."""
    return HALF_YEAR if kind is Kind.CONTACT or is_pilot else YEAR


def ends_on(confirmed_at: datetime.date, *, kind: Kind, is_pilot: bool = False) -> datetime.date:
    """The last day on which a confirmation holds."""
    return confirmed_at + datetime.timedelta(days=days_valid(kind, is_pilot=is_pilot))


def freshness(
    confirmed_at: datetime.date | None, *, kind: Kind, today: datetime.date, is_pilot: bool = False
) -> Freshness:
    """Say how fresh a contribution is.

    Args:
        confirmed_at: the day somebody last said that it is true; None: never.
        kind: what it is.
        today: the day to judge by.
        is_pilot: an initiative in its pilot phase.
    """
    if confirmed_at is None:
        return Freshness.OVERDUE
    due = ends_on(confirmed_at, kind=kind, is_pilot=is_pilot)
    if today <= due:
        return Freshness.FRESH
    return Freshness.DUE if today <= due + datetime.timedelta(days=GRACE) else Freshness.OVERDUE
