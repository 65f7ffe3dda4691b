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
        PermissionDenied: nobody but the last writer approved.
    """
    revision = workflow_state.content_object.get_latest_revision()
    approvals = workflow_state.task_states.filter(status=APPROVED).select_related("finished_by")
    by_others = [
        state for state in approvals if state.finished_by_id != revision.user_id or state.finished_by.is_superuser
    ]
    if not by_others:
        raise PermissionDenied
    revision.publish(user=user, skip_permission_checks=True)
