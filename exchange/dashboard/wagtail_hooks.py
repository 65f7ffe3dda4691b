"""What a writer meets in Wagtail's admin: lists of contributions, and on its front page what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from exchange.accounts.doors import Door, door
from exchange.accounts.viewer import signed_in

from .listings import ContributionListings
from .to_do import SHOWN, to_do


class ToDoPanel(Component):
    """The panel on the admin's front page."""

    order = 50
    template_name = "dashboard/admin.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        sections = page_permission_policy.instances_user_has_permission_for(self.request.user, "add")
        return {
            "to_do": to_do(signed_in(self.request)),
            "sections": Page.objects.filter(pk__in=sections.values("pk"), depth__lte=5)
            .filter(content_type__app_label="sections", content_type__model__in=["municipalitypage", "departmentpage"])
            .order_by("depth", "title")[:SHOWN],
        }


@hooks.register("register_admin_viewset")
def contribution_listings() -> ContributionListings:
    return ContributionListings()


@hooks.register("register_doors")
def doors() -> dict[str, Door]:
    """The lists themselves show what somebody may edit."""
    views = ("index", "index_results", "choose_parent")
    return {f"{listing.name}:{view}": door() for listing in contribution_listings().items for view in views}


@hooks.register("construct_homepage_panels")
def what_to_do_next(request: HttpRequest, panels: list[Any]) -> None:
    """In the place of Wagtail's list of what waits, which asks a dozen things of each text: ours leads to all."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(ToDoPanel(request))
