"""Who places, invites or sees what is of others proves twice to be so.

Without a second factor such a role counts for less (`exchange.accounts.models.roles_of`), wherever it is asked. Here
somebody is told so, and led to where they make one, before a page says that they may not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from exchange.accounts.models import lacks_second_factor
from exchange.accounts.viewer import signed_in

# By the name of the address. The admin is guarded whole: there Wagtail's own groups say what a role gives.
GUARDED = frozenset(
    {
        "people", "change_role", "withdraw_invitation", "answer_request", "audit_log", "audit_log_file", "platform_log",
        "readings",
        "reading", "look_at_reading",
    }
)  # fmt: skip


class SecondFactorMiddleware(MiddlewareMixin):
    """Sends who holds a role that asks for a second factor, and has none, to where they make one."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not is_guarded(request) or not request.user.is_authenticated or not lacks_second_factor(signed_in(request)):
            return None
        messages.warning(
            request, _("Zet eerst inloggen in twee stappen aan: met je rol zie en verander je dingen van anderen.")
        )
        return redirect("mfa_index")


def is_guarded(request: HttpRequest) -> bool:
    """Is this an address for which a role has to be proven twice?"""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in GUARDED or request.path.startswith(reverse("wagtailadmin_home"))
