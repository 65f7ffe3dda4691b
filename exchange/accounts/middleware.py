"""What is made for one person is kept by no cache: not by a proxy, and not by the browser of a shared computer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class PersonalMiddleware:
    """Says `private, no-store` of every answer for a session, or to a link that says in itself whose it is.

    A rule and no view's choice: a page that somebody adds tomorrow falls under it. A visitor without a session gets
    what the view says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_personal(request):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Asked by a session (also one that began or ended just now), or by a link from a mail; it costs no query."""
    has_session = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) or request.session.modified
    match = request.resolver_match
    return has_session or (match is not None and "token" in match.kwargs)
