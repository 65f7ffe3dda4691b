"""The vocabularies in Wagtail's admin, for platform editors."""

from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import TargetGroup, Theme


class ThemeViewSet(ModelViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "name_en", "broader", "slug"]
    list_filter = ["broader"]
    search_fields = ["name", "name_en", "synonyms"]
    panels = [
        FieldPanel(name)
        for name in (
            "name", "name_en", "slug", "broader", "description", "synonyms", "urgent_help", "tooi_uri", "position",
        )
    ]  # fmt: skip
    inspect_view_enabled = True


class TargetGroupViewSet(ModelViewSet):
    model = TargetGroup
    icon = "group"
    list_display = ["name", "name_en", "slug"]
    search_fields = ["name", "name_en", "synonyms"]
    form_fields = ["name", "name_en", "slug", "synonyms", "position"]


class VocabularyGroup(ViewSetGroup):
    menu_label = "Begrippen"
    menu_icon = "tag"
    menu_order = 300
    items = (ThemeViewSet(), TargetGroupViewSet())


@hooks.register("register_admin_viewset")
def vocabularies() -> VocabularyGroup:
    return VocabularyGroup()
