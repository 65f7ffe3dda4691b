"""Signed links in mails: what they say cannot be guessed or altered, and holds for so many days.

Opening one does nothing (mail scanners open every link): a button on the page behind it does.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core import signing


class BadLinkError(Exception):
    """Altered, cut off, or expired."""


def write(values: Any, *, purpose: str) -> str:
    """The part of the address that says everything.

    Args:
        values: what JSON can hold.
        purpose: a link for one purpose opens nothing else.
    """
    return signing.dumps(values, salt=purpose, compress=True)


def read(token: str, *, purpose: str, days: int) -> Any:
    """Read a link.

    Raises:
        BadLinkError: not one of ours for this purpose, or too old.
    """
    try:
        return signing.loads(token, salt=purpose, max_age=datetime.timedelta(days=days))
    except signing.BadSignature as error:
        raise BadLinkError from error
