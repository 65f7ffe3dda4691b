"""The page of an initiative that two hundred municipalities took over, next to the same one without."""

from __future__ import annotations

from functools import partial

from django.test import Client

from exchange.adoptions.choices import Answer
from exchange.adoptions.models import AdoptionPage, SourceAnswer
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme

from .times import Times, measure

MANY = 200
WITHOUT = "without adoptions"
WITH = f"with {MANY} adoptions"


def measure_pages(*, rounds: int) -> dict[str, Times]:
    """Both pages, taking turns."""
    return measure({name: partial(_get, _initiative(name)) for name in (WITHOUT, WITH)}, rounds=rounds)


def _get(address: str) -> None:
    if Client().get(address).status_code != 200:
        raise RuntimeError(f"{address} is not there.")


def _initiative(name: str) -> str:
    """The address of one of the two; made once."""
    section = MunicipalityPage.objects.get(municipality="GM9901")
    page = InitiativePage.objects.filter(external_id=f"bench-{name}").first()
    if page is None:
        page = InitiativePage(
            title=f"Initiatief {name}", summary="Opvang van vluchtelingen.", external_id=f"bench-{name}",
            core_elements=[("line", "Een vast gezicht"), ("line", "Elke week")],
        )  # fmt: skip
        page.themes.set([Theme.objects.get(slug="sleutelpersonen")])
        section.add_child(instance=page)
        if name == WITH:
            adopt(page, MANY)
    return page.get_url() or ""


def adopt(initiative: InitiativePage, number: int) -> None:
    """So many municipalities more run it. Written beside Wagtail: publishing each would take most of a minute."""
    taken = AdoptionPage.objects.filter(initiative=initiative).values("municipality")
    free = Municipality.objects.current().exclude(pk__in=taken).exclude(pk=initiative.municipality_id)
    for place in free.order_by("pk")[:number]:
        page = AdoptionPage(
            title=f"Zo doet {place.name} het", slug=f"zo-{initiative.pk}", initiative=initiative, stage="running",
            summary="Zo.", result="same", elements=[("element", {"element": "Een vast gezicht", "fate": "kept"})],
        )  # fmt: skip
        MunicipalityPage.objects.get(municipality=place).add_child(instance=page)
        SourceAnswer.objects.create(adoption=page, answer=Answer.CONFIRMED)
