"""Which waiting texts somebody may answer, as one query: the same rule as `reading.readers`, for all texts at once.

Looking at each text of the country for each reader took hundreds of queries for somebody with nothing to read. A test
tries both on every kind of reader and place.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Task, TaskState

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import PLATFORM_ROLES, Role
from exchange.people.team import platform_keepers

_NOBODY = 0


def readable(task: Task, user: User, *, by_colleagues: bool) -> Any:
    """The texts that wait in a step and that somebody may answer.

    Args:
        by_colleagues: colleagues read, and who looks after the platform where there are none; else only the latter.
    """
    waiting = TaskState.objects.filter(task=task, status=TaskState.STATUS_IN_PROGRESS)
    if user.is_superuser:
        return waiting
    held = Membership.objects.filter(user=user)
    rule = _own_sections(held) if by_colleagues else Q()
    if held.filter(role__in=PLATFORM_ROLES).exists() and user in platform_keepers():
        rule |= Q(~Exists(_colleagues())) if by_colleagues else Q(pk__isnull=False)
    if not rule or not user.is_active:
        return TaskState.objects.none()
    # Nobody answers what they wrote last.
    mine = Page.objects.filter(rule, pk=OuterRef("page_number")).exclude(latest_revision__user=user)
    numbered = waiting.annotate(page_number=Cast("workflow_state__object_id", BigIntegerField()))
    # Bare, so that Wagtail can put the steps together.
    return TaskState.objects.filter(pk__in=numbered.filter(Exists(mine)).values("pk"))


def _section_path() -> Coalesce:
    """Where the section of a membership stands in the tree."""
    return Coalesce("department__path", "municipality__page__path")


def _own_sections(held: QuerySet[Membership]) -> Q:
    """Pages in the sections where somebody is editor; an empty rule where that is nowhere."""
    paths = held.filter(role=Role.EDITOR).annotate(section_path=_section_path()).values_list("section_path", flat=True)
    rule = Q()
    for path in paths:
        if path:
            rule |= Q(path__startswith=path)
    return rule


def _colleagues() -> QuerySet[Membership]:
    """Of a page: who is editor of its section and did not write it last."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    writer = Coalesce(OuterRef("latest_revision__user"), _NOBODY)
    editors = Membership.objects.filter(role=Role.EDITOR, user__is_active=True).exclude(user=writer)
    return editors.annotate(section_path=_section_path(), page_path=path).filter(
        page_path__startswith=F("section_path")
    )
