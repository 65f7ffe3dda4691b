"""Where somebody may write: the open sections of their municipalities, and the field of a form that asks for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.accounts.rights import Action, Held, Place, may

from .models import DepartmentPage, MunicipalityPage


def sections_of(user: User) -> list[Page]:
    """Where somebody may make a draft: open sections, the whole municipality before its departments."""
    held = roles_of(user)
    codes = {one.place.municipality for one in held if one.place}
    found: list[Page] = []
    for page in MunicipalityPage.objects.filter(municipality__in=codes, opened_at__isnull=False).order_by("title"):
        places = [(Place(page.municipality_id), page), *_departments(page)]
        found += [section for place, section in places if may(held, Action.DRAFT, place)]
    return found


def managed_places(held: Sequence[Held], municipality: str) -> list[Place]:
    """The places in a municipality whose people somebody manages; the whole of it alone where it is that."""
    whole = Place(municipality)
    if may(held, Action.MANAGE_PEOPLE, whole):
        return [whole]
    departments = {one.place for one in held if one.place and one.place.municipality == municipality}
    return [place for place in departments if may(held, Action.MANAGE_PEOPLE, place)]


def _departments(page: MunicipalityPage) -> Iterable[tuple[Place, Page]]:
    for department in DepartmentPage.objects.child_of(page).live().order_by("title"):
        yield Place(page.municipality_id, department.pk), department


def section_field(form: forms.Form, user: User) -> Page | None:
    """Fill the field `section` of a form. Where somebody has one section, nothing is asked, and it is returned."""
    sections = sections_of(user)
    if len(sections) == 1:
        del form.fields["section"]
        return sections[0]
    section = cast(Any, form.fields["section"])
    section.queryset = Page.objects.filter(pk__in=[one.pk for one in sections]).order_by("path")
    section.label_from_instance = lambda one: str(one.title)
    return None
