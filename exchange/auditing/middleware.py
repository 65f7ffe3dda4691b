"""Who is at work during a request: so that what is noted deep down knows whose doing it is.

Reading is noted where it is about people: their list, the log, and data that somebody takes along.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import LogContext

from exchange.accounts.viewer import signed_in

from .models import Act
from .noting import note

# By the name of the address; a `code` in it says of which municipality.
READS = {
    "people": Act.PEOPLE_READ,
    "audit_log": Act.LOG_READ,
    "platform_log": Act.LOG_READ,
    "audit_log_file": Act.DATA_TAKEN,
    "my_data": Act.DATA_TAKEN,
}


class AuditMiddleware:
    """Puts the person who is signed in in Wagtail's log context, on the site as in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who only reads does nothing: that saves looking up who it is.
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            response = self.get_response(request)
            self._note_reading(request, response)
            return response
        user = request.user if request.user.is_authenticated else None
        with LogContext(user=user):
            return self.get_response(request)

    def _note_reading(self, request: HttpRequest, response: HttpResponse) -> None:
        match = request.resolver_match
        act = READS.get(match.view_name) if match and response.status_code == HTTPStatus.OK else None
        if match is not None and act is not None and request.method == "GET":
            code = match.kwargs.get("code")
            note(act, signed_in(request), municipalities=None if code is None else [code])
