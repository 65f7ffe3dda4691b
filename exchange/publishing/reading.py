"""Reading along: who reads, offering a text, and answering. Nobody places the own text."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState

from exchange.accounts.models import GoneError, User, roles_of
from exchange.accounts.rights import Action, may
from exchange.contributions.locks import hold, require_unlocked
from exchange.contributions.models import Contribution
from exchange.contributions.privacy import Finding
from exchange.contributions.section import place_of
from exchange.people.team import editors_of, platform_keepers

from .writers import others_than_the_writers


class ChangedSinceError(Exception):
    """The text was changed after the reader opened it."""


class AnsweredError(Exception):
    """Somebody else answered, or the writer took the text back."""


class QuestionsError(Exception):
    """The privacy check has questions that the writer did not look at yet."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(len(findings))
        self.findings = findings


class NotAReaderError(Exception):
    """Not (or no longer) somebody who may read along here."""


def colleagues(page: Page) -> list[User]:
    """The editors of a page's section, but for who wrote since it was last placed."""
    place = place_of(page)
    return others_than_the_writers(page, editors_of(place)) if place else []


def readers(page: Page) -> list[User]:
    """Who reads along: a colleague of the municipality or, where it has nobody else, who looks after the platform."""
    return colleagues(page) or platform_readers(page)


def platform_readers(page: Page) -> list[User]:
    """Who looks after the platform, but for who wrote since it was last placed."""
    return others_than_the_writers(page, platform_keepers())


def is_read_by_platform(page: Page) -> bool:
    """Does the section have no colleague, so that a platform editor reads?"""
    return not colleagues(page)


def may_review(user: User, page: Page) -> bool:
    """Has somebody the right to review in that section, whoever wrote?"""
    place = place_of(page)
    return place is not None and may(roles_of(user), Action.REVIEW, place)


def offer(page: Page, user: User) -> None:
    """Offer the newest version of a page: start its workflow, or go on with the one that was sent back.

    Safe to repeat, and by several at once: what waits already goes on waiting.

    Raises:
        LockedError: somebody else locked it.
        ValidationError: something that must be there is lacking or wrong.
        QuestionsError: the writer first looks at what may identify a person or a place.
    """
    _read_attachments(page)
    _offer(page, user)


def _read_attachments(page: Page) -> None:
    """What the worker did not read yet is read first, before anything is locked: a file may take long."""
    draft = page.get_latest_revision_as_object()
    if isinstance(draft, Contribution):
        draft.read_attachments()


@transaction.atomic
def _offer(page: Page, user: User) -> None:
    hold(page)
    page.refresh_from_db()
    require_unlocked(user, page)
    # Of a version that came in this very second the files are still to be read; of any other they were.
    _read_attachments(page)
    draft = page.get_latest_revision_as_object()
    draft.full_clean()
    if isinstance(draft, Contribution) and (findings := draft.open_findings()):
        raise QuestionsError(findings)
    state = page.current_workflow_state
    if state is None:
        page.get_workflow().start(page, user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)


@transaction.atomic
def answer(state: TaskState, user: User, *, approve: bool, revision: int, comment: str = "") -> None:
    """Place what somebody else wrote, or send it back with a reason.

    Args:
        revision: the version that the reader saw.

    Raises:
        GoneError: the page was deleted meanwhile.
        AnsweredError: it is no longer waiting.
        LockedError: somebody else locked the page: it is not placed and not sent back.
        ChangedSinceError: there is a newer version.
        NotAReaderError: not for this person to answer.
    """
    page = state.workflow_state.content_object
    if page is None:
        raise GoneError
    hold(page)
    locked = TaskState.objects.select_for_update().get(pk=state.pk)
    if locked.status != TaskState.STATUS_IN_PROGRESS:
        raise AnsweredError
    page = locked.workflow_state.content_object
    task: Any = locked.task.specific
    if not task.may_read(page, user):
        raise NotAReaderError
    require_unlocked(user, page)
    if page.latest_revision_id != revision:
        raise ChangedSinceError
    task.on_action(locked, user, "approve" if approve else "reject", comment=comment)


def waiting_for(user: User) -> list[TaskState]:
    """What somebody may answer, the oldest first."""
    states = TaskState.objects.reviewable_by(user).select_related("workflow_state__requested_by")
    return list(states.order_by("started_at"))


def number_waiting(user: User) -> int:
    """How much somebody may answer."""
    number: int = TaskState.objects.reviewable_by(user).count()
    return number
