"""Example adoptions and checks, from `data/reuse/`: chains of several sizes, failures and negative results."""

from __future__ import annotations

import tomllib
from typing import Any

from django.db import transaction

from exchange.adoptions.models import AdoptionPage, SourceAnswer
from exchange.evidence.models import PeerCheck
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage

from .content import DATA, Entry, add_once, common, earlier

CHECKS = ("is_clear", "is_doable", "is_honest", "is_safe")


def fill_reuse() -> int:
    """Add who does what too. Returns how many adoptions were added; zero on a second run."""
    file = tomllib.loads((DATA / "reuse" / "adoptions.toml").read_text(encoding="utf-8"))
    added = 0
    for entry in file["adoption"]:
        page = MunicipalityPage.objects.select_related("municipality").get(municipality=entry["municipality"])
        with transaction.atomic():
            added += add_once(page, entry, _adoption, before_publishing=_answered(entry))
    for entry in file["check"]:
        _check(entry)
    return added


def _adoption(section: MunicipalityPage, entry: Entry) -> AdoptionPage:
    initiative: InitiativePage = earlier(InitiativePage, None, entry["initiative"])
    entry = {"themes": [theme.slug for theme in initiative.theme_list()], **entry}
    page: AdoptionPage = common(AdoptionPage, entry)
    page.initiative = initiative
    page.started_at, page.ended_at = entry.get("started"), entry.get("ended")
    page.elements = [("element", one) for one in entry.get("elements", [])]
    page.adaptations = [("adaptation", one) for one in entry.get("adaptations", [])]
    if "based_on" in entry:
        page.based_on = earlier(AdoptionPage, None, entry["based_on"])
    page.target_groups.set(initiative.target_groups.all())
    return page


def _answered(entry: Entry) -> Any:
    """The answer of the source is there already: nobody gets mail about an example."""
    return lambda page: SourceAnswer.objects.create(adoption=page, answer=entry["answer"])


def _check(entry: Entry) -> None:
    initiative = earlier(InitiativePage, None, entry["initiative"])
    answers = {name: name not in entry.get("not_in_order", ()) for name in CHECKS}
    PeerCheck.objects.get_or_create(
        initiative=initiative, municipality_id=entry["municipality"], user=None, defaults=answers
    )
