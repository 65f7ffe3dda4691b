"""The initiatives that an address names (`?initiatief=12&initiatief=34`, or one), as far as the reader may see them."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from exchange.accounts.viewer import viewer_of

from .models import InitiativePage

PARAMETER = "initiatief"
# So many of an address are looked at.
LOOKED_AT = 20
# So many fit side by side on a screen and on paper.
SIDE_BY_SIDE = 4
# Large enough for every page of a database, small enough for a column of it.
LONGEST = 18


def visible_or_404(request: HttpRequest, pk: int) -> InitiativePage:
    """An initiative with its municipality.

    Raises:
        django.http.Http404: it is not there, or not for this reader: the two look alike.
    """
    visible = InitiativePage.objects.visible_to(viewer_of(request)).select_related("municipality")
    initiative: InitiativePage = get_object_or_404(visible, pk=pk)
    return initiative


def chosen(request: HttpRequest, most: int) -> tuple[list[InitiativePage], int]:
    """What was chosen, in the order of choosing; what does not exist or is not for this reader is left out.

    Returns:
        The initiatives, at most so many, with their municipality; and how many that were named are not among them.
    """
    asked = (one for one in request.GET.getlist(PARAMETER)[:LOOKED_AT] if one.isascii() and one.isdecimal())
    ids = list(dict.fromkeys(int(one) for one in asked if len(one) < LONGEST))
    found = InitiativePage.objects.visible_to(viewer_of(request)).select_related("municipality").in_bulk(ids)
    initiatives = [found[pk] for pk in ids if pk in found][:most]
    return initiatives, len(ids) - len(initiatives)
