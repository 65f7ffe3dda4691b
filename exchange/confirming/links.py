"""The signed link in the mail: whose it is, and which contributions as they were confirmed when it was sent.

It cannot be guessed or altered (signed), expires, is for these pages only, and no longer confirms what somebody
confirmed since: the day of the last confirmation is part of it. A long list is kept in the database, and the link says
which: a line of a mail and of a request have an end.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from exchange.accounts import links

from .models import AskedList

PURPOSE = "exchange.confirming"
DAYS = 120
# So many contributions fit in an address that no mail program breaks off.
IN_THE_LINK = 10


@dataclass(frozen=True)
class Link:
    """What a link says: a user, and the contributions with the day each was last confirmed."""

    user: int
    pages: dict[int, datetime.date | None]


def write(user: int, pages: Iterable[tuple[int, datetime.date | None]]) -> str:
    """The part of the address that says everything."""
    listed = [[pk, day.isoformat() if day else ""] for pk, day in pages]
    if len(listed) <= IN_THE_LINK:
        return links.write([user, listed], purpose=PURPOSE)
    return links.write([user, AskedList.objects.create(user_id=user, pages=listed).pk], purpose=PURPOSE)


def read(token: str) -> Link:
    """Read a link.

    Raises:
        exchange.accounts.links.BadLinkError: not one of ours, or too old.
    """
    user, pages = links.read(token, purpose=PURPOSE, days=DAYS)
    if isinstance(pages, int):
        kept = AskedList.objects.filter(pk=pages, user=user).first()
        if kept is None:
            raise links.BadLinkError
        pages = kept.pages
    return Link(user, {pk: datetime.date.fromisoformat(day) if day else None for pk, day in pages})


def forget_old() -> int:
    """Remove the lists of links that no longer open anything. Returns how many."""
    return AskedList.objects.filter(made_at__lt=timezone.now() - datetime.timedelta(days=DAYS + 1)).delete()[0]
