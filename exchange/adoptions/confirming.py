"""The source of an adoption: told once, confirms or doubts, and after thirty days of silence holds nobody up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from exchange.accounts import links
from exchange.accounts.letters import send
from exchange.accounts.models import User
from exchange.accounts.rights import Place
from exchange.contributions.choices import Visibility
from exchange.contributions.models import Contribution
from exchange.contributions.signals import shown_changed
from exchange.people.team import answerable, editors_of

from . import letters
from .choices import Answer, Stage
from .models import AdoptionPage, SourceAnswer

PURPOSE = "exchange.adoptions.source"
# How long the link in the mail works, and after how many days silence counts as consent.
LINK_DAYS = 120
SILENT_AFTER = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """What a link says: who was asked about which adoption."""

    user: int
    adoption: int


def address_for(user: User, adoption: AdoptionPage) -> str:
    return reverse("source_answer", args=[links.write([user.pk, adoption.pk], purpose=PURPOSE)])


def read(token: str) -> Asked:
    """Read a link.

    Raises:
        exchange.accounts.links.BadLinkError: not one of ours, or too old.
    """
    return Asked(*links.read(token, purpose=PURPOSE, days=LINK_DAYS))


def who_knows(page: Contribution) -> list[User]:
    """Who answers for a contribution: its contact or owner, else the editors of its section."""
    return answerable(page) or editors_of(Place(page.municipality_id, page.department_id))


def may_answer(user: User, adoption: AdoptionPage) -> bool:
    """Is this somebody of the source, still?"""
    return adoption.initiative is not None and user in who_knows(adoption.initiative)


@transaction.atomic
def tell_source(adoption: AdoptionPage) -> None:
    """Tell the source of a new adoption, and ask whether it is so. Safe to repeat: once.

    Of what was looked at and not done the source hears too, but there is nothing to confirm; it is asked when it is
    done after all. What is for one municipality only, nobody else hears of, until it is opened.
    """
    source = adoption.initiative
    if source is None or adoption.visibility == Visibility.OWN:
        return
    is_declined = adoption.stage == Stage.DECLINED
    first = Answer.TOLD if is_declined else Answer.ASKED
    known, is_new = SourceAnswer.objects.get_or_create(adoption=adoption, defaults={"answer": first})
    is_done_after_all = known.answer == Answer.TOLD and not is_declined
    if is_done_after_all:
        SourceAnswer.objects.filter(pk=known.pk).update(answer=Answer.ASKED, asked_on=timezone.localdate())
    if not (is_new or is_done_after_all):
        return
    for user in who_knows(source):
        if is_declined:
            send(user, lambda: letters.declined(adoption, source))
        else:
            send(user, partial(letters.taken_over, adoption, source, address_for(user, adoption)))


@transaction.atomic
def answer(adoption: AdoptionPage, user: User, said: Answer, remark: str = "") -> SourceAnswer:
    """Note what the source says; a later answer replaces an earlier one.

    Args:
        remark: for who placed the adoption; it is mailed and kept nowhere.
    """
    known, _is_new = SourceAnswer.objects.update_or_create(
        adoption=adoption, defaults={"answer": said, "answered_at": timezone.now(), "answered_by": user}
    )
    log(adoption, said.action, user=user)
    shown_changed.send(sender=AdoptionPage, page_ids=[adoption.pk])
    for reader in who_knows(adoption):
        if said is Answer.DOUBTED:
            send(reader, lambda: letters.doubted(adoption, remark))
        else:
            send(reader, lambda: letters.confirmed(adoption))
    return known


def let_time_pass(today: datetime.date) -> int:
    """What the source was asked thirty days ago and did not answer counts from now on, marked.

    Returns:
        How many adoptions.
    """
    waiting = SourceAnswer.objects.filter(answer=Answer.ASKED, asked_on__lte=today - SILENT_AFTER)
    return sum(_pass(one) for one in waiting.select_related("adoption"))


@transaction.atomic
def _pass(waiting: SourceAnswer) -> bool:
    # Only if nobody answered at this very moment.
    changed = SourceAnswer.objects.filter(pk=waiting.pk, answer=Answer.ASKED).update(answer=Answer.SILENT)
    if changed:
        shown_changed.send(sender=AdoptionPage, page_ids=[waiting.adoption_id])
    return bool(changed)
