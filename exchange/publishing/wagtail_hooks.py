"""How the rules about placing hold in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.accounts.rights import Action
from exchange.contributions.locks import hold_with_all_below
from exchange.contributions.section import place_of

from . import views
from .moving import allowed


def _refuse(request: HttpRequest, action: Action, pages: Iterable[Page]) -> None:
    """Raise where the rules forbid what Wagtail's permissions would allow: those know no difference between roles."""
    user = cast(User, request.user)
    for page in pages:
        if not user.is_superuser and place_of(page) and not allowed(user, action, page):
            raise PermissionDenied


@hooks.register("before_delete_page")
def delete_by_the_rules(request: HttpRequest, page: Page) -> None:
    _refuse(request, Action.DELETE, [page])
    if request.method == "POST":
        # Wagtail calls this within its transaction.
        hold_with_all_below(page)


@hooks.register("before_move_page")
def move_by_the_rules(request: HttpRequest, page: Page, destination: Page) -> None:
    _refuse(request, Action.MOVE, [page, destination])


@hooks.register("before_bulk_action")
def bulk_by_the_rules(request: HttpRequest, action_type: str, objects: list[Any], action_class: Any) -> None:
    actions = {"delete": Action.DELETE, "move": Action.MOVE}
    if action_type in actions:
        _refuse(request, actions[action_type], [one for one in objects if isinstance(one, Page)])


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("bijdragen/<int:pk>/offline/", views.take_down, name="take_down"),
        path("bijdragen/<int:pk>/verplaats/", views.move, name="move_contribution"),
    ]


@hooks.register("register_page_header_buttons")
def what_an_editor_can_do(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    """Wagtail offers these only to who may publish alone."""
    if user.is_superuser or not page.live or place_of(page) is None:
        return
    if allowed(user, Action.TAKE_DOWN, page):
        yield Button(_("Haal offline"), reverse("take_down", args=[page.pk]), icon_name="download", priority=50)
    if allowed(user, Action.MOVE, page) and views.is_contribution(page):
        yield Button(
            _("Verplaats"), reverse("move_contribution", args=[page.pk]), icon_name="arrow-right-full", priority=51
        )


@hooks.register("register_admin_menu_item")
def reading_along() -> MenuItem:
    return MenuItem(_("Meelezen"), reverse("readings"), icon_name="glasses", order=150)
