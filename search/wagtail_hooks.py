"""Search in Wagtail's admin, for platform editors: words, pinned results, and what people ask."""

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from exchange.accounts.viewer import Viewer
from exchange.contributions.visibility import may_read

from .models import PinnedResult, SearchedQuestion, WordGroup


class SearchedQuestionViewSet(ModelViewSet):
    model = SearchedQuestion
    icon = "list-ul"
    menu_label = "Zoekvragen"
    list_display = ["question", "week", "times", "hits", "found_nothing"]
    list_filter = ["week", "found_nothing"]
    list_export = ["week", "question", "times", "hits", "found_nothing"]
    export_filename = "zoekvragen"
    search_fields = ["question"]
    form_fields = ["question"]


class WordGroupViewSet(ModelViewSet):
    model = WordGroup
    icon = "tag"
    list_display = ["__str__", "leads_to", "origin"]
    list_filter = ["origin"]
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


@hooks.register("register_admin_viewset")
def search() -> SearchGroup:
    return SearchGroup()
