"""The page behind the link in the mail. Opening it does nothing: mail scanners open every link. Its buttons confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.accounts.links import BadLinkError
from exchange.accounts.models import User
from exchange.accounts.viewer import viewer_for
from exchange.contributions.models import Contribution

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
    # Who left since may no longer see what they were asked about.
    visible = Contribution.objects.visible_to(viewer_for(user)) if user else Contribution.objects.none()
    pages = {page.pk: page for page in visible.filter(pk__in=link.pages).order_by("pk").specific()}
    if request.method == "POST":
        number = request.POST.get("page", "")
        page = next((one for one in pages.values() if str(one.pk) == number), None)
        if page is None or user is None:
            messages.warning(request, _("Deze bijdrage staat niet (meer) op de site, of is niet van jou."))
        elif page.confirmed_at != link.pages[page.pk]:
            messages.info(request, _("'%(title)s' was al bevestigd.") % {"title": page.title})
        else:
            confirm(page, user, timezone.localdate())
            messages.success(request, _("Dank je. '%(title)s' is bevestigd.") % {"title": page.title})
        return redirect("still_true", token)
    rows = [(page, page.confirmed_at != link.pages[pk]) for pk, page in pages.items()]
    return _private(render(request, "confirming/still_true.html", {"rows": rows, "asked": user}))


def _private(response: HttpResponse) -> HttpResponse:
    """Not for a shared cache and not for search machines. The address goes to no other site: that holds everywhere."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
