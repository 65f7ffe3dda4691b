"""The signed link in the mail: whose it is, and which contributions as they were confirmed when it was sent.

It cannot be guessed or altered (signed), expires, is for these pages only, and no longer confirms what somebody
confirmed since: the day of the last confirmation is part of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

SALT = "exchange.confirming"
DAYS = 120


class BadLinkError(Exception):
    """Altered, cut off, or expired."""


@dataclass(frozen=True)
class Link:
    """What a link says: a user, and the contributions with the day each was last confirmed."""

    user: int
    pages: dict[int, datetime.date | None]


def write(user: int, pages: Iterable[tuple[int, datetime.date | None]]) -> str:
    """The part of the address that says everything."""
    listed = [[pk, day.isoformat() if day else ""] for pk, day in pages]
    return signing.dumps([user, listed], salt=SALT, compress=True)


def read(token: str) -> Link:
    """Read a link.

    Raises:
        BadLinkError: not one of ours, or too old.
    """
    try:
        user, pages = signing.loads(token, salt=SALT, max_age=datetime.timedelta(days=DAYS))
    except signing.BadSignature as error:
        raise BadLinkError from error
    return Link(user, {pk: datetime.date.fromisoformat(day) if day else None for pk, day in pages})
