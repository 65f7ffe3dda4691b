"""The two steps of reading along, as tasks of Wagtail's workflow; and what was already reminded of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from exchange.accounts.models import User
from exchange.contributions.choices import Visibility
from exchange.contributions.locks import hold

from .reading import may_review, platform_readers, readers
from .waiting import readable


class Reading(Task):
    """What both steps share: who reads is computed, and nobody approves what they wrote."""

    # Does a colleague read, or always who looks after the platform?
    is_for_colleagues = True

    class Meta:
        abstract = True

    def readers(self, page: Page) -> list[User]:
        """Who may say that a page can be placed."""
        raise NotImplementedError

    def may_read(self, page: Page, user: User) -> bool:
        return bool(user.is_superuser) or user in self.readers(page)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self.may_read(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        # Who waits for an answer takes the text back first; an editor may mend it, and then another one reads.
        return not (self.may_read(obj, user) or may_review(user, obj))

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        if not self.may_read(obj, user):
            return []
        return [("approve", _("Plaatsen"), False), ("reject", _("Terug naar de schrijver"), True)]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Approve or send back.

        Raises:
            PermissionDenied: not a reader of this page (any more), or somebody else answered already.
        """
        hold(task_state.workflow_state.content_object)
        locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
        page = locked.workflow_state.content_object
        if locked.status != TaskState.STATUS_IN_PROGRESS or not self.may_read(page, user):
            raise PermissionDenied
        # The answer is about the text as it is now, also where it was mended while it waited.
        locked.revision = page.get_latest_revision()
        locked.save(update_fields=["revision"])
        super().on_action(locked, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        return readable(self, user, by_colleagues=self.is_for_colleagues)


class ReadingAlong(Reading):
    """The first step: a colleague or, in a section with nobody else, a platform editor."""

    class Meta:
        verbose_name = _("meelezen door een collega")
        verbose_name_plural = _("meelezen door een collega")

    def readers(self, page: Page) -> list[User]:
        return readers(page)


class PlatformReading(Reading):
    """The second step, only for what is for everybody and only where a setting asks for it."""

    is_for_colleagues = False

    class Meta:
        verbose_name = _("meelezen door de platformredactie")
        verbose_name_plural = _("meelezen door de platformredactie")

    def readers(self, page: Page) -> list[User]:
        return platform_readers(page)

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Start the step, or pass it where nothing asks for it."""
        draft = workflow_state.content_object.get_latest_revision_as_object()
        is_public = getattr(draft, "visibility", None) == Visibility.PUBLIC
        if settings.PLATFORM_READS_PUBLIC and is_public:
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=workflow_state.content_object.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )


class Reminder(models.Model):
    """Readers were reminded of a text that waits: once."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="reminder")
    sent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.task_state)
