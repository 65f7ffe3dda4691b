"""`/vergelijk/?initiatief=12&initiatief=34`: a few initiatives side by side, as far as the reader may see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from exchange.accounts.viewer import Viewer, private, viewer_of
from exchange.adoptions.models import AdoptionPage
from exchange.adoptions.reuse import uses_of
from exchange.adoptions.uses import Use, counting
from exchange.contacts.models import ContactPage
from exchange.initiatives.choosing import PARAMETER, SIDE_BY_SIDE, chosen
from exchange.initiatives.models import InitiativePage
from search import vocabulary
from search.engines import engine
from search.engines.question import Question
from search.request import SearchRequest
from search.results import Hit

from .rows import rows


def compare(request: HttpRequest) -> HttpResponse:
    """What was chosen, in the order of choosing; what does not exist or is not for this reader is left out."""
    viewer = viewer_of(request)
    initiatives, left_out = chosen(request, SIDE_BY_SIDE)
    contacts = ContactPage.objects.visible_to(viewer).in_bulk([one.contact_id for one in initiatives if one.contact_id])
    ids = [one.pk for one in initiatives]
    context = {
        "initiatives": [(one, _address([pk for pk in ids if pk != one.pk])) for one in initiatives],
        "rows": rows(initiatives, contacts, _running(viewer, ids)),
        "others": [(hit, _address([*ids, hit.id])) for hit in _others(viewer, initiatives)],
        "most": SIDE_BY_SIDE,
        "chosen": _address(ids).removeprefix("?"),
        "left_out": left_out,
    }
    return private(render(request, "comparing/compare.html", context))


def _running(viewer: Viewer, ids: list[int]) -> dict[int, list[Use]]:
    """Where others run these, as far as the reader may see that."""
    found = uses_of(AdoptionPage.objects.visible_to(viewer), ids)
    return {key: counting(use for use, _visibility in uses) for key, uses in found.items()}


def _address(ids: list[int]) -> str:
    return "?" + urlencode([(PARAMETER, pk) for pk in ids])


def _others(viewer: Viewer, initiatives: list[InitiativePage]) -> list[Hit]:
    """Initiatives like the first one, to add."""
    if not initiatives or len(initiatives) >= SIDE_BY_SIDE:
        return []
    only = {"kind": (InitiativePage.kind.slug,)}
    asked = SearchRequest(similar_to=initiatives[0].pk, filters=only, page_size=2 * SIDE_BY_SIDE, with_facets=False)
    hits = engine().answer(Question(asked, viewer, vocabulary.load())).hits
    return [hit for hit in hits if hit.id not in {one.pk for one in initiatives}][:SIDE_BY_SIDE]
