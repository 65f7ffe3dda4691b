"""Opening a section: what a municipality or department needs before its people can write. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection

from exchange.accounts.groups import group_name
from exchange.accounts.roles import Role

from .models import DepartmentPage, MunicipalityPage
from .permissions import give_files, give_pages, let_into_admin

# What who writes may do with the pages of a section. Nobody publishes alone: that follows from reading along
# (`exchange.publishing`), and what an editor may do on top follows from `exchange.accounts.rights`.
WRITING_ROLES = (Role.AUTHOR, Role.EDITOR)
PAGE_PERMISSIONS = ("add_page", "change_page")


@dataclass(frozen=True)
class Opened:
    """A section that is open: its groups by role, and the collection for its files."""

    groups: dict[Role, Group]
    collection: Collection


@transaction.atomic
def open_section(section: MunicipalityPage | DepartmentPage) -> Opened:
    """Give a section its groups, permissions and collection. A department opens its municipality too."""
    if isinstance(section, DepartmentPage):
        municipality_page = section.municipality_page()
        parent = open_section(municipality_page).collection
        department_id: int | None = section.pk
        name = f"{section.title} ({section.pk})"
    else:
        municipality_page = section
        parent = Collection.get_first_root_node()
        department_id = None
        name = f"{section.municipality.code} {section.municipality.name}"
        if section.opened_at is None:
            section.opened_at = timezone.localdate()
            MunicipalityPage.objects.filter(pk=section.pk).update(opened_at=section.opened_at)
    collection = _collection(parent, name, prefix=name.split(" ")[0] if department_id is None else name)
    groups = {}
    for role in WRITING_ROLES:
        group, _ = Group.objects.get_or_create(name=group_name(municipality_page.municipality_id, department_id, role))
        let_into_admin(group)
        give_pages(group, section.page_ptr, PAGE_PERMISSIONS)
        give_files(group, collection)
        groups[role] = group
    return Opened(groups=groups, collection=collection)


def _collection(parent: Collection, name: str, *, prefix: str) -> Collection:
    """The collection of a section: found by its unchanging start, so a renamed municipality keeps its files."""
    found = parent.get_children().filter(name__startswith=prefix).first()
    if found is None:
        found = parent.add_child(instance=Collection(name=name))
    return found


def add_department(page: MunicipalityPage, title: str) -> DepartmentPage:
    """Find the department of a municipality by its title, or add it."""
    existing = DepartmentPage.objects.child_of(page).filter(title__iexact=title).first()
    if existing is not None:
        department: DepartmentPage = existing
        return department
    department = DepartmentPage(title=title)
    page.add_child(instance=department)
    return department
