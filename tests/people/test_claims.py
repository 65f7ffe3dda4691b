"""Who a provider says somebody is: name and address in the forms that directories write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from exchange.accounts.models import User
from exchange.people.claims import Name, address_of, name_of, split_name
from exchange.sections.models import MunicipalityPage

# As Entra ID sends it for an account without a mailbox.
ENTRA = {
    "sub": "2",
    "preferred_username": "nieuw2@waterhoven.example",
    "upn": "nieuw2@waterhoven.example",
    "name": "Verzonnen, Noor",
}
PROVIDER: dict[str, Any] = {
    "provider_id": "waterhoven",
    "name": "Gemeente Waterhoven",
    "client_id": "samenwijzer",
    "secret": "alleen-voor-de-test",
    "settings": {"server_url": "https://login.waterhoven.example", "municipality": "GM9901"},
}


@pytest.mark.parametrize(
    ("whole", "given", "family"),
    [
        ("Verzonnen, Noor", "Noor", "Verzonnen"),
        ("Noor Verzonnen", "Noor", "Verzonnen"),
        ("Noor van den Berg", "Noor", "van den Berg"),
        ("Berg, Noor van den", "Noor", "van den Berg"),
        ("Berg, van den, Noor", "Noor", "van den Berg"),
        ("van den Berg, Noor", "Noor", "van den Berg"),
        ("Hof, Noor in 't", "Noor", "in 't Hof"),
        ("Verzonnen-de Wit, Anna Maria", "Anna Maria", "Verzonnen-de Wit"),
        ("Verzonnen, Noor (Sociaal Domein)", "Noor", "Verzonnen"),
        ("Noor Verzonnen (extern) | Waterhoven", "Noor", "Verzonnen"),
        ("(Noor)", "(Noor)", ""),
        ("  Verzonnen ,  Noor  ", "Noor", "Verzonnen"),
        ("Noor", "Noor", ""),
        ("Verzonnen,", "Verzonnen", ""),
        (",", "", ""),
        ("", "", ""),
        ("Noor\x0bVer\xadzonnen", "Noor", "Verzonnen"),
    ],
)
def test_a_name_is_split_as_it_is_written(whole: str, given: str, family: str) -> None:
    assert split_name(whole) == Name(given, family)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"given_name": "Noor", "family_name": "van den Berg", "name": "iets"}, Name("Noor", "van den Berg")),
        ({"given_name": "Noor", "name": "Berg, Noor van den"}, Name("Noor", "van den Berg")),
        ({"family_name": "Verzonnen"}, Name("", "Verzonnen")),
        ({"name": 7, "given_name": None, "family_name": ["x"]}, Name()),
        ({"name": "x" * 400}, Name("x" * 150)),
        ({}, Name()),
    ],
)
def test_the_parts_that_a_provider_gives_count_first(claims: dict[str, Any], name: Name) -> None:
    assert name_of(claims) == name


@pytest.mark.parametrize(
    ("claims", "fallback", "address"),
    [
        (ENTRA, "preferred_username", "nieuw2@waterhoven.example"),
        (ENTRA, "upn", "nieuw2@waterhoven.example"),
        (ENTRA, "", ""),
        ({"email": "Noor@Waterhoven.example"}, "preferred_username", "noor@waterhoven.example"),
        ({"email": "", "preferred_username": "noor"}, "preferred_username", ""),
        ({"email": None, "upn": "noor@waterhoven.example"}, "upn", "noor@waterhoven.example"),
        ({"email": ["a@b.example"]}, "", ""),
    ],
)
def test_the_address_is_the_email_or_what_the_setting_names(
    claims: dict[str, Any], fallback: str, address: str
) -> None:
    assert address_of(claims, fallback) == address


SignIn = Callable[..., tuple[HttpRequest, HttpResponse]]


@pytest.fixture
def sign_in(waterhoven: MunicipalityPage, settings: Settings) -> SignIn:
    """What happens after a provider answered: `sign_in({"userinfo": …, "id_token": …}, email_claim=…)`."""

    def make(answer: dict[str, Any], **more: str) -> tuple[HttpRequest, HttpResponse]:
        app = {**PROVIDER, "settings": {**PROVIDER["settings"], **more}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        request = RequestFactory().get("/")
        SessionMiddleware(lambda _: HttpResponse()).process_request(request)
        MessageMiddleware(lambda _: HttpResponse()).process_request(request)
        request.user = AnonymousUser()
        provider = get_adapter().get_provider(request, "waterhoven")
        login = provider.sociallogin_from_response(request, answer)
        login.state = {}
        with context.request_context(request):
            return request, complete_login(request, login)

    return make


def said(request: HttpRequest) -> str:
    return " ".join(str(message) for message in get_messages(request))


@pytest.mark.parametrize(
    "answer",
    [
        {"userinfo": ENTRA},
        {"userinfo": {"sub": "2", "name": "Verzonnen, Noor"}, "id_token": ENTRA},
        {"id_token": ENTRA},
    ],
)
def test_who_has_no_mailbox_signs_in_by_the_claim_that_the_setting_names(
    sign_in: SignIn, answer: dict[str, Any]
) -> None:
    request, _response = sign_in(answer, email_claim="preferred_username")
    user = User.objects.get(email="nieuw2@waterhoven.example")
    assert request.user == user
    assert (user.first_name, user.last_name) == ("Noor", "Verzonnen")
    assert user.memberships.get().municipality_id == "GM9901"
    again, _response = sign_in(answer, email_claim="preferred_username")
    assert again.user == user
    assert EmailAddress.objects.get(user=user).email == user.email


def test_an_address_that_only_the_token_has_counts(sign_in: SignIn) -> None:
    """Entra's other answer holds no address, also where the account has one."""
    request, _response = sign_in(
        {"userinfo": {"sub": "3", "name": "Noor"}, "id_token": {"sub": "3", "email": "noor3@waterhoven.example"}}
    )
    assert request.user == User.objects.get(email="noor3@waterhoven.example")


def test_without_the_setting_one_is_told_what_to_ask_of_it(sign_in: SignIn) -> None:
    request, response = sign_in({"userinfo": ENTRA})
    assert response.headers["Location"] == "/inloggen/"
    assert "ICT-afdeling" in said(request)
    assert "Gemeente Waterhoven" in said(request)
    assert "hoort niet bij een gemeente" not in said(request)
    assert not User.objects.filter(email__icontains="nieuw2").exists()


def test_an_address_of_elsewhere_stays_refused_by_whatever_claim(sign_in: SignIn) -> None:
    request, _response = sign_in(
        {"userinfo": ENTRA | {"preferred_username": "x@elders.example"}}, email_claim="preferred_username"
    )
    assert "hoort niet bij een gemeente" in said(request)
    assert not request.user.is_authenticated


def test_a_claim_that_nobody_verified_opens_nobody_elses_account(sign_in: SignIn) -> None:
    known = User.objects.create_user("nieuw2@waterhoven.example", "een-lang-wachtwoord", first_name="Els")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    request, _response = sign_in({"userinfo": ENTRA | {"email_verified": True}}, email_claim="preferred_username")
    assert request.user != known
    request, _response = sign_in({"userinfo": ENTRA}, email_claim="preferred_username", verified_email=True)
    assert request.user == known
