"""Wagtail's groups follow from memberships: one function puts a user in exactly the groups their roles give."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from .models import Membership, User
from .roles import Role

PLATFORM_EDITORS = "Platformredactie"


def group_name(municipality_code: str, department_id: int | None, role: Role | str) -> str:
    """The name of the group for a role in a section, such as `GM0344 editor` or `GM0344/57 author`."""
    section = municipality_code if department_id is None else f"{municipality_code}/{department_id}"
    return f"{section} {Role(role).value}"


def groups_for(membership: Membership) -> list[str]:
    """The names of the groups a membership gives. A member reads: that takes no group."""
    if membership.role == Role.PLATFORM_EDITOR:
        return [PLATFORM_EDITORS]
    if membership.role in (Role.AUTHOR, Role.EDITOR) and membership.municipality_id:
        return [group_name(membership.municipality_id, membership.department_id, membership.role)]
    return []


@transaction.atomic
def derive_groups(user: User) -> None:
    """Put a user in the groups that follow from the memberships, and in no other. Safe to repeat."""
    memberships = list(Membership.objects.filter(user=user))
    names = {name for membership in memberships for name in groups_for(membership)}
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(names)])
    is_administrator = any(membership.role == Role.ADMINISTRATOR for membership in memberships)
    User.objects.filter(pk=user.pk).update(is_superuser=is_administrator, is_staff=is_administrator)
