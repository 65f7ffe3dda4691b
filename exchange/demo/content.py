"""Example content: invented municipalities with what they do, from the files in `data/`. Safe to repeat.

Everything gets an external id of its own; what is there already, and perhaps was edited, is left alone.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Site

from exchange.adoptions.models import AdoptionPage
from exchange.contacts.models import ContactPage
from exchange.contributions.attached import Attachment
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.models import Contribution
from exchange.contributions.text import paragraphs
from exchange.initiatives.models import InitiativePage, Partner
from exchange.lessons.models import LessonPage, RelatedInitiative
from exchange.municipalities import loader as register
from exchange.municipalities.models import Municipality
from exchange.organisations.models import Organisation
from exchange.sections.models import DepartmentPage, MunicipalityIndexPage, MunicipalityPage
from exchange.sections.opening import add_department, open_section
from exchange.sections.tree import add_missing_pages
from exchange.themes.models import TargetGroup, Theme

from .pictures import draw

DATA = Path(__file__).parent / "data"

Entry = dict[str, Any]
# Fields that take the text of a file as it is.
_PLAIN = {
    InitiativePage: (
        "phase", "cost_once", "cost_yearly", "staff", "lead_time", "smallest_size", "regional_part", "funding_sources",
        "decision", "budget_line", "responsible", "secured_until", "stopped_reason", "would_work_when", "made_with",
        "material_languages",
    ),
    LessonPage: ("outcome",),
    AdoptionPage: (
        "stage", "result", "result_note", "cost_once", "cost_yearly", "staff", "regional_part", "help_received",
        "reason", "reason_note",
    ),
    ContactPage: ("contact_kind", "team_mailbox", "person_name", "phone", "working_days", "languages"),
}  # fmt: skip
_RICH = {
    InitiativePage: ("trust",),
    LessonPage: ("tried", "happened", "advice"),
    ContactPage: ("questions",),
    AdoptionPage: (),
}
_LINES = ("core_elements", "adaptable_elements", "preconditions")


@dataclass(frozen=True)
class Filled:
    """How much was added; zero on a second run."""

    municipalities: int
    contributions: int


def fill() -> Filled:
    """Add the invented municipalities and everything they placed."""
    invented = register.load(DATA / "municipalities.csv", None, invented=True)
    home = Site.objects.get(is_default_site=True).root_page
    add_missing_pages(MunicipalityIndexPage.objects.child_of(home).get())
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))]
    added = 0
    places = [(_place(file), file) for file in files]
    # Contacts first: initiatives name them. Then what others were based on, and lessons, which are about initiatives.
    for kind, add in (("contact", _contact), ("initiative", _initiative), ("lesson", _lesson)):
        entries = [(page, entry) for page, file in places for entry in file.get(kind, [])]
        for page, entry in sorted(entries, key=lambda pair: "based_on" in pair[1]):
            with transaction.atomic():
                added += add_once(page, entry, add)
    return Filled(municipalities=len(invented.added), contributions=added)


def _place(file: Entry) -> MunicipalityPage:
    """The section of a file's municipality, opened."""
    page: MunicipalityPage = MunicipalityPage.objects.select_related("municipality").get(
        municipality=file["municipality"]
    )
    if not page.has_joined:
        _open(page, file)
    return page


@transaction.atomic
def _open(page: MunicipalityPage, file: Entry) -> None:
    for name in (
        "website", "general_phone", "general_mailbox", "veilig_thuis_region", "social_map_url", "social_map_keeper",
    ):  # fmt: skip
        setattr(page, name, file.get(name, ""))
    page.introduction = paragraphs(file["introduction"])
    page.centre_municipality_id = file.get("centre_municipality")
    page.reception_places = [("place", place) for place in file.get("reception_places", [])]
    if page.social_map_url:
        page.social_map_checked_at = timezone.localdate()
    page.save_revision().publish()
    open_section(page)
    for entry in file.get("department", []):
        department = add_department(page, entry["title"])
        department.introduction = paragraphs(entry["introduction"])
        department.mailbox, department.phone = entry.get("mailbox", ""), entry.get("phone", "")
        department.save_revision().publish()
        open_section(department)


def add_once(page: MunicipalityPage, entry: Entry, add: Any, before_publishing: Callable[[Any], object] = bool) -> int:
    """Add an example in a section, unless it is there. Returns how many were added."""
    external_id = f"voorbeeld-{entry['key']}"
    if Contribution.objects.filter(municipality=page.municipality, external_id=external_id).exists():
        return 0
    contribution: Contribution = add(page, entry)
    contribution.external_id = external_id
    section: Page = page
    if "department" in entry:
        section = DepartmentPage.objects.child_of(page).get(title=entry["department"])
    section.add_child(instance=contribution)
    before_publishing(contribution)
    contribution.save_revision(log_action=False).publish()
    return 1


def common(model: type[Contribution], entry: Entry) -> Any:
    """A page with the fields that stand in a file as they are."""
    fields = {name: entry[name] for name in _PLAIN[model] if name in entry}
    fields |= {name: paragraphs(entry[name]) for name in _RICH[model] if name in entry}
    if "visibility" in entry:
        fields["visibility"] = entry["visibility"]
    page = model(
        title=entry["title"],
        summary=entry["summary"],
        safety_check=SafetyCheck.DONE,
        confirmed_at=_days_ago(entry["confirmed_days_ago"]),
        live=False,
        **fields,
    )
    if "image" in entry:
        page.image = _picture(entry["image"])
    page.themes.set(list(Theme.objects.filter(slug__in=entry["themes"])))
    page.keywords.set(entry.get("keywords", []))
    page.target_groups.set(TargetGroup.objects.filter(slug__in=entry.get("target_groups", [])))
    return page


def _picture(name: str) -> Image:
    """A picture of the examples, drawn once."""
    title = f"Voorbeeld: {name}"
    found: Image | None = Image.objects.filter(title=title).first()
    return found or Image.objects.create(title=title, file=ContentFile(draw(name), f"voorbeeld-{name}.png"))


def _days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def _contact(section: MunicipalityPage, entry: Entry) -> Contribution:
    contact: ContactPage = common(ContactPage, entry)
    if "away_days" in entry:
        contact.away_until = _days_ago(-entry["away_days"])
    if "organisation" in entry:
        contact.organisation = _organisation(entry["organisation"], section)
        contact.consent_given_at = contact.confirmed_at
    if "service_area" in entry:
        contact.service_area.set(Municipality.objects.filter(code__in=entry["service_area"]))
    return contact


def _initiative(section: MunicipalityPage, entry: Entry) -> Contribution:
    initiative: InitiativePage = common(InitiativePage, entry)
    initiative.started_at, initiative.ended_at = entry.get("started"), entry.get("ended")
    initiative.problem = [("text", paragraphs(entry["problem"]))]
    initiative.approach = [
        ("text", paragraphs(entry["approach"])),
        *(("step", step) for step in entry.get("steps", [])),
    ]
    initiative.results = [
        ("text", paragraphs(entry["results"])),
        *(("result", result) for result in entry.get("measured", [])),
    ]
    for name in _LINES:
        setattr(initiative, name, [("line", line) for line in entry.get(name, [])])
    if "contact" in entry:
        initiative.contact = earlier(ContactPage, section, entry["contact"])
    if "based_on" in entry:
        initiative.based_on = earlier(InitiativePage, None, entry["based_on"])
    if "evaluation" in entry:
        initiative.attachments.set([_evaluation(section, entry["evaluation"])])
    initiative.recognitions = [("recognition", one) for one in entry.get("recognitions", [])]
    initiative.partners.set(
        Partner(organisation=_organisation(partner, section), role=partner["role"])
        for partner in entry.get("partners", [])
    )
    return initiative


def _evaluation(section: MunicipalityPage, entry: Entry) -> Attachment:
    """A piece of research by somebody else; an example, so a page of text."""
    collection = open_section(section).collection
    file = ContentFile(entry["text"].encode(), "voorbeeld-onderzoek.txt")
    document = Document.objects.create(title=entry["title"], file=file, collection=collection)
    return Attachment(document=document, title=entry["title"], evaluated_by=entry["by"])


def _lesson(section: MunicipalityPage, entry: Entry) -> Contribution:
    lesson: LessonPage = common(LessonPage, entry)
    lesson.related_initiatives.set(
        [RelatedInitiative(initiative=earlier(InitiativePage, section, entry["initiative"]))]
    )
    return lesson


def earlier(model: type[Contribution], section: MunicipalityPage | None, key: str) -> Any:
    """An example that was added before, of one municipality or of any."""
    pages = model.objects.filter(external_id=f"voorbeeld-{key}")
    return pages.get() if section is None else pages.get(municipality=section.municipality)


def _organisation(partner: Entry, section: MunicipalityPage) -> Organisation:
    organisation, created = Organisation.objects.get_or_create(
        name=partner["organisation"], defaults={"kind": partner["kind"]}
    )
    if created:
        organisation.municipalities.add(section.municipality)
    return organisation
