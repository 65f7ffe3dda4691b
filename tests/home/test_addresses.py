"""Links in mails lead to `BASE_URL`, whatever Wagtail's site or a browser calls the site."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import Site

from exchange.accounts.models import User
from exchange.adoptions import letters as adoption_letters
from exchange.people.account_data import export
from exchange.publishing import letters as publishing_letters
from exchange.sections.models import MunicipalityPage
from home.bootstrap import bootstrap
from home.site_address import keep_site_in_step
from tests.factories import AdoptionFactory, InitiativeFactory

pytestmark = pytest.mark.django_db
BASE = "https://samenwijzer.example"


@pytest.fixture(autouse=True)
def elsewhere(settings: Settings) -> None:
    """Wagtail's site says something else than `BASE_URL`."""
    settings.WAGTAILADMIN_BASE_URL = BASE
    Site.objects.update(hostname="localhost", port=80)
    Site.clear_site_root_paths_cache()


@pytest.mark.parametrize(
    ("base", "hostname", "port"),
    [
        ("https://samenwijzer.example", "samenwijzer.example", 443),
        ("http://localhost:8123/", "localhost", 8123),
        ("http://samenwijzer.example", "samenwijzer.example", 80),
    ],
)
@pytest.mark.parametrize("step", [bootstrap, keep_site_in_step, lambda: call_command("tidy", verbosity=0)])
def test_wagtails_site_follows_base_url_when_it_changes(
    settings: Settings, base: str, hostname: str, port: int, step: Callable[[], object]
) -> None:
    settings.WAGTAILADMIN_BASE_URL = base
    step()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == (hostname, port)
    assert not keep_site_in_step()


def test_an_address_that_is_of_another_site_stays_its_own(settings: Settings) -> None:
    root = Site.objects.get().root_page
    Site.objects.create(hostname="samenwijzer.example", port=443, root_page=root)
    assert not keep_site_in_step()


def links(text: str) -> set[str]:
    return {f"{scheme}{host}" for scheme, host in re.findall(r"(https?://)([^/\s\"'<>]+)", text)} - {
        "http://www.w3.org"
    }


def sent() -> list[str]:
    return [
        f"{one.body} {one.alternatives[0][0]!s}" for one in mail.outbox if isinstance(one, mail.EmailMultiAlternatives)
    ]


@pytest.mark.parametrize("address", ["/doe-mee/", "/account/password/reset/", "/account/login/code/"])
def test_a_mail_that_was_asked_for_under_another_name_leads_here(address: str) -> None:
    user = User.objects.create_user("els@waterhoven.example", "een-lang-wachtwoord")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client(headers={"host": "boos.example"})
    for email in (user.email, "nieuw@waterhoven.example"):
        client.post(address, {"email": email, "first_name": "Noor", "last_name": "Verzonnen"})
    assert sent()
    assert {link for text in sent() for link in links(text)} <= {BASE}


def test_a_mail_about_a_page_leads_here(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage) -> None:
    source = InitiativeFactory(parent=waterhoven)
    adoption = AdoptionFactory(parent=veldersloot, initiative=source)
    written = [
        publishing_letters.is_placed(source, None),
        adoption_letters.declined(adoption, source),
        adoption_letters.confirmed(adoption),
        adoption_letters.doubted(adoption, ""),
    ]
    assert [one.button and one.button[1] for one in written] == [BASE + source.url] + [BASE + adoption.url] * 3


def test_what_somebody_downloads_about_oneself_leads_here(
    waterhoven: MunicipalityPage, person: Callable[..., User]
) -> None:
    user = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=user)
    assert export(user)["contributions"][0]["address"] == BASE + page.url


def test_no_code_asks_wagtails_site_or_a_browser_for_the_address_in_a_mail() -> None:
    """What the tests above do not send: a new mail would be one of these."""
    from django.conf import settings as here

    found = [
        str(path)
        for folder in ("exchange", "home", "search")
        for path in (here.BASE_DIR / folder).rglob("*.py")
        if re.search(r"\bfull_url\b|get_full_url\(", path.read_text(encoding="utf-8"))
    ]
    assert found == []
