"""What the pages of sections show, looked up for one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from exchange.accounts.viewer import Viewer
from exchange.contacts.models import ContactPage
from exchange.contributions.freshness import Freshness
from exchange.contributions.kinds import Kind, kinds
from exchange.contributions.models import Contribution, ThemeLink
from exchange.contributions.visibility import ContributionQuerySet
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme

from .who_does_what import FallBack, NamedContact, Reach, Row, who_does_what

if TYPE_CHECKING:
    from .models import DepartmentPage, MunicipalityPage

# A section shows the newest of each kind; the rest is one click away, in search.
SHOWN_PER_KIND = 12
SHOWN_ALIKE = 6


def contributions_by_kind(contributions: ContributionQuerySet) -> list[tuple[Kind, list[Contribution]]]:
    """Group contributions by kind, newest first, at most `SHOWN_PER_KIND` each; kinds without any are left out."""
    newest_first = [F("first_published_at").desc(nulls_last=True), F("pk").desc()]
    rank = Window(RowNumber(), partition_by="content_type", order_by=newest_first)
    shown = contributions.annotate(rank=rank).filter(rank__lte=SHOWN_PER_KIND).order_by(*newest_first)
    groups: dict[Kind, list[Contribution]] = {}
    for contribution in shown.select_related("municipality", "content_type"):
        groups.setdefault(contribution.get_kind(), []).append(contribution)
    return [(kind, groups[kind]) for kind in kinds() if kind in groups]


def municipality_context(page: MunicipalityPage, viewer: Viewer) -> dict[str, Any]:
    """Everything the page of a municipality shows beside its own fields."""
    municipality = page.municipality
    running_here = Contribution.objects.visible_to(viewer).filter(
        Q(municipality=municipality) | Q(pk__in=municipality.shared_contributions.values("pk"))
    )
    contacts = _contacts(municipality, viewer)
    departments = _departments(page, contacts)
    centre = _centre(page)
    rows = _who_does_what(page, contacts, departments, centre, viewer)
    return {
        "people": _shown(rows, contacts),
        "contributions": contributions_by_kind(running_here),
        "named_rows": [row for row in rows if row.is_named],
        "unnamed_rows": [row for row in rows if not row.is_named],
        "departments": [department for department in departments if department.path.startswith(page.path)],
        "neighbours": municipality.neighbours.filter(page__live=True).select_related("page"),
        "alike": pages_alike(municipality),
        "centre": centre,
    }


def pages_alike(municipality: Municipality) -> list[dict[str, Any]]:
    """The municipalities most like this one, each with its page and why."""
    nearest = municipalities_like(municipality.code)[:SHOWN_ALIKE]
    found = Municipality.objects.filter(page__live=True).select_related("page").in_bulk([one.code for one in nearest])
    return [{"municipality": found[one.code], "reasons": one.reasons} for one in nearest if one.code in found]


def _contacts(municipality: Municipality, viewer: Viewer) -> list[ContactPage]:
    """Who works for a municipality, as far as the reader may see them."""
    own_or_serving = Q(municipality=municipality) | Q(together_with=municipality) | Q(service_area=municipality)
    contacts = ContactPage.objects.visible_to(viewer).filter(own_or_serving)
    themes = Prefetch("theme_links", ThemeLink.objects.select_related("tag"))
    return list(contacts.select_related("stand_in").prefetch_related(themes).distinct())


def _departments(page: MunicipalityPage, contacts: list[ContactPage]) -> list[DepartmentPage]:
    """The departments of a municipality, and those elsewhere that its contacts work for."""
    from .models import DepartmentPage

    elsewhere = Q(pk__in=[contact.department_id for contact in contacts if contact.department_id])
    return list(
        DepartmentPage.objects.live()
        .filter(Q(path__startswith=page.path, depth=page.depth + 1) | elsewhere)
        .order_by("title")
    )


def _centre(page: MunicipalityPage) -> MunicipalityPage | None:
    """The page of the centre municipality for women's shelter, where that is another one."""
    from .models import MunicipalityPage

    code = page.centre_municipality_id
    if code is None or code == page.municipality_id:
        return None
    centre: MunicipalityPage | None = MunicipalityPage.objects.live().filter(municipality_id=code).first()
    return centre


def _who_does_what(
    page: MunicipalityPage,
    contacts: list[ContactPage],
    departments: list[DepartmentPage],
    centre: MunicipalityPage | None,
    viewer: Viewer,
) -> list[Row]:
    reaches = {one.pk: Reach(one.title, one.get_url() or "", one.mailbox, one.phone) for one in departments}
    visible = _visible_stand_ins(contacts, viewer)
    named = [_named(contact, visible, reaches) for contact in contacts]
    themes = [(theme.slug, theme.label, theme.broader_id is None) for theme in Theme.objects.all()]
    general = Reach(page.municipality.name, page.website, page.general_mailbox, page.general_phone)
    fall_back = FallBack(
        general=general if general.can_be_reached else None,
        centre=Reach(centre.title, centre.get_url() or "", centre.general_mailbox, centre.general_phone)
        if centre
        else None,
    )
    return who_does_what(themes, named, fall_back)


def _shown(rows: list[Row], contacts: list[ContactPage]) -> list[ContactPage]:
    """The contacts, and who stands in for them, of whom a row gives a number or an address."""
    reached = {one.reach.url for row in rows for one in row.answers if one.reach.phone or one.reach.mailbox}
    people = {one.pk: one for contact in contacts for one in (contact, contact.stand_in) if one is not None}
    return [one for one in people.values() if one.get_url() in reached]


def _visible_stand_ins(contacts: list[ContactPage], viewer: Viewer) -> set[int]:
    ids = [contact.stand_in_id for contact in contacts if contact.stand_in_id]
    return set(ContactPage.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _named(contact: ContactPage, visible: set[int], departments: dict[int, Reach]) -> NamedContact:
    stand_in = contact.stand_in if contact.stand_in_id in visible else None
    return NamedContact(
        themes=frozenset(theme.slug for theme in contact.theme_list()),
        reach=_reach(contact),
        is_fresh=contact.freshness() is not Freshness.OVERDUE,
        is_away=contact.away_until is not None and contact.away_until >= timezone.localdate(),
        stand_in=_reach(stand_in) if stand_in is not None else None,
        department=departments.get(contact.department_id or 0),
    )


def _reach(contact: ContactPage) -> Reach:
    return Reach(name=contact.title, url=contact.get_url() or "", mailbox=contact.team_mailbox, phone=contact.phone)
