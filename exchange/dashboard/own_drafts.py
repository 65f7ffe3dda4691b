"""What somebody is still writing: the newest version of each, read for a list at once and not one by one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from wagtail.models import WorkflowState

from exchange.accounts.models import User
from exchange.contributions.kinds import Kind
from exchange.contributions.models import Contribution
from exchange.themes.models import TargetGroup

SHOWN = 20


@dataclass(frozen=True)
class Draft:
    """A line of the list. `next`: what to add first; empty where nothing lacks."""

    pk: int
    kind: Kind
    title: str
    changed_at: datetime.datetime
    is_read_along: bool
    next: str


def own_drafts(user: User) -> list[Draft]:
    """The last ones somebody changed, as their newest version has them."""
    own = Contribution.objects.filter(owner=user, has_unpublished_changes=True).select_related("latest_revision")
    pages = list(own.order_by("-latest_revision_created_at")[:SHOWN])
    waiting = _waiting(page.pk for page in pages)
    groups = TargetGroup.objects.in_bulk()
    return [_draft(page, groups, is_read_along=page.pk in waiting) for page in pages]


def _waiting(keys: Any) -> frozenset[int]:
    """Those of these pages that wait for a reader now."""
    states = WorkflowState.objects.filter(
        object_id__in=[str(key) for key in keys], status=WorkflowState.STATUS_IN_PROGRESS
    )
    return frozenset(int(key) for key in states.values_list("object_id", flat=True))


def _draft(page: Contribution, groups: dict[int, TargetGroup], *, is_read_along: bool) -> Draft:
    version = _version(page, groups)
    return Draft(
        pk=page.pk,
        kind=page.get_kind(),
        title=version.title or page.draft_title,
        changed_at=page.latest_revision_created_at,
        is_read_along=is_read_along,
        next=version.completeness().next or "",
    )


def _version(page: Contribution, groups: dict[int, TargetGroup]) -> Contribution:
    """The newest version of a page, for what its own fields say.

    Not what Wagtail makes of a version to edit it: that looks up again everything that the version points to.
    """
    content = dict(page.latest_revision.content) if page.latest_revision else {}
    chosen = content.pop("target_groups", [])
    content.pop("together_with", None)
    version: Contribution = page.specific_class.from_serializable_data({**content, "pk": page.pk}, check_fks=False)
    version.target_groups.set([groups[key] for key in chosen if key in groups])
    version.confirmed_at = page.confirmed_at
    return version
