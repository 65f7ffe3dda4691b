"""The door of the admin: who may not enter hears so. Wagtail sends them to sign in, and there they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange.accounts.viewer import private

View = Callable[..., HttpResponse]


def for_who_may_enter(view: View) -> View:
    """A view of the admin, with a page of its own for who is signed in and has nothing to do there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            return private(render(request, "people/not_for_you.html", status=HTTPStatus.FORBIDDEN))
        return view(request, *args, **kwargs)

    return guarded
