"""The signed link in the mail: whose it is, and which contributions as they were confirmed when it was sent.

It cannot be guessed or altered (signed), expires, is for these pages only, and no longer confirms what somebody
confirmed since: the day of the last confirmation is part of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from exchange.accounts import links

PURPOSE = "exchange.confirming"
DAYS = 120


@dataclass(frozen=True)
class Link:
    """What a link says: a user, and the contributions with the day each was last confirmed."""

    user: int
    pages: dict[int, datetime.date | None]


def write(user: int, pages: Iterable[tuple[int, datetime.date | None]]) -> str:
    """The part of the address that says everything."""
    listed = [[pk, day.isoformat() if day else ""] for pk, day in pages]
    return links.write([user, listed], purpose=PURPOSE)


def read(token: str) -> Link:
    """Read a link.

    Raises:
        exchange.accounts.links.BadLinkError: not one of ours, or too old.
    """
    user, pages = links.read(token, purpose=PURPOSE, days=DAYS)
    return Link(user, {pk: datetime.date.fromisoformat(day) if day else None for pk, day in pages})
