"""Counts requests in the cache that all processes share; too many are answered with 429 and `Retry-After`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage

from .rules import API_NAMESPACE, Limit, limit_of
from .signals import limit_passed

logger = logging.getLogger(__name__)


class LimitsMiddleware(MiddlewareMixin):
    """Asks for each address whether it has a limit, before its view does any work."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.REQUEST_LIMITS or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        limit = limit_of(name)
        if limit is None or request.method not in limit.methods:
            return None
        seconds = seconds_to_wait(request, limit)
        if seconds is None:
            return None
        return too_many(request, seconds, as_problem=name.startswith(API_NAMESPACE))


def seconds_to_wait(request: HttpRequest, limit: Limit) -> int | None:
    """Count this request; how long to wait where it is one too many, else None."""
    rate, who = limit.for_visitor, _address
    if request.user.is_authenticated:
        rate, who = limit.for_account, _account
    # The library keeps a hash of who it is, never an address or an account.
    usage = get_usage(request, group=limit.name, key=who, rate=rate, increment=True)
    if not usage or not usage["should_limit"]:
        return None
    if usage["count"] == usage["limit"] + 1:
        logger.warning("The limit of %s was passed", limit.name)
        limit_passed.send(sender=Limit, request=request, name=limit.name)
    return max(1, int(usage["time_left"]))


def too_many(request: HttpRequest, seconds: int, *, as_problem: bool) -> HttpResponse:
    """429: a page, or a problem for who asks the API."""
    detail = _("Dit vroeg je heel vaak achter elkaar. Wacht %(seconds)s seconden en probeer het dan opnieuw.") % {
        "seconds": seconds
    }
    response: HttpResponse
    if as_problem:
        body = {"type": "about:blank", "title": _("Te veel verzoeken"), "status": 429, "detail": detail}
        response = JsonResponse(body, status=HTTPStatus.TOO_MANY_REQUESTS, content_type="application/problem+json")
    else:
        response = render(request, "429.html", {"detail": detail}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "private, no-store"
    return response


def _address(group: str, request: HttpRequest) -> str:
    """Where a visitor comes from, behind as many proxies of our own as there are (`TRUSTED_PROXIES`)."""
    address: str = get_adapter(request).get_client_ip(request)
    return address


def _account(group: str, request: HttpRequest) -> str:
    return f"account {request.user.pk}"
