"""Two who meet: one throws away or changes what another works on, and the second hears so instead of an error of ours.

Our own code says so with `GoneError`. The database says it where a row that is pointed to went, or where two wait for
each other and it lets one go on. Whose account was closed meanwhile hears that. Whatever it was, nothing is kept, and
the log holds all of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange.accounts.models import GoneError, User

from .middleware import functions

logger = logging.getLogger(__name__)

CONFLICT = 409
# What PostgreSQL says: a row that is pointed to went; two met; two waited for each other. Source: its Appendix A.
_STATES = frozenset({"23503", "40001", "40P01"})
# The same from SQLite, which has no numbers for it; and from Django, where a row to be changed is not there.
_WORDS = ("FOREIGN KEY constraint failed", "did not affect any rows")
# Where Wagtail and Django look up once more what they had: there it is gone.
_LOOKS_AGAIN = frozenset({("treebeard.mp_tree", "process"), ("django.db.models.base", "refresh_from_db")})


class MeetingMiddleware:
    """Answers 409 with what to do, where a fault comes from somebody else being at work at the same moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_closed = account_is_gone(request)
        if not is_closed and not is_meeting(exception):
            return None
        logger.warning("Two met at %s, and the second was told so", request.path, exc_info=exception)
        if is_closed:
            # Nothing of the page asks for the rights of somebody who is not there.
            request.user = AnonymousUser()
        return render(request, "409.html", {"account_is_gone": is_closed}, status=CONFLICT)


def is_meeting(exception: Exception) -> bool:
    """Does an exception say that somebody else was at work with the same thing?"""
    if isinstance(exception, DatabaseError):
        return getattr(exception.__cause__, "sqlstate", None) in _STATES or any(
            words in str(exception) for words in _WORDS
        )
    if isinstance(exception, ObjectDoesNotExist):
        return not _LOOKS_AGAIN.isdisjoint(functions(exception))
    return isinstance(exception, GoneError)


def account_is_gone(request: HttpRequest) -> bool:
    """Was the account of who asks closed since the request began?"""
    user = request.user
    return user.is_authenticated and not User.objects.filter(pk=user.pk).exists()
