"""Before something that cannot be undone, or that takes data along, one signs in anew: a screen may stand open.

When somebody signed in or proved it again stands in the session. A page asks it when it is opened; what is sent from a
page has twice the time, so that nothing typed is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

_SESSION_KEY = "signed_in_at"
_MINUTE = 60

# By the name of the address.
ASKS = frozenset(
    {
        "people", "change_role", "answer_request", "withdraw_invitation", "my_data", "close_account",
        "account_email", "account_change_password", "account_set_password", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)  # fmt: skip


def note_sign_in(request: HttpRequest, **kwargs: Any) -> None:
    """Somebody signed in, or showed again who they are."""
    request.session[_SESSION_KEY] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """Is it short ago that somebody showed who they are?"""
    minutes = settings.FRESH_MINUTES * (2 if request.method == "POST" else 1)
    return time.time() - int(request.session.get(_SESSION_KEY, 0)) < minutes * _MINUTE


class FreshSignInMiddleware(MiddlewareMixin):
    """Sends who signed in long ago to where they show again who they are, and back."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in ASKS or not request.user.is_authenticated or is_fresh(request):
            return None
        # What only takes a POST cannot be gone back to: the page with its form can.
        back = request.get_full_path() if request.method == "GET" else reverse("account")
        return redirect(f"{reverse('sign_in_again')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """`/account/opnieuw/`: with a password or second factor; who has neither (a POST) signs out and in."""
    given = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    query = urlencode({REDIRECT_FIELD_NAME: given if is_ours else reverse("account")})
    if request.method == "POST":
        logout(request)
        return redirect(f"{reverse('account_login')}?{query}")
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return render(request, "people/sign_in_again.html", {"methods": methods, "query": query})
