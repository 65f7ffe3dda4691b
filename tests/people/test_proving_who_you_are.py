"""The second factor guards what it is for, and what cannot be undone asks for a fresh sign-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from exchange.accounts.models import User, roles_of
from exchange.accounts.rights import Action, Held, Place, may, without_second_factor
from exchange.accounts.roles import Role
from exchange.accounts.viewer import viewer_for
from exchange.contributions.choices import Visibility
from exchange.people.fresh_sign_in import ASKS
from exchange.people.second_factor import GUARDED
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

HERE = Place("GM9901")
ALL = ["administrator", "platform_editor", "editor"]


@pytest.fixture
def asked(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ALL


@pytest.mark.parametrize(
    ("held", "left"),
    [
        (Held(Role.EDITOR, HERE), [Held(Role.AUTHOR, HERE)]),
        (Held(Role.AUTHOR, HERE), [Held(Role.AUTHOR, HERE)]),
        (Held(Role.MEMBER, HERE), [Held(Role.MEMBER, HERE)]),
        (Held(Role.ADMINISTRATOR), []),
        (Held(Role.PLATFORM_EDITOR), []),
    ],
)
def test_without_a_second_factor_a_role_counts_for_less(held: Held, left: list[Held]) -> None:
    assert without_second_factor([held], frozenset(ALL)) == left
    assert without_second_factor([held], frozenset()) == [held]


def test_an_editor_writes_meanwhile_and_places_with_a_second_factor(
    asked: None, waterhoven: MunicipalityPage, person: Person
) -> None:
    editor = person("editor", "GM9901")
    assert may(roles_of(editor), Action.EDIT, HERE)
    assert not may(roles_of(editor), Action.REVIEW, HERE)
    assert not may(roles_of(editor), Action.MANAGE_PEOPLE, HERE)
    TOTP.activate(editor, generate_totp_secret())
    assert may(roles_of(User.objects.get(pk=editor.pk)), Action.REVIEW, HERE)


def test_an_administrator_reads_what_is_of_others_with_a_second_factor(
    asked: None, waterhoven: MunicipalityPage, person: Person, client: Client
) -> None:
    page = InitiativeFactory(parent=waterhoven, visibility=Visibility.OWN)
    administrator = person("administrator")
    client.force_login(administrator)
    assert client.get(page.url).status_code == 404
    assert not viewer_for(administrator).is_administrator
    TOTP.activate(administrator, generate_totp_secret())
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("address", ["/mensen/GM9901/", "/logboek/GM9901/", "/meelezen/", "/beheer/"])
def test_who_lacks_it_is_led_to_where_it_is_made(
    asked: None, waterhoven: MunicipalityPage, signed_in: Callable[..., Client], address: str
) -> None:
    client = signed_in("editor", "GM9901")
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[0][0] == reverse("mfa_index")
    assert "twee stappen" in answer.content.decode()
    # What needs none is there.
    assert client.get("/schrijven/").status_code == 200


def test_an_author_and_a_member_need_none(
    asked: None, waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    assert signed_in("author", "GM9901").get("/meelezen/").status_code == 200
    assert signed_in("author", "GM9901").get("/beheer/").status_code == 200


@pytest.mark.parametrize("address", ["/account/weg/", "/account/gegevens/", "/mensen/GM9901/", "/account/email/"])
def test_after_half_an_hour_it_is_asked_again(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], address: str
) -> None:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        client = signed_in("editor", "GM9901")
        assert client.get(address).status_code in {200, 302}
        assert "opnieuw" not in client.get(address).headers.get("Location", "")
    with time_machine.travel("2026-11-26T12:31:00Z", tick=False):
        answer = client.get(address)
        assert answer.headers["Location"].startswith("/account/opnieuw/?next=%2F")
        # Who has no password signs out and in, and comes back.
        again = answer.headers["Location"]
        assert "Log opnieuw in" in client.get(again).content.decode()
        assert client.post(again).headers["Location"].startswith("/inloggen/?next=%2F")
        assert "_auth_user_id" not in client.session


def test_what_was_typed_on_a_page_that_was_fresh_is_taken(
    waterhoven: MunicipalityPage, person: Person, client: Client
) -> None:
    user = person("member", "GM9901")
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        client.force_login(user)
    with time_machine.travel("2026-11-26T12:45:00Z", tick=False):
        assert client.post("/account/weg/").headers["Location"] == "/"
    assert not User.objects.filter(pk=user.pk).exists() or not User.objects.get(pk=user.pk).is_active


def test_long_after_it_a_form_changes_nothing(waterhoven: MunicipalityPage, person: Person, client: Client) -> None:
    user = person("member", "GM9901")
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        client.force_login(user)
    with time_machine.travel("2026-11-26T13:30:00Z", tick=False):
        assert client.post("/account/weg/").headers["Location"].startswith("/account/opnieuw/")
    assert User.objects.get(pk=user.pk).is_active


def test_with_a_password_it_is_given_again_and_one_is_back(client: Client) -> None:
    user = User.objects.create_user("els@waterhoven.example", "een-lang-wachtwoord")
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        client.force_login(user)
    with time_machine.travel("2026-11-26T14:00:00Z", tick=False):
        page = client.get("/account/gegevens/", follow=True)
        assert "Gebruik je wachtwoord" in page.content.decode()
        answer = client.post(
            "/account/reauthenticate/?next=/account/gegevens/", {"password": "een-lang-wachtwoord"}, follow=True
        )
        assert answer.headers["Content-Type"] == "application/json"


def test_nobody_is_led_elsewhere(client: Client, person: Person, waterhoven: MunicipalityPage) -> None:
    client.force_login(person("member", "GM9901"))
    answer = client.post("/account/opnieuw/?next=https://elders.example/")
    assert answer.headers["Location"] == "/inloggen/?next=%2Faccount%2F"


def test_what_is_guarded_exists() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names >= GUARDED | ASKS
