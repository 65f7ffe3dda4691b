"""What a writer can do next: the few things that help most, shown when they open the admin."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from exchange.contributions.completeness import Level
from exchange.contributions.freshness import Freshness
from exchange.contributions.models import Attachment, Contribution

SHOWN = 5
# Beyond this many of a writer's own contributions the list stops looking; the oldest confirmations come first.
LOOKED_AT = 200
# A contribution that was confirmed longer ago than this may be due; younger ones never are.
NEVER_DUE = datetime.timedelta(days=180)


@dataclass(frozen=True)
class ToDo:
    """One thing to do: which contribution, and what is lacking (empty: nothing but confirming)."""

    page: Contribution
    lacks: str = ""


@dataclass(frozen=True)
class ToDoList:
    """Drafts to finish, what somebody should say is still true, what lacks little, and documents nobody can search."""

    drafts: tuple[ToDo, ...]
    confirm: tuple[ToDo, ...]
    complete: tuple[ToDo, ...]
    unread: tuple[ToDo, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drafts or self.confirm or self.complete or self.unread)


def to_do(user: Any) -> ToDoList:
    """Look among the contributions that somebody may change."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    own = Contribution.objects.filter(pk__in=pages.values("pk")).select_related("municipality")
    oldest_first = F("confirmed_at").asc(nulls_first=True)
    live = own.filter(live=True).order_by(oldest_first, "pk")
    old = live.exclude(confirmed_at__gte=timezone.localdate() - NEVER_DUE)
    return ToDoList(
        drafts=tuple(
            ToDo(page)
            for page in own.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")[:SHOWN]
        ),
        confirm=_first(_to_confirm(old[:LOOKED_AT].specific())),
        unread=tuple(
            ToDo(attachment.contribution, lacks=f"{attachment}: {attachment.document.text.problem}")
            for attachment in Attachment.objects.filter(contribution__in=own, document__text__problem__gt="")
            .select_related("contribution__municipality", "document__text")
            .order_by("-pk")[:SHOWN]
        ),
        complete=_first(_lacking(live[:LOOKED_AT].specific())),
    )


def _first(found: Iterable[ToDo]) -> tuple[ToDo, ...]:
    return tuple(one for one, _ in zip(found, range(SHOWN), strict=False))


def _to_confirm(pages: Iterable[Contribution]) -> Iterable[ToDo]:
    for page in pages:
        if page.freshness() not in {Freshness.FRESH, None}:
            yield ToDo(page)


def _lacking(pages: Iterable[Contribution]) -> Iterable[ToDo]:
    for page in pages:
        completeness = page.completeness()
        if completeness.level is not Level.COMPLETE and completeness.next:
            yield ToDo(page, lacks=completeness.next)


class ToDoPanel(Component):
    """The panel on the admin's front page."""

    order = 50
    template_name = "sections/admin/to_do.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        sections = page_permission_policy.instances_user_has_permission_for(self.request.user, "add")
        return {
            "to_do": to_do(self.request.user),
            "sections": Page.objects.filter(pk__in=sections.values("pk"), depth__lte=5)
            .filter(content_type__app_label="sections", content_type__model__in=["municipalitypage", "departmentpage"])
            .order_by("depth", "title")[:SHOWN],
        }
