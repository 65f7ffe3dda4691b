"""What the admin's menus do not lead to, because the gate has it off."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

EXPLORER = "explorer"
OFF = frozenset({"snippets", "reports"})


class PagesMenuItem(MenuItem):
    """The explorer as a plain page: Wagtail's drawer asks the admin API, which is off."""

    def __init__(self, shown: Any) -> None:
        super().__init__(
            _("Pagina's"),
            reverse("wagtailadmin_explore_root"),
            name="pages",
            icon_name="folder-open-inverse",
            order=100,
        )
        self.is_shown = shown


@hooks.register("construct_main_menu")
def only_what_is_open(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [_plain(item) for item in items if item.name not in OFF]


def _plain(item: Any) -> Any:
    return PagesMenuItem(item.is_shown) if item.name == EXPLORER else item
