"""How contributions behave in Wagtail's admin and when their files are asked for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler
from wagtail.documents.models import Document
from wagtail.models import Page

from exchange.accounts.viewer import signed_in

from .files import may_read_document
from .links import PageLinkInEditor, SafePageLink
from .models import Contribution
from .usable import usable_pages


@hooks.register("before_serve_document")
def ask_who_may_read(document: Document, request: HttpRequest) -> None:
    """A document is there only for who may read a page that uses it."""
    if not may_read_document(request, document):
        raise Http404


@hooks.register("before_copy_page")
def refuse_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A contribution stands in one place: an alias would have no owner and no freshness of its own."""
    if not request.POST.get("alias") or not Contribution.objects.descendant_of(page, inclusive=True).exists():
        return None
    messages.error(
        request, _("Van een bijdrage kun je geen alias maken. Kopieer hem, of noem de ander bij 'Samen met'.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("construct_page_chooser_queryset")
def choose_what_one_may_see(pages: Any, request: HttpRequest) -> Any:
    """In the page chooser: what one may read or edit, so no drafts or titles of other municipalities."""
    return pages.filter(pk__in=usable_pages(signed_in(request)).values("pk"))


# After Wagtail's own, which these take the place of.
@hooks.register("register_rich_text_features", order=100)
def links_that_tell_nothing(features: Any) -> None:
    """Links to pages, on the site and in the editor."""
    features.register_link_type(SafePageLink)
    rule = {
        "from_database_format": {
            "a[href]": ExternalLinkElementHandler("LINK"),
            'a[linktype="page"]': PageLinkInEditor("LINK"),
        },
        "to_database_format": {"entity_decorators": {"LINK": link_entity}},
    }
    features.register_converter_rule("contentstate", "link", rule)
