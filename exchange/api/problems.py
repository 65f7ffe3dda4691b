"""Errors of the API, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpResponse

from search.request import Problem


def problem(status: HTTPStatus, title: str, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Answer with a problem: a title for people, and for each wrong parameter what is wrong with it."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status.value,
        "detail": " ".join(one.message for one in problems) or title,
        "invalid_params": [asdict(one) for one in problems],
    }
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")
