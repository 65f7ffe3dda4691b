"""Views of Wagtail that begin elsewhere here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.chooser import BrowseView

from exchange.sections.models import MunicipalityIndexPage


def choose_page(request: HttpRequest) -> HttpResponse:
    """The page chooser begins at the list of municipalities.

    Wagtail's begins at what all pages of a kind have above them, hidden ones too, and so tells where those are.
    """
    start = MunicipalityIndexPage.objects.get().pk
    response: HttpResponse = BrowseView.as_view()(request, parent_page_id=start)
    return response
