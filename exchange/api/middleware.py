"""What holds for every answer under `/api/`, whoever made it: problems are problems, and the version is named."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from . import problems, versions

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"


class ApiMiddleware:
    """Stands outside the other middleware: an address that does not exist, a wrong method, a host that is not ours, a
    fault: all are answered by Django as a page for people, and a program cannot read those."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(PREFIX):
            return self.get_response(request)
        response = _tidied(request, self._answer(request))
        response["API-Version"] = versions.CURRENT
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """The answer; to HEAD it is the one to GET without what is in it (RFC 9110)."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        return response


def _tidied(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = METHODS
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS})
    if response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != problems.CONTENT_TYPE:
        response = problems.as_problem(response)
    if request.method == "HEAD":
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
