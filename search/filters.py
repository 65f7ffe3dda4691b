"""Every filter, in the order of the page. The form, the query, the facet, the index and the API are made from it.

Here stand those of every contribution; a kind brings its own (`exchange.contributions.searchable.Filter`). What an
engine does with a filter is in the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.contributions.freshness import Freshness
from exchange.contributions.kinds import kinds
from exchange.contributions.searchable import Filter, additions_to, by_choices
from exchange.municipalities.size import SizeClass


@cache
def _kinds(language: str | None) -> dict[str, str]:
    return {kind.slug: str(kind) for kind in kinds()}


CONFIRMED = "confirmed"
LIKE = "like"
# Those of every contribution; size first, then for whom, what, in what state, and then where.
_COMMON = (
    Filter("size", _("Grootte van de gemeente"), by_choices(SizeClass), 10),
    Filter("kind", _("Soort"), lambda vocabulary: _kinds(get_language()), 20),
    Filter("theme", _("Thema"), lambda vocabulary: vocabulary.themes, 30),
    Filter("target", _("Doelgroep"), lambda vocabulary: vocabulary.target_groups, 40),
    Filter(CONFIRMED, _("Klopt nog"), by_choices(Freshness), 90, is_dated=True),
    Filter("province", _("Provincie"), lambda vocabulary: vocabulary.provinces, 110),
    Filter("region", _("Veiligheidsregio"), lambda vocabulary: vocabulary.regions, 120),
    Filter("municipality", _("Gemeente"), lambda vocabulary: vocabulary.municipalities, 130),
    Filter(LIKE, _("Vergelijkbaar met"), lambda vocabulary: vocabulary.municipalities, 140, has_facet=False),
)


def _of_kinds() -> Iterator[Filter]:
    """What kinds bring, and what other rooms add to them."""
    for kind in kinds():
        yield from kind.search.filters
        for addition in additions_to(kind.slug):
            yield from addition.filters


# Asked when a question comes, not when this is read: by then every room has added what it brings.
@cache
def filters() -> tuple[Filter, ...]:
    """Every filter, in its order."""
    return tuple(sorted({one.name: one for one in (*_of_kinds(), *_COMMON)}.values(), key=lambda one: one.order))


@cache
def facets() -> tuple[Filter, ...]:
    """Those that are offered and counted."""
    return tuple(one for one in filters() if one.has_facet)


@cache
def stored_facets() -> frozenset[str]:
    """The facets whose values stand in the index."""
    return frozenset(one.name for one in facets() if not one.is_dated)


@cache
def derived() -> frozenset[str]:
    """Those whose values follow from other contributions."""
    return frozenset(one.name for one in filters() if one.is_derived)


# Filters whose values are municipality codes, where a dissolved code leads to its successors.
PLACES = frozenset({"municipality", LIKE})
