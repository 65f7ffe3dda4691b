"""Importing a file in Wagtail's admin, for who may write."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from exchange.accounts.doors import Door, door
from exchange.accounts.models import User
from exchange.accounts.viewer import signed_in
from exchange.sections.writing import sections_of

from . import views
from .models import Upload


class _Importing(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(sections_of(signed_in(request)))


@hooks.register("register_admin_menu_item")
def importing() -> MenuItem:
    return _Importing(_("Importeren"), reverse("imports"), icon_name="table", order=420)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("importeren/", views.imports, name="imports"),
        path("importeren/<int:pk>/", views.upload, name="upload"),
        path("importeren/<int:pk>/weg/", views.throw_away, name="throw_away_upload"),
        path("importeren/<int:pk>/fouten/", views.errors, name="upload_errors"),
    ]


def _own_uploads(user: User) -> QuerySet[Upload]:
    return Upload.objects.filter(writer=user)


@hooks.register("register_doors")
def doors() -> dict[str, Door]:
    own = door(pk=_own_uploads)
    return {"imports": door(), "upload": own, "throw_away_upload": own, "upload_errors": own}
