"""What the pages of sections show, looked up for one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from exchange.accounts.viewer import Viewer
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import Kind
from exchange.contributions.freshness import Freshness
from exchange.contributions.models import Contribution
from exchange.contributions.visibility import ContributionQuerySet
from exchange.themes.models import Theme

from .who_does_what import FallBack, NamedContact, Reach, Row, who_does_what

if TYPE_CHECKING:
    from .models import MunicipalityPage

# A section shows the newest of each kind; the rest is one click away, in search.
SHOWN_PER_KIND = 12


def contributions_by_kind(contributions: ContributionQuerySet) -> list[tuple[Kind, list[Contribution]]]:
    """Group contributions by kind, newest first, at most `SHOWN_PER_KIND` each; kinds without any are left out."""
    groups: dict[Kind, list[Contribution]] = {}
    newest = contributions.select_related("municipality", "content_type").order_by("-first_published_at", "-pk")
    for contribution in newest[: SHOWN_PER_KIND * len(Kind) * 4]:
        group = groups.setdefault(contribution.get_kind(), [])
        if len(group) < SHOWN_PER_KIND:
            group.append(contribution)
    return [(kind, groups[kind]) for kind in Kind if kind in groups]


def municipality_context(page: MunicipalityPage, viewer: Viewer) -> dict[str, Any]:
    """Everything the page of a municipality shows beside its own fields."""
    municipality = page.municipality
    running_here = Contribution.objects.visible_to(viewer).filter(
        Q(municipality=municipality) | Q(together_with=municipality)
    )
    return {
        "contributions": contributions_by_kind(running_here.distinct()),
        "who_does_what": _who_does_what(page, viewer),
        "departments": page.get_children().live().order_by("title").filter(content_type__model="departmentpage"),
        "neighbours": municipality.neighbours.filter(page__live=True).select_related("page"),
        "may_see_contacts": viewer.is_member,
    }


def _who_does_what(page: MunicipalityPage, viewer: Viewer) -> list[Row]:
    municipality = page.municipality
    contacts = (
        ContactPage.objects.visible_to(viewer)
        .filter(Q(municipality=municipality) | Q(together_with=municipality) | Q(service_area=municipality))
        .select_related("stand_in", "department", "organisation")
        .prefetch_related("theme_links__tag")
        .distinct()
    )
    stand_ins = set(
        ContactPage.objects.visible_to(viewer)
        .filter(stands_in_for__in=[contact.pk for contact in contacts])
        .values_list("pk", flat=True)
    )
    departments = _department_reaches(contacts)
    named = [_named(contact, stand_ins, departments) for contact in contacts]
    themes = [(theme.slug, theme.label, theme.broader_id is None) for theme in Theme.objects.all()]
    return who_does_what(themes, named, _fall_back(page))


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


def _department_reaches(contacts: ContributionQuerySet) -> dict[int, Reach]:
    from .models import DepartmentPage

    departments = DepartmentPage.objects.live().filter(pk__in={contact.department_id for contact in contacts} - {None})
    return {
        page.pk: Reach(name=page.title, url=page.get_url() or "", mailbox=page.mailbox, phone=page.phone)
        for page in departments
    }


def _fall_back(page: MunicipalityPage) -> FallBack:
    general = Reach(page.municipality.name, page.website, page.general_mailbox, page.general_phone)
    centre = None
    if page.centre_municipality is not None and page.centre_municipality_id != page.municipality_id:
        from .models import MunicipalityPage

        other = MunicipalityPage.objects.live().filter(municipality=page.centre_municipality).first()
        if other is not None:
            centre = Reach(other.title, other.get_url() or "", other.general_mailbox, other.general_phone)
    return FallBack(general=general if general.can_be_reached else None, centre=centre)
