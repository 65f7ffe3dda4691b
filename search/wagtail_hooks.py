"""Search in Wagtail's admin, for platform editors: words, pinned results, and what people ask."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from exchange.accounts.doors import Door, door, keeps_platform
from exchange.accounts.viewer import Viewer
from exchange.contributions.visibility import may_read

from . import unanswered_views
from .models import PinnedResult, SearchedQuestion, WordGroup


class SearchedQuestionViewSet(ModelViewSet):
    model = SearchedQuestion
    icon = "list-ul"
    menu_label = "Zoekvragen"
    list_display = ["question", "week", "times", "hits", "found_nothing", "only_near"]
    list_filter = ["week", "found_nothing", "only_near"]
    list_export = ["week", "question", "times", "hits", "found_nothing", "only_near"]
    export_filename = "zoekvragen"
    search_fields = ["question"]
    form_fields = ["question"]


class WordGroupViewSet(ModelViewSet):
    model = WordGroup
    icon = "tag"
    list_display = ["__str__", "leads_to", "origin", "source"]
    list_filter = ["origin", "source", "theme"]
    search_fields = ["words", "leads_to"]
    panels = [FieldPanel(name) for name in ("words", "leads_to", "origin")]
    inspect_view_enabled = True


# What a platform editor may read.
_PLATFORM = Viewer(is_platform_editor=True)


def _title(pinned: PinnedResult) -> str:
    """What the page is called, as long as it is not hidden."""
    shown = may_read(_PLATFORM, pinned.page)
    return str(pinned.page) if shown else _("niet (meer) te zien")


class PinnedResultViewSet(ModelViewSet):
    model = PinnedResult
    icon = "pick"
    list_display = ["question", Column("page", label="Bijdrage", accessor=_title), "position"]
    search_fields = ["question"]
    panels = [
        FieldPanel("question"),
        PageChooserPanel("page", ["contributions.Contribution"]),
        FieldPanel("position"),
    ]


class SearchGroup(ViewSetGroup):
    menu_label = "Zoeken"
    menu_icon = "search"
    menu_order = 310
    items = (SearchedQuestionViewSet(), WordGroupViewSet(), PinnedResultViewSet())

    def get_submenu_items(self) -> list[MenuItem]:
        """The lists, and before them what asks for work."""
        label = gettext_lazy("Vragen zonder antwoord")
        return [MenuItem(label, reverse("unanswered"), icon_name="help", order=0), *super().get_submenu_items()]


@hooks.register("register_admin_viewset")
def search() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("zonder-antwoord/", unanswered_views.unanswered, name="unanswered"),
        path("zonder-antwoord/toevoegen/", unanswered_views.add, name="unanswered_add"),
        path("zonder-antwoord/niet-bij-ons/", unanswered_views.dismiss, name="unanswered_dismiss"),
        path("zonder-antwoord/<int:pk>/", unanswered_views.tried, name="unanswered_tried"),
        path("zonder-antwoord/<int:pk>/ongedaan/", unanswered_views.undo, name="unanswered_undo"),
    ]


@hooks.register("register_doors")
def doors() -> dict[str, Door]:
    names = ("unanswered", "unanswered_add", "unanswered_dismiss", "unanswered_tried", "unanswered_undo")
    return {name: door(keeps_platform) for name in names}
