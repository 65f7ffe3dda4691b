"""Links from a text to a page of the site. An address tells what a page is called, so it is asked who may read it.

A link to what is for everybody has the page's own address. Any other goes by number, and the number leads on only whom
the page is for; a page that is gone answers the same.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from exchange.accounts.viewer import VISITOR, Viewer, viewer_of

from .models import Contribution


def readable(keys: Any, viewer: Viewer) -> dict[str, Page]:
    """Those of these pages that a reader may see, by key."""
    numbers = [key for key in map(str, keys) if key.isascii() and key.isdecimal()]
    pages = Page.objects.filter(pk__in=numbers, live=True)
    contributions = Contribution.objects.visible_to(viewer).filter(pk__in=numbers)
    found = [*pages.not_type(Contribution).specific(), *contributions.specific()]
    return {str(page.pk): page for page in found}


class SafePageLink(PageLinkHandler):
    """A link in a text, as readers get it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        keys = [str(attrs.get("id", "")) for attrs in attrs_list]
        public = readable(keys, VISITOR)
        return [format_html('<a href="{}">', public[key].url if key in public else _by_number(key)) for key in keys]


class PageLinkInEditor(LinkElementHandler):
    """A link in a text, as the editor gets it: by number, whoever's page it is."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        return {"id": int(attrs["id"]), "url": _by_number(attrs["id"]), "parentId": None}


def _by_number(key: str) -> str:
    return reverse("page_by_number", args=[int(key)]) if key.isascii() and key.isdecimal() else ""


def page_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pagina/<pk>/`: the page with this number, for who may read it.

    Raises:
        Http404: it is not there, or not for this reader: the two look alike.
    """
    page = readable([pk], viewer_of(request)).get(str(pk))
    if page is None:
        raise Http404
    response = redirect(page.url)
    response["Cache-Control"] = "private, no-store"
    return response
