"""What every page of the site shares: a way on when something is not there, headers, two languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import loader
from django.test import Client

from exchange.sections.models import MunicipalityPage
from home.bootstrap import bootstrap
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
PAGES = ["/", "/zoeken/?q=opvang+vluchtelingen", "/themas/", "/themas/sggg/", "/gemeenten/", "/gemeenten/utrecht/",
         "/over/", "/samen/", "/privacy/", "/toegankelijkheid/", "/inloggen/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages(client: Client, address: str) -> None:
    assert b'<html lang="nl">' in client.get(address).content
    client.post("/taal/", {"language": "en", "next": address})
    english = client.get(address)
    assert english.status_code == 200
    assert b'<html lang="en">' in english.content
    assert b">Search<" in english.content.replace(b"\n", b"").replace(b"  ", b"")


@pytest.mark.parametrize(
    "address", ["/bestaat-niet/", "/gemeenten/bestaat-niet/", "/themas/bestaat-niet/", "/documenten/9/x/"]
)
def test_what_is_not_there_offers_a_way_on(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert b'action="/zoeken/"' in response.content


def test_when_something_breaks_the_page_needs_no_database() -> None:
    page = loader.render_to_string("500.html")
    assert 'action="/zoeken/"' in page
    assert "Er ging iets mis" in page


def test_the_site_allows_no_inline_code_and_the_admin_does(client: Client, signed_in: Callable[..., Client]) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "unsafe-inline" in signed_in("administrator").get("/beheer/")["Content-Security-Policy"]
    assert client.get("/")["Referrer-Policy"] == "same-origin"


def test_laying_the_foundation_again_adds_nothing() -> None:
    report = bootstrap()
    assert (report.municipalities, report.themes, report.pages) == (0, 0, 0)


def test_the_home_page_shows_what_is_new(client: Client, waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Splinternieuw")
    content = client.get("/").content.decode()
    assert "Splinternieuw" in content
    assert page.url in content


def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_text_is_translated() -> None:
    call_command("translations", check=True, verbosity=0)
    assert (settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.mo").is_file()
