"""Signing in: with a password, with a mailed code, with a second factor; and what does not get in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from pytest_django import Settings

from exchange.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def els() -> User:
    """Somebody of Waterhoven with a password and a confirmed address."""
    user = User.objects.create_user("els@waterhoven.example", PASSWORD, first_name="Els")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, address: str = "els@waterhoven.example", password: str = PASSWORD) -> str:
    response = client.post("/inloggen/", {"login": address, "password": password})
    return str(response.headers.get("Location", "")) or response.content.decode()


def test_the_address_counts_in_any_case(client: Client, els: User) -> None:
    assert sign_in(client, "Els@Waterhoven.example") == "/"
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_is_said_without_telling_who_has_an_account(client: Client, els: User) -> None:
    known, unknown = sign_in(client, password="fout"), sign_in(client, "niemand@waterhoven.example")
    assert "niet correct" in known
    assert re.findall(r"errorlist.*?</ul>", known) == re.findall(r"errorlist.*?</ul>", unknown)


def test_after_five_wrong_passwords_the_door_stays_shut_for_a_while(client: Client, els: User) -> None:
    for _ in range(5):
        sign_in(client, password="fout")
    assert "Te veel" in sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_code_comes_by_mail_and_works_once(client: Client, els: User) -> None:
    client.post("/account/login/code/", {"email": els.email})
    message = mail.outbox[-1]
    code = re.search(r"^([A-Z0-9-]{4,})$", str(message.body), re.MULTILINE)
    assert code
    assert message.to == [els.email]
    assert client.post("/account/login/code/confirm/", {"code": "FOUT-FOUT"}).status_code == 200
    assert client.post("/account/login/code/confirm/", {"code": code[1]}).status_code == 302
    assert client.session["_auth_user_id"] == str(els.pk)
    assert Client().post("/account/login/code/confirm/", {"code": code[1]}).headers["Location"] != "/"


def test_who_has_no_account_is_told_so_by_mail_only(client: Client, els: User) -> None:
    addresses = (els.email, "x@waterhoven.example")
    pages = [Client().post("/account/login/code/", {"email": address}) for address in addresses]
    assert [page.headers["Location"] for page in pages] == ["/account/login/code/confirm/"] * 2
    assert "geen account" in mail.outbox[-1].body


def totp(user: User) -> str:
    """The code that the app of this user shows now."""
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = get_adapter().decrypt(stored.data["secret"])
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_password_alone_is_not_enough_for_who_has_a_second_factor(client: Client, els: User) -> None:
    TOTP.activate(els, generate_totp_secret())
    assert sign_in(client) == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post("/account/2fa/authenticate/", {"code": totp(els)}).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(els.pk)


def test_the_admin_asks_who_looks_after_the_platform_for_a_second_factor(
    signed_in: Callable[..., Client], settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator", "platform_editor"]
    for role in ("administrator", "platform_editor"):
        client = signed_in(role)
        assert client.get("/beheer/").headers["Location"] == "/account/2fa/"
        assert client.get("/beheer/pages/").headers["Location"] == "/account/2fa/"
        user = User.objects.get(pk=client.session["_auth_user_id"])
        TOTP.activate(user, generate_totp_secret())
        assert client.get("/beheer/").status_code == 200


def test_an_editor_needs_none_where_it_is_set_so(
    waterhoven: object, signed_in: Callable[..., Client], settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator", "platform_editor"]
    assert signed_in("editor", "GM9901").get("/beheer/").status_code == 200


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    assert client.get("/beheer/").headers["Location"] == "/inloggen/?next=/beheer/"
    assert client.get("/beheer/login/?next=/beheer/").headers["Location"] == "/inloggen/?next=/beheer/"
    assert client.post("/beheer/login/", {"username": "x", "password": "y"}).headers["Location"] == "/inloggen/"
    assert client.get("/beheer/password_reset/").status_code == 404


def test_a_closed_account_is_out_at_once(client: Client, els: User) -> None:
    sign_in(client)
    User.objects.filter(pk=els.pk).update(is_active=False)
    assert client.get("/account/").status_code == 302


def test_other_sessions_can_be_ended(els: User) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    assert here.get("/account/sessions/").status_code == 200
    here.post("/account/sessions/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_a_new_password_comes_by_a_link_that_works_once(client: Client, els: User) -> None:
    client.post("/account/password/reset/", {"email": els.email})
    link = re.search(r"http\S+(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert link
    page = client.get(link[1], follow=True)
    new = {"password1": "nog-een-langer-wachtwoord", "password2": "nog-een-langer-wachtwoord"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert "niet correct" in sign_in(Client())
    assert sign_in(Client(), password=new["password1"]) == "/"
