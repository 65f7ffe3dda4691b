"""What somebody may mean at an address of the admin: a scope for each thing that can be done."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, TaskState, UploadedFile, WorkflowState
from wagtail.permissions import page_permission_policy, policy_registry

from exchange.accounts.models import User, roles_of
from exchange.accounts.rights import Action, may
from exchange.contributions.models import Contribution
from exchange.contributions.placed_files import of_no_placed_page
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.sections.writing import path_of

Pages = QuerySet[Any, Any]


def pages_with(action: Action, user: User) -> Pages:
    """The sections in which somebody has a right, with everything in them; all pages for an administrator."""
    pages: Pages = Page.objects.all()
    if user.is_superuser:
        return pages
    held = roles_of(user)
    paths = [path_of(one.place) for one in held if one.place is not None and may([one], action, one.place)]
    where = Q(pk__in=[])
    for path in filter(None, paths):
        where |= Q(path__startswith=path)
    return pages.filter(where)


pages_to_take_down = partial(pages_with, Action.TAKE_DOWN)
pages_to_move = partial(pages_with, Action.MOVE)


def pages_to_edit(user: User) -> Pages:
    """Pages of the own sections, pages of the platform for its editors, and what waits for somebody to read along."""
    pages: Pages = Page.objects.all()
    if user.is_superuser:
        return pages
    platform = page_permission_policy.instances_user_has_permission_for(user, "change").filter(
        pk__in=_not_in_a_section()
    )
    return pages.filter(
        Q(pk__in=pages_with(Action.EDIT, user).values("pk"))
        | Q(pk__in=platform.values("pk"))
        | Q(pk__in=_waiting_for(user))
    )


def _not_in_a_section() -> Any:
    return Page.objects.not_type(Contribution, MunicipalityPage, DepartmentPage).values("pk")


def _waiting_for(user: User) -> list[int]:
    """The pages that wait for somebody to read along."""
    return [int(state.workflow_state.object_id) for state in tasks_to_read(user).select_related("workflow_state")]


def pages_to_delete(user: User) -> Pages:
    """Those of an editor, and own ones that were never placed."""
    own = Q(owner=user, first_published_at=None) & Q(pk__in=pages_with(Action.DRAFT, user).values("pk"))
    platform = page_permission_policy.instances_user_has_permission_for(user, "change").filter(
        pk__in=_not_in_a_section()
    )
    found: Pages = Page.objects.filter(
        own | Q(pk__in=pages_with(Action.DELETE, user).values("pk")) | Q(pk__in=platform.values("pk"))
    )
    return found


def pages_to_add_under(user: User) -> Pages:
    """Where somebody may make a page."""
    found: Pages = page_permission_policy.instances_user_has_permission_for(user, "add")
    return found


def pages_to_walk(user: User) -> Pages:
    """What the explorer shows: the own sections, and the way to them."""
    found: Pages = page_permission_policy.explorable_instances(user)
    return found


def tasks_to_read(user: User) -> QuerySet[TaskState]:
    """What waits for somebody to read along."""
    found: QuerySet[TaskState] = TaskState.objects.reviewable_by(user)
    return found


def workflows_to_see(user: User) -> QuerySet[WorkflowState]:
    """How texts of the own sections were read along."""
    keys = [str(pk) for pk in pages_to_edit(user).values_list("pk", flat=True)]
    found: QuerySet[WorkflowState] = WorkflowState.objects.filter(object_id__in=keys)
    return found


def _files(model: Any, user: User) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, ["change"]
    )
    return found


documents_to_see = partial(_files, Document)
images_to_see = partial(_files, Image)


def uploads_of(user: User) -> QuerySet[Any, Any]:
    """Files that somebody sent and whose form is not filled in yet."""
    found: QuerySet[Any, Any] = UploadedFile.objects.filter(uploaded_by_user=user)
    return found


def documents_to_change(user: User) -> QuerySet[Any, Any]:
    """Own documents that no placed page shows: what readers get changes by reading along only."""
    return documents_to_see(user) if user.is_superuser else of_no_placed_page(documents_to_see(user))


def images_to_change(user: User) -> QuerySet[Any, Any]:
    """The same for images."""
    return images_to_see(user) if user.is_superuser else of_no_placed_page(images_to_see(user))
