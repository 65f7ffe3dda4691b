"""Pages for when something is not there or went wrong: both offer a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for a page that is there but not for this reader: the two look alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without a context, so that it works when the database does not."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
