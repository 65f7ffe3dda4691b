"""The home page and editorial pages: what the platform itself says."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from exchange.accounts.viewer import viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.addresses import Addressed
from exchange.contributions.blocks import TEXT_FEATURES, TextBlock
from exchange.contributions.kinds import HALF_YEAR
from exchange.contributions.models import Contribution
from exchange.contributions.usable_fields import UsablePageForm
from exchange.themes.models import Theme

RECENT = 6
CONFIRMED = 3


def confirmed_contacts(today: datetime.date) -> int | None:
    """Of all contacts on the site, the share that somebody confirmed in the last half year: whole percents.

    One figure about everything, that says nothing of one municipality; None while there are no contacts.
    """
    counted = ContactPage.objects.live_with_ancestors().aggregate(
        everything=models.Count("pk"),
        fresh=models.Count("pk", filter=models.Q(confirmed_at__gte=today - datetime.timedelta(days=HALF_YEAR))),
    )
    return round(100 * counted["fresh"] / counted["everything"]) if counted["everything"] else None


class HomePage(Addressed):
    """The front door: search first, then themes and what is new."""

    introduction = RichTextField(_("inleiding"), blank=True, features=TEXT_FEATURES)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["sections.MunicipalityIndexPage", "home.EditorialPage"]
    template = "home/home_page.html"
    base_form_class = UsablePageForm
    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("startpagina")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a page by its whole address: one query, where Wagtail walks down the tree with two for each level."""
        if not path_components:
            return super().route(request, path_components)
        address = f"{self.url_path}{'/'.join(path_components)}/"
        # The slug has an index, the address has none.
        page = Page.objects.filter(slug=path_components[-1], url_path=address).first()
        if page is None:
            raise Http404
        return page.specific.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        visible = Contribution.objects.visible_to(viewer_of(request))
        shown = visible.select_related("municipality", "content_type", "image")
        return context | {
            "themes": Theme.objects.filter(broader=None).prefetch_related("narrower"),
            "confirmed": shown.filter(confirmed_at__isnull=False, initiativepage__isnull=False).order_by(
                "-confirmed_at", "-pk"
            )[:CONFIRMED],
            "recent": shown.order_by(models.F("first_published_at").desc(nulls_last=True), "-pk")[:RECENT],
            "confirmed_contacts": confirmed_contacts(timezone.localdate()),
            "numbers": visible.order_by().aggregate(
                contributions=models.Count("pk"), municipalities=models.Count("municipality", distinct=True)
            ),
        }


class EditorialPage(Addressed):
    """A page of the platform itself: about, privacy, accessibility."""

    body = StreamField([("text", TextBlock(features=["h2", *TEXT_FEATURES]))], blank=True, verbose_name=_("tekst"))

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.EditorialPage"]
    subpage_types: ClassVar[list[str]] = ["home.EditorialPage"]
    template = "home/editorial_page.html"
    base_form_class = UsablePageForm
    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("redactionele pagina")
        verbose_name_plural = _("redactionele pagina's")
