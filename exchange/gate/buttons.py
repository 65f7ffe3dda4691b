"""A button that leads to what the gate refuses is not shown: to a reader it would be a page that is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from wagtail.admin import wagtail_hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import PagePermissionTester
from wagtail.sites.wagtail_hooks import SiteViewSet

from exchange.accounts.doors import Scope, administers
from exchange.accounts.models import User

from .middleware import is_guarded
from .table import doors

_KNOWN = "_may_mean"
Shown = Callable[[Any, Any], Any]


def leads_somewhere(user: User, address: str) -> bool:
    """Would the gate let somebody in at an address of this site?"""
    match = resolve(urlsplit(address).path)
    if not is_guarded(match.route, match.view_name, match.func.__module__):
        return True
    door = doors().get(match.view_name)
    if door is None or not door.who(user):
        return False
    return all(_may_mean(user, scope, match.kwargs.get(name)) for name, scope in door.about.items())


def _may_mean(user: User, scope: Scope, key: Any) -> bool:
    """The same as a door asks, for a list: everything that somebody may mean is looked up once for a request."""
    if user.is_superuser:
        return True
    known: dict[Scope, frozenset[Any]] | None = getattr(user, _KNOWN, None)
    if known is None:
        known = {}
        setattr(user, _KNOWN, known)
    if scope not in known:
        known[scope] = frozenset(scope(user).values_list("pk", flat=True))
    return key in known[scope]


def hide_refused() -> None:
    """Ask the gate for each button of a page that Wagtail shows. Once, when the site starts."""
    for item in vars(wagtail_hooks).values():
        if isinstance(item, type) and issubclass(item, PageMenuItem) and "is_shown" in vars(item):
            shown: Any = item
            shown.is_shown = _gated(shown.is_shown)
    for view in (ExplorableIndexView, EditView):
        # The clock beside the title.
        view.get_history_url = _asked(view.get_history_url)
    PageStatusSidePanel.__init__ = _without_refused_history(PageStatusSidePanel.__init__)
    # Asked in several templates too. What stands in no section is taken down by administrators only: so says the gate.
    PagePermissionTester.can_unpublish = _by_administrators(PagePermissionTester.can_unpublish)
    # Another site beside this one is never made.
    SiteViewSet.copy_view_enabled = False


def _asked(get_url: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    def address(view: Any) -> str | None:
        found = get_url(view)
        return found if found and leads_somewhere(view.request.user, found) else None

    return address


def _without_refused_history(begin: Callable[..., None]) -> Callable[..., None]:
    def init(panel: Any, *args: Any, **kwargs: Any) -> None:
        begin(panel, *args, **kwargs)
        if panel.history_url and not leads_somewhere(panel.request.user, panel.history_url):
            panel.history_url = None

    return init


def _by_administrators(may: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda tester: may(tester) and administers(tester.user)


def _gated(is_shown: Shown) -> Shown:
    def shown(button: Any, user: Any) -> bool:
        return bool(is_shown(button, user)) and (not button.url or leads_somewhere(user, button.url))

    return shown
