"""Who looks after the whole platform proves to be so twice before the admin opens."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.accounts.viewer import viewer_of


class SecondFactorMiddleware:
    """Sends administrators and platform editors without a second factor to where they make one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.path.startswith(reverse("wagtailadmin_home")):
            viewer = viewer_of(request)
            if (viewer.is_administrator or viewer.is_platform_editor) and not is_mfa_enabled(request.user):
                messages.warning(request, _("Zet eerst inloggen in twee stappen aan: je beheert het hele platform."))
                return redirect("mfa_index")
        return self.get_response(request)
