"""Memberships in Wagtail's admin: the one place where roles are given and taken."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Membership


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "user"
    add_to_settings_menu = True
    menu_label = "Deelnames en rollen"
    list_display = ["user", "role", "municipality", "department"]
    list_filter = ["role"]
    search_fields = ["user__email", "municipality__name"]
    form_fields = ["user", "role", "municipality", "department"]


@hooks.register("register_admin_viewset")
def memberships() -> MembershipViewSet:
    return MembershipViewSet()
