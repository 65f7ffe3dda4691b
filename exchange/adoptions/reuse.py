"""What others do with an initiative, looked up for one reader: the figures are of what that reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site

from exchange.accounts.viewer import Viewer
from exchange.contributions.text import plain_text
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from exchange.municipalities.size import SizeClass

from .chain import Link, chain
from .choices import Answer, Fate, Result, Stage
from .models import AdoptionPage
from .scaling import SizeRow, scale_down
from .uses import Use, counting

# So many of the chain stand on the page of the initiative.
SHOWN = 12
# Plain values: two hundred page objects would take most of the time of a page.
_COLUMNS = (
    "pk", "url_path", "visibility", "initiative_id", "based_on_id", "stage", "result", "elements", "staff", "cost_once",
    "cost_yearly", "regional_part", "contact_id", "started_at", "first_published_at", "municipality_id",
    "municipality__name", "municipality__population", "source_answer__answer",
)  # fmt: skip


@dataclass(frozen=True)
class Reuse:
    """Everything that pages show of it."""

    uses: tuple[Use, ...]
    core_elements: tuple[str, ...]

    @cached_property
    def links(self) -> list[Link]:
        return chain(self.uses)

    @property
    def first_links(self) -> list[Link]:
        """What fits on the page of the initiative; the rest is one click away."""
        return self.links[:SHOWN]

    @cached_property
    def rows(self) -> list[SizeRow]:
        return scale_down(self.uses, self.core_elements)

    @cached_property
    def running(self) -> list[Use]:
        return counting(self.uses)


def uses_of(adoptions: QuerySet[AdoptionPage], initiatives: Iterable[int]) -> dict[int, list[tuple[Use, str]]]:
    """The adoptions of these initiatives, each with who may read it; by initiative, in one query.

    Args:
        adoptions: those that may be seen.
    """
    address = addresses()
    found: defaultdict[int, list[tuple[Use, str]]] = defaultdict(list)
    for row in adoptions.filter(initiative__in=list(initiatives)).order_by("pk").values(*_COLUMNS):
        found[row["initiative_id"]].append((_use(row, address), row["visibility"]))
    return found


def addresses() -> Callable[[str | None], str]:
    """Gives the address on the site of a page of which only its `url_path` is known; empty outside the site."""
    # Asked once: where the site begins stands in a cache, and hundreds of pages are asked for.
    roots = [root.root_path for root in Site.get_site_root_paths()]

    def address(url_path: str | None) -> str:
        return next((url_path[len(root) - 1 :] for root in roots if url_path and url_path.startswith(root)), "")

    return address


def _use(row: dict[str, Any], address: Callable[[str | None], str]) -> Use:
    began = row["started_at"] or row["first_published_at"]
    return Use(
        key=row["pk"],
        path=address(row["url_path"]),
        code=row["municipality_id"],
        municipality=row["municipality__name"],
        population=row["municipality__population"],
        stage=Stage(row["stage"]),
        answer=Answer(row["source_answer__answer"] or Answer.ASKED),
        result=Result(row["result"]) if row["result"] else None,
        based_on=row["based_on_id"],
        year=began.year if began else None,
        elements=tuple(
            (one["value"]["element"], Fate(one["value"]["fate"]))
            for one in row["elements"].raw_data
            if one["value"].get("fate") in Fate.values
        ),
        staff=row["staff"],
        cost_once=row["cost_once"],
        cost_yearly=row["cost_yearly"],
        regional_part=row["regional_part"],
        contact=row["contact_id"],
    )


def reuse_of(initiative: InitiativePage, viewer: Viewer) -> Reuse:
    """What a reader may see of who else does it."""
    found = uses_of(AdoptionPage.objects.visible_to(viewer), [initiative.pk])
    return Reuse(
        uses=tuple(use for use, _visibility in found.get(initiative.pk, [])),
        core_elements=core_elements_of(initiative),
    )


def core_elements_of(initiative: InitiativePage) -> tuple[str, ...]:
    """What has to stay, says the source, line by line."""
    return tuple(plain_text(block.value) for block in initiative.core_elements)


def sizes_of(viewer: Viewer) -> frozenset[SizeClass]:
    """The size classes of the municipalities of a reader; nothing for a visitor, and then nothing is asked either."""
    if not viewer.municipalities:
        return frozenset()
    places = Municipality.objects.filter(pk__in=viewer.municipalities)
    return frozenset(place.size for place in places if place.size is not None)


def alike_of(uses: Iterable[Use], viewer: Viewer) -> list[Use]:
    """Those in municipalities like a reader's own, nearest first; none for who has no municipality."""
    running = {use.code: use for use in uses}
    if not running:
        return []
    nearest = (one.code for code in sorted(viewer.municipalities) for one in municipalities_like(code))
    return [running[code] for code in dict.fromkeys(nearest) if code in running]
