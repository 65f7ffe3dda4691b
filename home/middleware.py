"""A form that was tampered with is a bad request, not a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request
from modelsearch.backends.base import FieldError

logger = logging.getLogger(__name__)

# What Wagtail raises where a field that it always sends is missing or holds something else than a number, and where
# its lists are searched, filtered and sorted at once by what its index does not have.
_TAMPERED = (ValueError, LookupError, TypeError, AttributeError, FieldError)
# What every database says of a number that no column can hold, wherever it was sent.
_TOO_LARGE = (OverflowError, DataError)
_OURS = ("exchange", "home", "search")
_WAGTAILS = ("wagtail", "modelcluster")


class BadFormMiddleware:
    """Answers 400, and says so in the log, where Wagtail's code or the database stumbles over what somebody sent.

    A mistake in our code stays a mistake: it is asked whose code was at work when it went wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_tampered = isinstance(exception, _TAMPERED) and whose(exception.__traceback__) in _WAGTAILS
        if not is_tampered and not isinstance(exception, _TOO_LARGE):
            return None
        logger.warning("What was sent to %s could not be read", request.path, exc_info=exception)
        return bad_request(request, exception)


def whose(trace: TracebackType | None) -> str:
    """Whose code was at work last, libraries below it apart: the name of the package; empty if of neither."""
    found = ""
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in (*_OURS, *_WAGTAILS) and not _passes_on(trace):
            found = package
        trace = trace.tb_next
    return found


def _passes_on(trace: TracebackType) -> bool:
    """A middleware of ours is around everything."""
    return trace.tb_frame.f_code.co_name == "__call__"
