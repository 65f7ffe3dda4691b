"""`/schrijven/`: where who writes begins: what waits, the own drafts, and how it does."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from exchange.accounts.viewer import private, signed_in, viewer_of
from exchange.adoptions.ideas import Idea, ideas_for
from exchange.adoptions.models import Wish
from exchange.municipalities.models import Municipality
from exchange.sections.writing import sections_of

from .own_drafts import own_drafts
from .thanks import thanks, years
from .to_do import counted, reports, to_do

# Of so many of one's municipalities so many ideas of similar ones.
PLACES = 2
IDEAS = 3


@login_required
def writing(request: HttpRequest) -> HttpResponse:
    """What somebody can do next, and where to begin."""
    user = signed_in(request)
    context = {
        "drafts": own_drafts(user),
        "may_begin": bool(sections_of(user)),
        "wishes": Wish.objects.filter(user=user, initiative__live=True).select_related("initiative"),
        "to_do": to_do(user),
        "ideas": _ideas(request),
        "reports": reports(user),
        "counted": counted(user),
        "this_year": timezone.localdate().year,
        "own": Municipality.objects.current().filter(pk__in=viewer_of(request).municipalities).order_by("name"),
    }
    return render(request, "dashboard/writing.html", context)


def _ideas(request: HttpRequest) -> list[tuple[Municipality, list[Idea]]]:
    """What municipalities like one's own do, for each of those; nothing for who looks after the platform."""
    viewer = viewer_of(request)
    own = Municipality.objects.current().filter(pk__in=viewer.municipalities).order_by("name")[:PLACES]
    found = [(place, ideas_for(place, viewer, most=IDEAS)) for place in own]
    return [(place, ideas) for place, ideas in found if ideas]


@login_required
def our_contribution(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """`/onze-bijdrage/<code>/<year>/`: for the people of that municipality; how often is nobody else's business."""
    municipality = get_object_or_404(Municipality, pk=code)
    viewer, known = viewer_of(request), years(timezone.localdate())
    if not (code in viewer.municipalities or viewer.is_administrator):
        raise PermissionDenied
    if year not in known:
        raise Http404
    context = {"thanks": thanks(municipality, year, viewer), "years": known}
    return private(render(request, "dashboard/thanks.html", context))
