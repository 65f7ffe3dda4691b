"""What htmx asks and is told, by its headers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# What is swapped when a question, filter, order or page changes.
FOUND = "gevonden"


def is_asking(request: HttpRequest) -> bool:
    """Does htmx ask, for a part of a page that is there?"""
    return "HX-Request" in request.headers


def pushed(request: HttpRequest, response: HttpResponse, address: str) -> HttpResponse:
    """Have the browser show this address when the hits change; for a part of the page it keeps the one it has."""
    if request.headers.get("HX-Target") == FOUND:
        is_there = request.headers.get("HX-Current-URL", "") == request.build_absolute_uri(address)
        response["HX-Push-Url"] = "false" if is_there else address
    return response


def replaced(response: HttpResponse, address: str) -> HttpResponse:
    """Have the browser show this address in the place of the one it has: back leads to the page before."""
    response["HX-Replace-Url"] = address
    return response


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to another page, also where htmx asks."""
    return HttpResponse(headers={"HX-Redirect": address}) if is_asking(request) else redirect(address)
