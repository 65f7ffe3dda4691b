"""The gate of the admin: every address of it, and of Wagtail elsewhere, is known and asked, or is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.accounts.doors import Door
from exchange.accounts.viewer import signed_in
from exchange.auditing.models import Act
from exchange.auditing.noting import note

from .table import doors

INTO_ADMIN = "wagtailadmin.access_admin"
# Whoever comes to it at all.
OPEN = Door()
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STAYS = _(
    "Dit bestand staat bij een geplaatste bijdrage. Zet een nieuw bestand neer en kies dat in de bijdrage: dan leest "
    "een collega mee."
)


def is_guarded(route: str, name: str, module: str) -> bool:
    """Is an address in the admin, or Wagtail's own?

    Args:
        module: whose view answers.
    """
    return route.startswith(_admin()) or name.startswith("wagtail") or module.partition(".")[0] == "wagtail"


def _admin() -> str:
    return reverse("wagtailadmin_home").lstrip("/")


class GateMiddleware:
    """Answers 404 for an address that the gate does not know, and where it is about what somebody may not mean."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, arguments: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not is_guarded(match.route, match.view_name, match.func.__module__):
            return None
        door = doors().get(match.view_name)
        # Every page of the site passes here too: what is open asks for nobody's rights.
        if door == OPEN:
            return None
        is_let_in = request.user.has_perm(INTO_ADMIN)
        # The admin itself sends away who does not come into it: to sign in, or with a refusal.
        if not is_let_in and match.route.startswith(_admin()):
            return None
        if door is None or not is_let_in:
            raise Http404
        user = signed_in(request)
        if not door.opens(user, arguments, _sent(request, door)):
            note(Act.REFUSED, user, title=request.path)
            raise Http404
        if request.method not in SAFE and not door.lets_change(user, arguments):
            messages.error(request, STAYS)
            return redirect(request.path)
        return None


def _sent(request: HttpRequest, door: Door) -> dict[str, list[str]]:
    """What came along. A body is read only for a door that asks about it: an upload may be large."""
    lists = [*request.GET.lists(), *(request.POST.lists() if door.sent and request.method == "POST" else ())]
    found: dict[str, list[str]] = {}
    for name, values in lists:
        found[name] = [*found.get(name, []), *map(str, values)]
    return found
