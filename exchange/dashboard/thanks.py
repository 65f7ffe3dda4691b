"""Onze bijdrage: what a municipality gave in a year and what others did with it, as plain counts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from exchange.accounts.viewer import Viewer
from exchange.adoptions.choices import RUNS
from exchange.adoptions.models import AdoptionPage
from exchange.contributions.kinds import Kind, kinds
from exchange.contributions.models import Contribution
from exchange.contributions.reads import Reads
from exchange.following.models import ListItem
from exchange.municipalities.models import Municipality

FIRST_YEAR = 2026


@dataclass(frozen=True)
class Thanks:
    """The year of a municipality, as far as the reader may see it.

    Attributes:
        placed: contributions of each kind that were placed in the year.
        reads: how often its contributions were opened in the year, by others.
        on_lists: how often somebody put one on a list in the year.
        adopted: adoptions of its initiatives by others that were placed in the year, and municipalities where they run.
        learned: what it took over from others in the year.
    """

    municipality: Municipality
    year: int
    placed: tuple[tuple[Kind, int], ...]
    reads: int
    on_lists: int
    adopted: tuple[AdoptionPage, ...]
    learned: tuple[AdoptionPage, ...]

    @property
    def total_placed(self) -> int:
        return sum(number for _kind, number in self.placed)

    @property
    def helped(self) -> Sequence[str]:
        """The municipalities that run something of theirs since this year, by name."""
        return sorted({page.municipality.name for page in self.adopted if page.stage in RUNS})


def thanks(municipality: Municipality, year: int, viewer: Viewer) -> Thanks:
    """Look up the year of a municipality."""
    own = Contribution.objects.visible_to(viewer).filter(municipality=municipality)
    in_year = Q(first_published_at__year=year)
    by_type = own.filter(in_year).order_by().values("content_type__model").annotate(number=Count("pk"))
    numbers = {row["content_type__model"].removesuffix("page"): row["number"] for row in by_type}
    reads = Reads.objects.filter(contribution__in=own.values("pk"), month__year=year).aggregate(total=Sum("times"))
    adoptions = AdoptionPage.objects.visible_to(viewer).filter(in_year).select_related("municipality", "initiative")
    return Thanks(
        municipality=municipality,
        year=year,
        placed=tuple((kind, numbers[kind.slug]) for kind in kinds() if kind.slug in numbers),
        reads=reads["total"] or 0,
        on_lists=ListItem.objects.filter(contribution__in=own.values("pk"), added_at__year=year).count(),
        adopted=tuple(adoptions.filter(initiative__municipality=municipality).order_by("municipality__name", "pk")),
        learned=tuple(adoptions.filter(municipality=municipality, initiative__isnull=False).order_by("title", "pk")),
    )


def years(today: datetime.date) -> range:
    """The years that can be asked for, the newest last."""
    return range(FIRST_YEAR, today.year + 1)
