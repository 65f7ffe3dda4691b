"""What happens when everybody who had to read has read: the text is placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    # Wagtail reads this file while it is still being loaded itself.
    from wagtail.models import WorkflowState

    from exchange.accounts.models import User

APPROVED = "approved"


def publish(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Place the newest version; editors hold no right to publish, so four eyes are counted here once more.

    Raises:
        PermissionDenied: nobody but its writers approved, or it would open a file that is not theirs to give.
    """
    from exchange.contributions.usable import files_of_others

    from .writers import others_than_the_writers, writers_since_placing

    page = workflow_state.content_object
    revision = page.get_latest_revision()
    approvals = workflow_state.task_states.filter(status=APPROVED).select_related("finished_by")
    people = [state.finished_by for state in approvals if state.finished_by is not None]
    if not any(person.is_superuser for person in people) and not others_than_the_writers(page, people):
        raise PermissionDenied
    if files_of_others(revision.as_object(), writers_since_placing(page)):
        raise PermissionDenied
    revision.publish(user=user, skip_permission_checks=True)
