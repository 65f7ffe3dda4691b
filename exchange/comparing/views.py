"""`/vergelijk/?initiatief=12&initiatief=34`: a few initiatives side by side, as far as the reader may see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from exchange.accounts.viewer import Viewer, private, viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import Kind
from exchange.initiatives.models import InitiativePage
from search import vocabulary
from search.engines import engine
from search.engines.question import Question
from search.request import SearchRequest
from search.results import Hit

from .rows import rows

PARAMETER = "initiatief"
MOST = 4
# So many of an address are looked at.
LOOKED_AT = 20
# Large enough for every page of a database, small enough for a column of it.
LONGEST = 18


def compare(request: HttpRequest) -> HttpResponse:
    """What was chosen, in the order of choosing; what does not exist or is not for this reader is left out."""
    viewer = viewer_of(request)
    asked = (one for one in request.GET.getlist(PARAMETER)[:LOOKED_AT] if one.isascii() and one.isdecimal())
    chosen = list(dict.fromkeys(int(one) for one in asked if len(one) < LONGEST))
    found = InitiativePage.objects.visible_to(viewer).select_related("municipality").in_bulk(chosen)
    initiatives = [found[pk] for pk in chosen if pk in found][:MOST]
    contacts = ContactPage.objects.visible_to(viewer).in_bulk([one.contact_id for one in initiatives if one.contact_id])
    ids = [one.pk for one in initiatives]
    context = {
        "initiatives": [(one, _address([pk for pk in ids if pk != one.pk])) for one in initiatives],
        "rows": rows(initiatives, contacts),
        "others": [(hit, _address([*ids, hit.id])) for hit in _others(viewer, initiatives)],
        "most": MOST,
        "left_out": len(chosen) - len(initiatives),
    }
    return private(render(request, "comparing/compare.html", context))


def _address(ids: list[int]) -> str:
    return "?" + urlencode([(PARAMETER, pk) for pk in ids])


def _others(viewer: Viewer, initiatives: list[InitiativePage]) -> list[Hit]:
    """Initiatives like the first one, to add."""
    if not initiatives or len(initiatives) >= MOST:
        return []
    asked = SearchRequest(
        similar_to=initiatives[0].pk, filters={"kind": (Kind.INITIATIVE.value,)}, page_size=2 * MOST, with_facets=False
    )
    hits = engine().answer(Question(asked, viewer, vocabulary.load())).hits
    return [hit for hit in hits if hit.id not in {one.pk for one in initiatives}][:MOST]
