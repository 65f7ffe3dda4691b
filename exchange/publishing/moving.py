"""What an editor does with what stands in the section: take it offline, put it elsewhere, throw it away.

Wagtail ties these to the right to publish, which nobody in a section has (four eyes); so they ask our own rules.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.accounts.rights import Action, NotAllowedError, may
from exchange.contributions.locks import hold, hold_with_all_below, require_unlocked
from exchange.contributions.models import Contribution
from exchange.contributions.section import place_of
from exchange.sections.models import DepartmentPage, MunicipalityPage


def allowed(user: User, action: Action, page: Page) -> bool:
    """May somebody do this with a page? An own draft that was never placed may be thrown away by who made it."""
    place = place_of(page)
    if place is None:
        return False
    if action == Action.DELETE and page.owner_id == user.pk and page.first_published_at is None:
        action = Action.DRAFT
    return may(roles_of(user), action, place)


def _require(user: User, action: Action, page: Page) -> None:
    if not allowed(user, action, page):
        raise NotAllowedError


@transaction.atomic
def take_down(user: User, page: Page) -> None:
    """Take a page and what stands below it offline; nothing is lost.

    Raises:
        NotAllowedError: no right to it.
        LockedError: somebody else locked it.
    """
    hold_with_all_below(page)
    _require(user, Action.TAKE_DOWN, page)
    require_unlocked(user, page)
    UnpublishPageAction(page.specific, user=user, include_descendants=True).execute(skip_permission_checks=True)


def destinations(page: Page) -> Any:
    """The sections of its municipality that a contribution may stand in, but for its own."""
    municipality = MunicipalityPage.objects.ancestor_of(page).get()
    departments = DepartmentPage.objects.child_of(municipality)
    return (Page.objects.filter(pk=municipality.pk) | Page.objects.filter(pk__in=departments.values("pk"))).exclude(
        pk=page.get_parent().pk
    )


@transaction.atomic
def move(user: User, page: Contribution, section: Page) -> None:
    """Put a contribution in another section of the municipality.

    Raises:
        NotAllowedError: no right to it here or there.
        LockedError: somebody else locked it.
    """
    for one in sorted((page, section), key=lambda one: str(one.path)):
        hold(one)
    _require(user, Action.MOVE, page)
    require_unlocked(user, page)
    _require(user, Action.MOVE, section)
    MovePageAction(page.specific, section, pos="last-child", user=user).execute(skip_permission_checks=True)
