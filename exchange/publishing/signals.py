"""Who gets mail when a text is offered, placed or sent back; and a new department opens by itself."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, TaskState, WorkflowState

from exchange.accounts.letters import send
from exchange.accounts.models import User
from exchange.sections.models import DepartmentPage
from exchange.sections.opening import open_section

from . import letters
from .models import Reading


def offered(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    task = instance.task.specific
    if not isinstance(task, Reading):
        return
    page = instance.workflow_state.content_object
    for reader in task.readers(page):
        send(reader, lambda: letters.please_read(page, instance, user))


def placed(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    for writer in _writers(instance, but=user):
        send(writer, lambda: letters.is_placed(Page.objects.get(pk=instance.object_id), user))


def sent_back(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    for writer in _writers(instance, but=user):
        send(writer, lambda: letters.sent_back(instance.content_object, instance, user))


def _writers(state: WorkflowState, *, but: User | None) -> list[User]:
    """Who offered the text and who owns it, once each; not who just answered."""
    found = {user.pk: user for user in (state.requested_by, state.content_object.owner) if user and user.is_active}
    return [user for user in found.values() if but is None or user.pk != but.pk]


def department_published(instance: DepartmentPage, **kwargs: Any) -> None:
    open_section(instance)
