"""An account for each role, with a new password every time: nothing secret is kept in a file."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role

MUNICIPALITY = "GM9901"
# First name and last name of invented people, by role.
PEOPLE = {
    Role.MEMBER: ("Mees", "Verzonnen"),
    Role.AUTHOR: ("Aya", "Verzonnen"),
    Role.EDITOR: ("Els", "Verzonnen"),
    Role.PLATFORM_EDITOR: ("Pim", "Verzonnen"),
    Role.ADMINISTRATOR: ("Bo", "Verzonnen"),
}
PLATFORM = {Role.PLATFORM_EDITOR, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Account:
    role: Role
    email: str
    password: str


def make_accounts() -> list[Account]:
    """Make the account of each role, or give it a new password."""
    return [_make(role) for role in PEOPLE]


def _make(role: Role) -> Account:
    email = f"{role.value.replace('_', '-')}@waterhoven.example"
    first_name, last_name = PEOPLE[role]
    user, _ = User.objects.get_or_create(email=email, defaults={"first_name": first_name, "last_name": last_name})
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    Membership.objects.get_or_create(
        user=user, role=role, municipality_id=None if role in PLATFORM else MUNICIPALITY, department=None
    )
    return Account(role=role, email=email, password=password)
