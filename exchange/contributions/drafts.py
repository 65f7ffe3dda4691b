"""The one way to write from the site: making a draft in a section, and changing it without losing anybody's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from wagtail.blocks import StreamValue
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.accounts.rights import Action, NotAllowedError, may

from .locks import hold, require_unlocked, who_locked
from .models import Contribution
from .section import place_of

Made = TypeVar("Made", bound=Contribution)
# Two people who add under one section at the same moment may meet on the same place in the tree.
ATTEMPTS = 3
LISTS = frozenset({"themes", "keywords", "target_groups", "together_with"})


# More digits than any version has.
_LONGEST = 18


def base_of(text: str | None) -> int:
    """The version that a form says it changed; 0, which is never the newest, where it says nothing that can be read."""
    return int(text) if text and text.isdecimal() and len(text) < _LONGEST else 0


class StaleError(Exception):
    """There is a newer version than the one that was changed."""


def may_draft(user: User, section: Page) -> bool:
    """May somebody make a draft in this section?"""
    place = place_of(section)
    return place is not None and may(roles_of(user), Action.DRAFT, place)


def may_change(user: User, page: Page) -> bool:
    """May somebody change this draft now: have they the right to, and did nobody else lock it?"""
    return may_write(user, page) and not who_locked(user, page)


def may_write(user: User, page: Page) -> bool:
    """Has somebody the right to change this draft: by role, or because it is their own and was never placed?"""
    place = place_of(page)
    if place is None or page.current_workflow_task_state is not None:
        return False
    held = roles_of(user)
    own = page.owner_id == user.pk and page.first_published_at is None
    return may(held, Action.EDIT, place) or (own and may(held, Action.DRAFT, place))


def create_draft(user: User, model: type[Made], section: Page, values: Mapping[str, Any]) -> Made:
    """Add a draft under a section.

    Args:
        model: the kind of contribution.
        values: a value for each field; themes and keywords as lists.

    Raises:
        NotAllowedError: no right to make drafts there.
        GoneError: the section was deleted meanwhile.
    """
    if not may_draft(user, section):
        raise NotAllowedError
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _add(user, model, section, values)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def _add(user: User, model: type[Made], section: Page, values: Mapping[str, Any]) -> Made:
    hold(section)
    parent = Page.objects.get(pk=section.pk)
    page = model(live=False, owner=user)
    _fill(page, values)
    parent.add_child(instance=page)
    # A draft may lack what a contribution must have; that is asked when it is offered.
    page.save_revision(user=user, log_action=True, clean=False)
    return page


@transaction.atomic
def change_draft(user: User, page: Made, values: Mapping[str, Any], *, base: int) -> Made:
    """Make a new version of a draft. Where nothing differs there is none.

    Args:
        base: the version that was changed.

    Raises:
        GoneError: it was deleted meanwhile.
        NotAllowedError: not for this person to change, or it waits for a reader.
        LockedError: somebody else locked it.
        StaleError: somebody made a newer version meanwhile.
    """
    hold(page)
    page.refresh_from_db()
    if not may_write(user, page):
        raise NotAllowedError
    require_unlocked(user, page)
    if page.latest_revision_id != base:
        raise StaleError
    draft: Made = page.get_latest_revision_as_object()
    changed = {name: value for name, value in values.items() if _plain(value) != _plain(value_of(draft, name))}
    if changed:
        _fill(draft, changed)
        draft.minimal_clean()
        draft.save_revision(user=user, log_action=True, clean=False)
    return draft


def value_of(page: Contribution, name: str) -> Any:
    """What a field holds, as a form would give it: a list for what takes several."""
    return list(getattr(page, name).all()) if name in LISTS else getattr(page, name)


def _plain(value: Any) -> Any:
    """The same for the same choice, in whatever order and whether a queryset or a list."""
    if isinstance(value, StreamValue):
        return [(block.block_type, block.block.get_prep_value(block.value)) for block in value]
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    return sorted(one.pk for one in value)


def _fill(page: Contribution, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in LISTS:
            getattr(page, name).set(list(value))
        else:
            setattr(page, name, value)
