"""How contributions behave in Wagtail's admin and when their files are asked for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.models import Page

from .files import may_read_document
from .models import Contribution


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
    from wagtail.permissions import page_permission_policy

    from exchange.accounts.viewer import viewer_of

    if request.user.is_superuser:
        return pages
    editable = page_permission_policy.instances_user_has_any_permission_for(request.user, {"change", "publish"})
    visible = Contribution.objects.visible_to(viewer_of(request)).values("pk")
    others = Page.objects.live().not_type(Contribution).values("pk")
    return pages.filter(pk__in=visible) | pages.filter(pk__in=others) | pages.filter(pk__in=editable.values("pk"))
