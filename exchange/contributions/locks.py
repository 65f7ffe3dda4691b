"""Locks of pages. Somebody sets one in the admin; it holds on the site too."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User


class LockedError(Exception):
    """Somebody else locked the page; says who."""


def who_locked(user: User, page: Page) -> str:
    """That a page is locked for somebody, by whom, and what to do; empty where it is not."""
    if not page.locked or page.locked_by_id == user.pk:
        return ""
    if page.locked_by is None:
        return _("Dit staat op slot: niemand kan het nu veranderen. Vraag een redacteur om het open te zetten.")
    return _(
        "%(name)s zette dit op slot: niemand anders kan het nu veranderen. Vraag %(name)s om het open te zetten."
    ) % {"name": page.locked_by}


def require_unlocked(user: User, page: Page) -> None:
    """Go on only where nobody else locked the page.

    Raises:
        LockedError: somebody did.
    """
    if said := who_locked(user, page):
        raise LockedError(said)
