"""Errors of the API, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from search.request import Problem

CONTENT_TYPE = "application/problem+json"
# What is said of an error that comes from elsewhere: from Django, a library, or a fault of ours.
_TITLES: dict[int, str | Promise] = {
    HTTPStatus.BAD_REQUEST: _("Deze vraag kunnen we niet lezen."),
    HTTPStatus.FORBIDDEN: _("Dit mag niet."),
    HTTPStatus.NOT_FOUND: _("Dit adres bestaat niet. Welke er wel zijn, staat op /api/v1/docs."),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Dit adres kun je alleen lezen: gebruik GET, HEAD of OPTIONS."),
    HTTPStatus.TOO_MANY_REQUESTS: _("Je vraagt te veel achter elkaar. Wacht even en probeer het dan nog eens."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Er ging bij ons iets mis. Probeer het later nog eens."),
}


def problem(status: HTTPStatus, title: str, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Answer with a problem: a title for people, and for each wrong parameter what is wrong with it."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status.value,
        "detail": " ".join(one.message for one in problems) or title,
        "invalid_params": [asdict(one) for one in problems],
    }
    return HttpResponse(json.dumps(body), status=status, content_type=CONTENT_TYPE)


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """An address under `/api/` that does not exist, whatever the method."""
    return problem(HTTPStatus.NOT_FOUND, str(_TITLES[HTTPStatus.NOT_FOUND]))


def as_problem(response: HttpResponse) -> HttpResponse:
    """The same error as a problem, with the headers that belong to it (`Allow`, `Retry-After`, `Vary`)."""
    status = HTTPStatus(response.status_code)
    answer = problem(status, str(_TITLES.get(status, status.phrase)))
    for name, value in response.headers.items():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers.setdefault(name, value)
    answer.cookies = response.cookies
    return answer
