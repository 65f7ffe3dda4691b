"""Memberships are the truth; Wagtail's groups follow them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role
from exchange.accounts.viewer import VISITOR, viewer_for
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_each_role_gives_its_group_and_no_other(waterhoven: MunicipalityPage, person: Person) -> None:
    department = DepartmentFactory(parent=waterhoven)
    assert groups(person("member", "GM9901")) == set()
    assert groups(person("author", "GM9901")) == {"GM9901 author"}
    assert groups(person("editor", "GM9901", department.page_ptr)) == {f"GM9901/{department.pk} editor"}
    assert groups(person("platform_editor")) == {"Platformredactie"}


def test_who_loses_a_role_leaves_the_group(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("editor", "GM9901")
    membership = user.memberships.get()
    membership.role = Role.AUTHOR
    membership.save()
    assert groups(user) == {"GM9901 author"}
    membership.delete()
    assert groups(user) == set()


def test_a_group_that_was_given_by_hand_is_taken_away(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("author", "GM9901")
    user.groups.add(open_section(waterhoven).groups[Role.EDITOR])
    Membership.objects.get(user=user).save()
    assert groups(user) == {"GM9901 author"}


def test_only_an_administrator_is_a_superuser(person: Person) -> None:
    administrator = person("administrator")
    assert administrator.is_superuser
    administrator.memberships.get().delete()
    assert not User.objects.get(pk=administrator.pk).is_superuser


def test_a_superuser_made_on_the_command_line_is_an_administrator() -> None:
    user = User.objects.create_superuser("Baas@Waterhoven.example", "geheim")
    assert user.email == "baas@waterhoven.example"
    assert viewer_for(user).is_administrator


@pytest.mark.parametrize(("role", "municipality"), [("platform_editor", "GM9901"), ("author", None)])
def test_a_platform_role_is_without_municipality_and_others_have_one(role: str, municipality: str | None) -> None:
    membership = Membership(user=UserFactory(), role=role, municipality_id=municipality)
    with pytest.raises(ValidationError):
        membership.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        membership.save()


@pytest.mark.parametrize(("role", "municipality"), [("platform_editor", None), ("author", "GM9901")])
def test_a_role_is_given_once(role: str, municipality: str | None) -> None:
    user = UserFactory()
    Membership.objects.create(user=user, role=role, municipality_id=municipality)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role=role, municipality_id=municipality)


def test_an_address_is_known_once_in_any_case() -> None:
    UserFactory(email="els@waterhoven.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="ELS@waterhoven.example")


def test_a_closed_account_is_a_visitor(person: Person) -> None:
    user = person("administrator")
    user.is_active = False
    assert viewer_for(user) == VISITOR


def test_an_administrator_manages_accounts(signed_in: Callable[..., Client]) -> None:
    client = signed_in("administrator")
    form = {
        "email": "Nieuw@Waterhoven.example", "first_name": "Nieuw", "last_name": "Verzonnen",
        "password1": "een-lang-wachtwoord-99", "password2": "een-lang-wachtwoord-99",
    }  # fmt: skip
    assert client.post("/beheer/users/new/", form).status_code == 302
    user = User.objects.get(email="nieuw@waterhoven.example")
    assert str(user) == "Nieuw Verzonnen"
    role = {"user": user.pk, "role": "author", "municipality": "GM9901", "department": ""}
    assert client.post("/beheer/membership/new/", role).status_code == 302
    assert user.groups.get().name == "GM9901 author"
    assert client.get("/beheer/users/").status_code == 200
