"""The register in Wagtail's admin: to look at, not to change. It changes with `manage.py load_register`."""

from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Municipality


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Everybody with access to the admin may look; nobody may change, whatever their rights."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view"

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions


register_permission_policy(Municipality, ReadOnlyPolicy(Municipality))


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    icon = "site"
    menu_order = 320
    menu_label = "Gemeenteregister"
    add_to_admin_menu = True
    list_display = ["name", "code", "population", "province", "safety_region"]
    list_filter = ["province"]
    search_fields = ["name", "code"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "code", "name", "population", "land_area", "province", "corop", "safety_region", "tooi_uri", "neighbours",
        "until",
    ]  # fmt: skip
    copy_view_enabled = False
    form_fields = ["name"]


@hooks.register("register_admin_viewset")
def register_of_municipalities() -> MunicipalityViewSet:
    return MunicipalityViewSet()
