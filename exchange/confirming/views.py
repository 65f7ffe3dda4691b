"""The page behind the link in the mail. Opening it does nothing: mail scanners open every link. Its buttons confirm."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.accounts.links import BadLinkError
from exchange.accounts.models import Membership, User
from exchange.contacts.models import ContactPage
from exchange.contributions.by_link import shown_by_link
from exchange.contributions.models import Contribution
from exchange.contributions.visibility import ContributionQuerySet

from . import links
from .asking import confirm

GONE = 410


def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """`/klopt-dit/<token>/`: what somebody was asked about, a button for each."""
    try:
        link = links.read(token)
    except BadLinkError:
        return _private(render(request, "confirming/bad_link.html", status=GONE))
    user = User.objects.filter(pk=link.user, is_active=True).first()
    shown = list(_still_of(user, shown_by_link(request, user)).filter(pk__in=link.pages).order_by("pk").specific())
    prefetch_related_objects(shown, "municipality")
    pages = {page.pk: page for page in shown}
    if request.method == "POST":
        number = request.POST.get("page", "")
        page = next((one for one in pages.values() if str(one.pk) == number), None)
        if page is None or user is None:
            messages.warning(request, _("Deze bijdrage staat niet (meer) op de site, of is niet van jou."))
        elif page.confirmed_at != link.pages[page.pk]:
            # Without its title: the link no longer shows what was answered.
            messages.info(request, _("Deze bijdrage was al bevestigd."))
        else:
            confirm(page, user, timezone.localdate())
            messages.success(request, _("Dank je. '%(title)s' is bevestigd.") % {"title": page.title})
        return redirect("still_true", token)
    rows = [(page, page.confirmed_at != link.pages[pk]) for pk, page in pages.items() if _is_open(page, link)]
    return _private(render(request, "confirming/still_true.html", {"rows": rows, "asked": user}))


def _is_open(page: Contribution, link: links.Link) -> bool:
    """Does the link still ask about it, or was it answered today? What was answered longer ago is not shown."""
    return page.confirmed_at in {link.pages[page.pk], timezone.localdate()}


def _still_of(user: User | None, visible: ContributionQuerySet) -> ContributionQuerySet:
    """What somebody still has to do with. Who left has not: also not with what everybody may see."""
    places = set(Membership.objects.filter(user=user).values_list("municipality", flat=True))
    if user is None or None in places:
        return visible
    contacts = ContactPage.objects.filter(user=user)
    own: ContributionQuerySet = visible.filter(
        Q(municipality__in=places) | Q(owner=user) | Q(pk__in=contacts.values("pk"))
    )
    return own


def _private(response: HttpResponse) -> HttpResponse:
    """Not for a shared cache and not for search machines. The address goes to no other site: that holds everywhere."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
