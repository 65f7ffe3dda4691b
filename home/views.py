"""What is not a page of the tree: 404 and 500, which offer a way on, and the files that machines ask for."""

import datetime
import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone

from exchange.contributions.storage import is_full_disk

# How long a security.txt may be trusted (RFC 9116 asks for less than a year).
SECURITY_TXT_DAYS = 180
FULL = 507


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for a page that is there but not for this reader: the two look alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 507 where the disk is full: without a context, so that it works when the database does not."""
    if is_full_disk(sys.exception()):
        # Also where it was met while the request was read, before any view: files wait on the disk then.
        return HttpResponse(loader.render_to_string("507.html"), status=FULL, reason="De schijf is vol: niets bewaard")
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: everything may be found, but for the admin and the endless combinations of filters."""
    address = request.build_absolute_uri(reverse("django.contrib.sitemaps.views.sitemap"))
    lines = ["User-agent: *", "Disallow: /beheer/", f"Disallow: {reverse('search')}?", f"Sitemap: {address}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116): where to report a leak.

    Raises:
        Http404: this installation has not said where.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now().astimezone(datetime.UTC) + datetime.timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
