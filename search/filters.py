"""Every filter is one object: its parameter, its label, the values it knows and the facet it gives.

The form, the query and the facet are all made from it, so they cannot disagree. What an engine does with a filter is
in the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.contributions.freshness import Freshness
from exchange.contributions.kinds import kinds
from exchange.evidence.rungs import Rung
from exchange.initiatives.bands import Cost, Phase, Staff
from exchange.municipalities.size import SizeClass

from .filter_values import RUNS_AT_SIZE
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Filter:
    """One filter.

    Attributes:
        name: the parameter in the URL, and the field of the projected values.
        label: what a reader sees above it.
        values: the values it knows, with their labels, given the vocabulary.
        has_facet: whether its data exists, so that it is offered and counted.
        is_derived: whether its values follow from other contributions, so that they may be for members only.
        is_dated: whether its values follow from a day when asked (`Entry.due_on`), instead of standing in the index.
    """

    name: str
    label: str | Promise
    values: Callable[[Vocabulary], Mapping[str, str]]
    has_facet: bool = True
    is_derived: bool = False
    is_dated: bool = False


def _choices(choices: type[models.TextChoices]) -> Callable[[Vocabulary], Mapping[str, str]]:
    return lambda vocabulary: _labels(choices, get_language())


@cache
def _labels(choices: type[models.TextChoices], language: str | None) -> dict[str, str]:
    return {choice.value: str(choice.label) for choice in choices}


@cache
def _kinds(language: str | None) -> dict[str, str]:
    return {kind.slug: str(kind) for kind in kinds()}


CONFIRMED = "confirmed"
FILTERS: tuple[Filter, ...] = (
    Filter("kind", _("Soort"), lambda vocabulary: _kinds(get_language())),
    Filter("theme", _("Thema"), lambda vocabulary: vocabulary.themes),
    Filter("target", _("Doelgroep"), lambda vocabulary: vocabulary.target_groups),
    Filter("size", _("Grootte van de gemeente"), _choices(SizeClass)),
    Filter("phase", _("Fase"), _choices(Phase)),
    Filter("cost", _("Kosten"), _choices(Cost)),
    Filter("staff", _("Uren van de gemeente"), _choices(Staff)),
    Filter("province", _("Provincie"), lambda vocabulary: vocabulary.provinces),
    Filter("region", _("Veiligheidsregio"), lambda vocabulary: vocabulary.regions),
    Filter("municipality", _("Gemeente"), lambda vocabulary: vocabulary.municipalities),
    Filter(CONFIRMED, _("Klopt nog"), _choices(Freshness), is_dated=True),
    Filter(RUNS_AT_SIZE, _("Loopt in gemeenten van deze grootte"), _choices(SizeClass), is_derived=True),
    Filter("evidence", _("Onderbouwing"), _choices(Rung), is_derived=True),
    Filter("like", _("Vergelijkbaar met"), lambda vocabulary: vocabulary.municipalities, has_facet=False),
)
FACETS: tuple[Filter, ...] = tuple(one for one in FILTERS if one.has_facet)
FACET_NAMES = frozenset(one.name for one in FACETS)
DERIVED = frozenset(one.name for one in FILTERS if one.is_derived)
# The facets whose values stand in the index.
STORED_FACETS = frozenset(one.name for one in FACETS if not one.is_dated)
LIKE = "like"
# Filters whose values are municipality codes, where a dissolved code leads to its successors.
PLACES = frozenset({"municipality", LIKE})
