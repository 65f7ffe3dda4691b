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


def due_on(
    confirmed_at: datetime.date | None, *, kind: Kind, placed_on: datetime.date, is_pilot: bool = False
) -> datetime.date:
    """The day on which somebody should say that it is still true; what nobody confirmed yet is due at once.

    Args:
        placed_on: the day it came on the site.
    """
    if confirmed_at is None:
        return placed_on
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
    due = due_on(confirmed_at, kind=kind, placed_on=confirmed_at, is_pilot=is_pilot)
    if today <= due:
        return Freshness.FRESH
    return Freshness.DUE if today <= due + datetime.timedelta(days=GRACE) else Freshness.OVERDUE
