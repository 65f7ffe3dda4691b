"""How does it go? Asked by mail after three, six and twelve months; answered from the mail without signing in.

What is answered are choices, no free text: they stand on the page at once. A text goes the way of every text: a
colleague reads along.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from exchange.accounts import links
from exchange.accounts.letters import send
from exchange.accounts.models import User
from exchange.contributions.locks import hold, require_unlocked

from . import letters
from .choices import ENDED
from .confirming import who_knows
from .models import AdoptionPage, FollowUp

PURPOSE = "exchange.adoptions.follow_up"
LINK_DAYS = 120
MONTHS = (3, 6, 12)
# Of a month, for counting from a day on: no calendar is needed for a question that may come a day later.
DAYS_IN_MONTH = 30.44


@dataclass(frozen=True)
class Asked:
    """What a link says: who was asked, at which occasion."""

    user: int
    follow_up: int


def months_due(placed_on: datetime.date, today: datetime.date) -> int | None:
    """The last occasion that has come; None before the first."""
    days = (today - placed_on).days
    come = [months for months in MONTHS if days >= round(months * DAYS_IN_MONTH)]
    return come[-1] if come else None


def ask(today: datetime.date) -> int:
    """Ask everybody of whose adoption an occasion has come. Safe to repeat: each occasion once.

    Returns:
        How many adoptions.
    """
    going_on = AdoptionPage.objects.live_with_ancestors().exclude(stage__in=ENDED).filter(is_imported=False)
    return sum(_ask(page, today) for page in going_on.select_related("contact__user", "owner").iterator())


@transaction.atomic
def _ask(page: AdoptionPage, today: datetime.date) -> bool:
    months = months_due(timezone.localdate(page.first_published_at), today) if page.first_published_at else None
    if months is None:
        return False
    follow_up, is_new = FollowUp.objects.get_or_create(adoption=page, months=months)
    if is_new:
        for user in who_knows(page)[:1]:
            send(user, partial(letters.how_does_it_go, page, months, address_for(user, follow_up)))
    return is_new


def address_for(user: User, follow_up: FollowUp) -> str:
    return reverse("follow_up", args=[links.write([user.pk, follow_up.pk], purpose=PURPOSE)])


def read(token: str) -> Asked:
    """Read a link.

    Raises:
        exchange.accounts.links.BadLinkError: not one of ours, or too old.
    """
    return Asked(*links.read(token, purpose=PURPOSE, days=LINK_DAYS))


@transaction.atomic
def answer(follow_up: FollowUp, user: User, values: dict[str, Any]) -> None:
    """Write what was chosen on the page, and in the draft that somebody may be working on: neither undoes the other.

    Args:
        values: stage, result, reason and the day it ended.

    Raises:
        LockedError: somebody else locked the page.
    """
    page: AdoptionPage = follow_up.adoption
    hold(page)
    page.refresh_from_db()
    require_unlocked(user, page)
    answered = FollowUp.objects.get(pk=follow_up.pk).answered_at is not None
    if answered and all(getattr(page, name) == value for name, value in values.items()):
        # The same answer once more: no new version.
        return
    has_draft = page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    _fill(page, values)
    page.save_revision(user=user, log_action=True, clean=False).publish(user=user, skip_permission_checks=True)
    if has_draft:
        _fill(draft, values)
        draft.save_revision(user=draft.latest_revision.user if draft.latest_revision else user, clean=False)
    FollowUp.objects.filter(pk=follow_up.pk).update(answered_at=timezone.now())


def _fill(page: AdoptionPage, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(page, name, value)
