"""Who has nothing to do in the admin hears so; nobody goes round in circles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.accounts.models import Membership, User
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person
from tests.publishing.conftest import client_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/beheer/", "/beheer/pages/", "/beheer/iets/dat/er/niet/is/", "/beheer/reports/locked/"]
)
def test_a_member_hears_that_it_is_not_for_this_account(signed_in: Callable[..., Client], address: str) -> None:
    client = signed_in("member", "GM9901")
    response = client.get(address, follow=True)
    assert response.status_code == 403
    assert response.redirect_chain == []
    content = response.content.decode()
    assert "Dit is niet voor dit account" in content
    for way_on in ('href="/doe-mee/"', 'href="/uitloggen/"', 'href="/schrijven/"'):
        assert way_on in content
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


def test_the_way_by_signing_in_ends_there_too(signed_in: Callable[..., Client]) -> None:
    response = signed_in("member", "GM9901").get("/inloggen/?next=/beheer/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    response = client.get("/beheer/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain == [("/inloggen/?next=/beheer/", 302)]


def test_who_writes_enters_until_the_role_ends(person: Person, waterhoven: MunicipalityPage) -> None:
    user = person("author", "GM9901")
    client = client_for(user)
    assert client.get("/beheer/").status_code == 200
    Membership.objects.filter(user=user).delete()
    assert client.get("/beheer/").status_code == 403


def test_an_account_without_any_role_hears_it_too() -> None:
    client = client_for(User.objects.create_user("nieuw@elders.example"))
    response = client.get("/beheer/")
    assert response.status_code == 403
    assert 'href="/doe-mee/"' not in response.content.decode().partition("<main")[2].partition("</main")[0]
