"""Locks of pages: one that somebody sets in the admin, which holds on the site too; and the database's own.

Whoever writes holds the row of the page first, and anything else after it: two who wait for each other would both lose.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import GoneError, User


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


def hold(page: Page) -> None:
    """Keep others from changing or deleting a page until the transaction ends; whoever was first is waited for.

    Raises:
        GoneError: it was deleted meanwhile.
    """
    if Page.objects.select_for_update().filter(pk=page.pk).first() is None:
        raise GoneError


def hold_with_all_below(page: Page) -> None:
    """The same for a page and everything below it, from the top down.

    Who adds something holds the page above it: what came in this second is there when this returns.

    Raises:
        GoneError: it was deleted meanwhile.
    """
    hold(page)
    path = Page.objects.values_list("path", flat=True).get(pk=page.pk)
    list(Page.objects.select_for_update().filter(path__startswith=path).order_by("path").values_list("pk"))
