"""What others do with an initiative, as search filters on it: where it runs, and how well founded it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.adoptions.models import AdoptionPage
from exchange.adoptions.reuse import uses_of
from exchange.adoptions.uses import Use, sizes
from exchange.contributions.choices import Visibility
from exchange.contributions.searchable import Addition, Audience, Filter, by_choices
from exchange.initiatives.bands import GOES_ON
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.size import SizeClass

from .looking import facts
from .models import PeerCheck
from .rungs import Rung, evidence

# Which adoptions count for whom. What is for one municipality only counts for nobody here: the page itself shows it
# (docs/search.md).
_SEEN = {
    Audience.PUBLIC: frozenset({Visibility.PUBLIC.value}),
    Audience.MEMBERS: frozenset({Visibility.PUBLIC.value, Visibility.MEMBERS.value}),
}


@dataclass(frozen=True)
class _Others:
    """What is known of a batch of initiatives, by their ids.

    Attributes:
        uses: who does it too, with who may read that.
        checks: what people of other municipalities said of it.
    """

    uses: Mapping[int, Sequence[tuple[Use, str]]]
    checks: Mapping[int, Sequence[PeerCheck]]


def _look_up(pages: Sequence[InitiativePage]) -> _Others:
    ids = [page.pk for page in pages]
    checks: defaultdict[int, list[PeerCheck]] = defaultdict(list)
    for check in PeerCheck.objects.filter(initiative__in=ids).order_by("pk"):
        checks[check.initiative_id].append(check)
    return _Others(uses_of(AdoptionPage.objects.live_with_ancestors(), ids), checks)


def _values(page: InitiativePage, others: _Others) -> Iterator[tuple[str, str, Audience]]:
    """For members only what that adds for them."""
    own = [page.municipality, *page.together_with.all()] if page.phase in GOES_ON else []
    # How complete a page is differs for nobody, and is not cheap.
    about = facts(page, (), others.checks.get(page.pk, ()))
    everybody: set[tuple[str, str]] = set()
    for audience, seen in _SEEN.items():
        uses = [use for use, visibility in others.uses.get(page.pk, ()) if visibility in seen]
        known = evidence(replace(about, uses=tuple(uses)))
        found = {
            *(("runs_at_size", place.size.value) for place in own if place.size),
            *(("runs_at_size", size.value) for size in sizes(uses)),
            *(("evidence", rung.value) for rung in known.reached),
        }
        yield from ((name, value, audience) for name, value in found - everybody)
        everybody |= found


def _shown_by(ids: Sequence[int]) -> Q:
    """The initiatives of these adoptions."""
    return Q(pk__in=AdoptionPage.objects.filter(pk__in=ids).values("initiative"))


ADDITION = Addition(
    values=_values,
    look_up=_look_up,
    shown_by=_shown_by,
    filters=(
        Filter("evidence", _("Onderbouwing"), by_choices(Rung), 80, is_derived=True),
        Filter("runs_at_size", _("Loopt in gemeenten van deze grootte"), by_choices(SizeClass), 100, is_derived=True),
    ),
)
