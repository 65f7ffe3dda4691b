"""Search in Wagtail's admin, for platform editors."""

from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from .models import WordGroup


class WordGroupViewSet(ModelViewSet):
    model = WordGroup
    icon = "search"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["__str__", "leads_to", "origin"]
    list_filter = ["origin"]
    search_fields = ["words", "leads_to"]
    panels = [FieldPanel(name) for name in ("words", "leads_to", "origin")]
    inspect_view_enabled = True


@hooks.register("register_admin_viewset")
def word_groups() -> WordGroupViewSet:
    return WordGroupViewSet()
