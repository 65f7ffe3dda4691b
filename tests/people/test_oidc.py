"""What the claims of a municipality's own sign-in mean here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.people.oidc import Said, follow_claims, read_claims, vouched
from exchange.sections.models import MunicipalityPage
from tests.factories import DepartmentFactory, UserFactory

MAPPING = {
    "municipality": "GM9901",
    "department_claim": "department",
    "roles_claim": "realm_access.roles",
    "roles": {"samenwijzer-redactie": "editor", "samenwijzer-auteur": "author", "baas": "administrator"},
}


@pytest.mark.parametrize(
    ("claims", "mapping", "said"),
    [
        ({}, MAPPING, Said("GM9901")),
        ({"realm_access": {"roles": ["samenwijzer-redactie", "iets"]}, "department": "Jeugd"}, MAPPING,
         Said("GM9901", "Jeugd", frozenset({Role.EDITOR}))),
        ({"realm_access": {"roles": ["baas"]}}, MAPPING, Said("GM9901")),
        ({"realm_access": "onzin", "department": None}, MAPPING, Said("GM9901")),
        ({"org": "gm9910", "group": "schrijft"},
         {"municipality_claim": "org", "roles_claim": "group", "roles": {"schrijft": "author"}},
         Said("GM9910", "", frozenset({Role.AUTHOR}))),
        ({"email": "noor@waterhoven.example"}, {}, Said(None)),
    ],
)  # fmt: skip
def test_claims_are_read_by_the_mapping(claims: dict[str, Any], mapping: dict[str, Any], said: Said) -> None:
    assert read_claims(claims, mapping) == said


def roles(user: User) -> set[tuple[str, str | None, int | None]]:
    return set(user.memberships.values_list("role", "municipality_id", "department_id"))


@pytest.mark.django_db
def test_memberships_follow_at_every_sign_in_and_others_stay(
    waterhoven: MunicipalityPage, person: Callable[..., User]
) -> None:
    user = person("editor", "GM9910")
    follow_claims(user, Said("GM9901", roles=frozenset({Role.AUTHOR})))
    assert roles(user) == {("editor", "GM9910", None), ("author", "GM9901", None)}
    follow_claims(user, Said("GM9901", roles=frozenset({Role.EDITOR})))
    assert roles(user) == {("editor", "GM9910", None), ("editor", "GM9901", None)}
    follow_claims(user, Said("GM9901"))
    assert roles(user) == {("editor", "GM9910", None), ("member", "GM9901", None)}
    follow_claims(user, Said("GM0000"))
    follow_claims(user, Said(None))
    assert roles(user) == {("editor", "GM9910", None), ("member", "GM9901", None)}


@pytest.mark.django_db
def test_a_department_that_is_known_here_limits_the_role(waterhoven: MunicipalityPage) -> None:
    department = DepartmentFactory(parent=waterhoven, title="Team Jeugd")
    user = UserFactory()
    follow_claims(user, Said("GM9901", "team jeugd", frozenset({Role.AUTHOR})))
    assert roles(user) == {("author", "GM9901", department.pk)}
    follow_claims(user, Said("GM9901", "Onbekend team", frozenset({Role.AUTHOR})))
    # A role for the whole municipality would be more than the provider said.
    assert roles(user) == {("member", "GM9901", None)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "municipality", "allowed"),
    [
        ("noor@waterhoven.example", "GM9901", True), ("noor@waterhoven.example", "GM9910", False),
        ("noor@elders.example", "GM9901", False), ("noor@waterhoven.example", None, True),
        ("noor@elders.example", None, False), ("", "GM9901", False),
    ],
)  # fmt: skip
def test_a_provider_vouches_for_its_own_municipality_only(email: str, municipality: str | None, allowed: bool) -> None:
    assert vouched(email, Said(municipality)) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize("claims", [{}, {"org": ""}, {"org": None}, {"org": []}, {"org": "GM0000"}, {"org": {"x": 1}}])
def test_who_should_name_a_municipality_and_does_not_vouches_for_no_address(claims: dict[str, Any]) -> None:
    said = read_claims(claims, {"municipality_claim": "org"})
    assert vouched("noor@waterhoven.example", said) is False
    assert vouched("noor@waterhoven.example", read_claims({"org": "GM9901"}, {"municipality_claim": "org"})) is True
