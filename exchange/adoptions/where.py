"""Where does it run? The places of initiatives and adoptions on the map, as far as a reader may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from exchange.accounts.viewer import Viewer
from exchange.initiatives.bands import GOES_ON
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.map import project
from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme

from .choices import RUNS
from .models import AdoptionPage
from .reuse import addresses
from .uses import Use

# In units of the map: a place with one thing, and what each doubling adds.
RADIUS = 9
LARGEST = 20


@dataclass(frozen=True)
class Dot:
    """A municipality on the map, with how many things run there. `is_source`: here it began."""

    code: str
    name: str
    path: str
    x: int
    y: int
    number: int
    is_source: bool = False
    is_invented: bool = False

    @property
    def radius(self) -> int:
        return min(LARGEST, RADIUS + 2 * (self.number.bit_length() - 1))


def dots(numbers: Mapping[str, int], source: str = "") -> list[Dot]:
    """The dots of these municipalities, by name; those whose place is not known are left out.

    Args:
        numbers: how many things run in each, by code.
        source: the code of where it began.
    """
    places = Municipality.objects.filter(pk__in=numbers, latitude__isnull=False, longitude__isnull=False)
    # Plain values: a page object for each of hundreds would take most of the time of a map.
    columns = ("code", "name", "latitude", "longitude", "is_invented", "page__url_path")
    address = addresses()
    return [
        Dot(code, name, address(url_path), *project(latitude, longitude), numbers[code], code == source, invented)
        for code, name, latitude, longitude, invented, url_path in places.order_by("name").values_list(*columns)
    ]


def of_initiative(initiative: InitiativePage, uses: Iterable[Use]) -> list[Dot]:
    """Where it began, who does it together, and where others run it."""
    numbers = Counter({place.code: 1 for place in initiative.together_with.all()})
    numbers.update(use.code for use in uses)
    numbers[initiative.municipality_id] = max(1, numbers[initiative.municipality_id])
    return dots(numbers, initiative.municipality_id)


def of_theme(viewer: Viewer, theme: Theme | None = None) -> list[Dot]:
    """Where initiatives and adoptions run: of a theme and what falls under it, or of everything."""
    initiatives = InitiativePage.objects.visible_to(viewer).filter(phase__in=GOES_ON)
    adoptions = AdoptionPage.objects.visible_to(viewer).filter(stage__in=RUNS)
    if theme is not None:
        under_it = Q(theme_links__tag=theme) | Q(theme_links__tag__broader=theme)
        initiatives, adoptions = initiatives.filter(under_it), adoptions.filter(under_it)
    numbers: Counter[str] = Counter()
    for pages in (initiatives, adoptions):
        numbers.update(code for _pk, code in pages.order_by().values_list("pk", "municipality").distinct())
    return dots(numbers)
