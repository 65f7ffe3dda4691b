"""Who is at work during a request: so that what is noted deep down knows whose doing it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import LogContext


class AuditMiddleware:
    """Puts the person who is signed in in Wagtail's log context, on the site as in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who only reads does nothing: that saves looking up who it is.
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        user = request.user if request.user.is_authenticated else None
        with LogContext(user=user):
            return self.get_response(request)
