"""How Wagtail's admin looks here, and where its help leads."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}" />', static("admin.css"))


@hooks.register("register_help_menu_item")
def how_it_works() -> MenuItem:
    return MenuItem(_("Zo werkt Samenwijzer"), reverse("wagtail_serve", args=["over/"]), icon_name="help", order=1)
