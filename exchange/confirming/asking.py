"""Asking who may know whether a contribution is still true: one mail a person, each question once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from exchange.accounts.letters import send
from exchange.accounts.models import User
from exchange.accounts.rights import Place
from exchange.contributions.freshness import LAST_AFTER
from exchange.contributions.locks import hold
from exchange.contributions.models import Contribution
from exchange.contributions.signals import confirmed
from exchange.people.team import answerable, editors_of, platform_keepers

from . import letters
from .models import Asked, Confirmation, Stage

# From how many days after the end of a confirmation each stage begins.
BEGINS = {Stage.BEFORE: -14, Stage.DUE: 0, Stage.GONE: LAST_AFTER}


@dataclass(frozen=True)
class Question:
    """A contribution to ask about: for which day, and at which stage."""

    page: Contribution
    due_on: datetime.date
    stage: Stage


def stage_of(due: datetime.date, today: datetime.date) -> Stage | None:
    """The last stage that has begun; None before the first."""
    begun = [stage for stage, days in BEGINS.items() if today >= due + datetime.timedelta(days=days)]
    return begun[-1] if begun else None


def questions(today: datetime.date) -> Iterable[Question]:
    """Everything on the site whose confirmation ends soon or ended."""
    for page in Contribution.objects.live_with_ancestors().filter(is_imported=False).specific().iterator():
        due = page.due_on()
        stage = stage_of(due, today) if due is not None else None
        if due is not None and stage is not None:
            yield Question(page, due, stage)


def whom(question: Question) -> list[User]:
    """Who is asked: who the contribution is about or from, the stand-in, and in the end the editors of the section."""
    place = Place(question.page.municipality_id, question.page.department_id)
    editors = editors_of(place) or platform_keepers()
    if question.stage is Stage.GONE:
        return editors
    contact = question.page.responsible_contact()
    stand_in = contact.stand_in if question.stage is Stage.DUE and contact is not None else None
    return answerable(question.page, stand_in) or editors


def ask(today: datetime.date) -> int:
    """Send everybody who has to be asked one mail. Safe to repeat: no question goes out twice.

    Returns:
        How many mails.
    """
    for_whom: dict[User, list[Question]] = defaultdict(list)
    for question in questions(today):
        for user in whom(question):
            for_whom[user].append(question)
    return sum(_ask(user, asked) for user, asked in for_whom.items())


@transaction.atomic
def _ask(user: User, asked: list[Question]) -> bool:
    new = [
        question
        for question in asked
        if Asked.objects.get_or_create(
            contribution_id=question.page.pk, due_on=question.due_on, stage=question.stage, user=user
        )[1]
    ]
    if new:
        # Also what was asked before and is still open: one list is enough.
        send(user, lambda: letters.still_true(user, [question.page for question in asked]))
    return bool(new)


@transaction.atomic
def confirm(page: Contribution, user: User | None, today: datetime.date) -> None:
    """Note that somebody says a contribution is still true. No edit: no version is made.

    Safe to repeat, and by several at once: what somebody said today is noted once.

    Raises:
        GoneError: it was deleted meanwhile.
    """
    hold(page)
    locked = Contribution.objects.get(pk=page.pk)
    if locked.confirmed_at == today and locked.confirmed_by_id == (user.pk if user else None):
        return
    Contribution.objects.filter(pk=page.pk).update(confirmed_at=today, confirmed_by=user)
    Confirmation.objects.create(contribution_id=page.pk, user=user)
    confirmed.send(sender=Contribution, instance=page, user=user)
