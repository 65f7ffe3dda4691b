"""Signing in with the account of one's municipality, through a real Keycloak."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.keycloak import PASSWORD, Keycloak, NoKeycloakError, server

from .conftest import Demo, serve_demo

# On one worker: starting Keycloak and a site for it takes longer than the tests.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("keycloak")]


@pytest.fixture(scope="module")
def keycloak(is_ci: bool) -> Iterator[Keycloak]:
    try:
        with server() as running:
            yield running
    except NoKeycloakError as error:
        message = f"No Keycloak: its tests did NOT run. {error}"
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="module")
def exchange(keycloak: Keycloak, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that knows this Keycloak as the sign-in of Waterhoven."""
    with serve_demo(tmp_path_factory.mktemp("oidc"), OIDC_PROVIDERS=json.dumps([keycloak.provider])) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


def sign_in(page: Page, exchange: Demo, email: str) -> None:
    page.goto(f"{exchange.address}/inloggen/")
    page.get_by_role("button", name="Inloggen met Gemeente Waterhoven").click()
    page.fill("input[name=username]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("#kc-login").click()
    page.wait_for_url(f"{exchange.address}/**")


def test_the_role_follows_at_every_sign_in(browser: Browser, exchange: Demo, keycloak: Keycloak) -> None:
    for names, role in (
        (["samenwijzer-auteur"], "auteur"), (["samenwijzer-redactie"], "redacteur"), ([], "deelnemer"),
    ):  # fmt: skip
        keycloak.give_roles("noor@waterhoven.example", names)
        context = browser.new_context(locale="nl-NL")
        page = context.new_page()
        sign_in(page, exchange, "noor@waterhoven.example")
        page.goto(f"{exchange.address}/account/")
        expect(page.get_by_text(f"– {role}.")).to_be_visible()
        assert page.get_by_text("Waterhoven").first.is_visible()
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("link", name="Inloggen")).to_be_visible()
        page.goto(f"{exchange.address}/account/")
        expect(page).to_have_url(f"{exchange.address}/inloggen/?next=/account/")
        context.close()


def test_who_belongs_to_no_municipality_is_refused(page: Page, exchange: Demo) -> None:
    sign_in(page, exchange, "iemand@elders.example")
    expect(page.get_by_text("hoort niet bij een gemeente die we kennen")).to_be_visible()
    page.goto(f"{exchange.address}/account/")
    expect(page).to_have_url(f"{exchange.address}/inloggen/?next=/account/")
