"""Where somebody may write: the open sections of their municipalities, and the form that asks for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.accounts.once import OnceForm
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


def path_of(place: Place) -> str | None:
    """Where a section stands in the tree; None where its page is gone."""
    if place.department is not None:
        pages: Any = DepartmentPage.objects.filter(pk=place.department)
    else:
        pages = MunicipalityPage.objects.filter(municipality=place.municipality)
    path: str | None = pages.values_list("path", flat=True).first()
    return path


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


class SectionForm(OnceForm):
    """A form that asks where something belongs; nothing is asked of who may write in one section only."""

    section = forms.ModelChoiceField(Page.objects.none(), label=gettext_lazy("Waar hoort het"), empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = sections_of(user)
        self.only_section = sections[0] if len(sections) == 1 else None
        if self.only_section is not None:
            del self.fields["section"]
            return
        section = cast(Any, self.fields["section"])
        section.queryset = Page.objects.filter(pk__in=[one.pk for one in sections]).order_by("path")
        section.label_from_instance = lambda one: str(one.title)

    def chosen_section(self) -> Page:
        """Where it belongs, of a valid form."""
        return cast(Page, self.cleaned_data.get("section") or self.only_section)
