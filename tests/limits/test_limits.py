"""Who asks too often waits, and is told how long; colleagues behind one address do not wait for each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import get_resolver
from pytest_django import Settings

from exchange.limits import checks, rules
from exchange.limits.rules import BY_NAME, UPLOAD, Limit, limit_of
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two searches and two requests of the API a minute, at a moment that stands still."""
    settings.REQUEST_LIMITS = True
    for name in ("search", "join"):
        monkeypatch.setitem(BY_NAME, name, Limit(name, for_visitor="2/m", for_account="2/m"))
    monkeypatch.setattr("exchange.limits.rules.API", Limit("api", for_visitor="2/m", for_account="2/m"))
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        yield


def test_a_visitor_who_asks_too_often_waits(client: Client, small: None) -> None:
    assert [client.get("/zoeken/").status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get("/zoeken/")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Retry-After"] in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    # Anything else is there all the same.
    assert client.get("/").status_code == 200
    with time_machine.travel("2026-11-26T12:01:30Z", tick=False):
        assert client.get("/zoeken/").status_code == 200


def test_the_api_says_it_as_a_problem(client: Client, small: None) -> None:
    for _ in range(2):
        client.get("/api/v1/search")
    answer = client.get("/api/v1/search")
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["status"] == 429
    assert answer.headers["Retry-After"]


def test_colleagues_behind_one_address_are_counted_apart(
    small: None, waterhoven: MunicipalityPage, person: Person
) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(person("member", "GM9901"))
    assert [client.get("/zoeken/").status_code for client in clients for _ in range(2)] == [200] * 4
    assert clients[0].get("/zoeken/").status_code == 429


@pytest.mark.parametrize(("proxies", "third"), [("1", 200), ("0", 429)])
def test_behind_a_proxy_the_reader_is_counted_and_a_made_up_address_is_not_believed(
    client: Client, small: None, settings: Settings, proxies: str, third: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(proxies)
    answers = [client.get("/zoeken/", headers={"x-forwarded-for": f"198.51.100.{last}"}) for last in (1, 2, 3)]
    assert answers[-1].status_code == third


def test_a_limit_is_for_an_address_that_exists() -> None:
    """A name that nobody has would be a limit that never counts."""
    resolver = get_resolver()
    found = {name for name in resolver.reverse_dict if isinstance(name, str)}
    for namespace, (_prefix, inner) in resolver.namespace_dict.items():
        found |= {f"{namespace}:{name}" for name in inner.reverse_dict if isinstance(name, str)}
    assert set(BY_NAME) <= found
    assert limit_of("api-v1:suggestions") == rules.SUGGEST
    assert limit_of("api-v1:search") == rules.API
    assert limit_of("themes") is None


def test_what_the_installation_counts_apart_is_an_error() -> None:
    shared = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    with override_settings(WEB_PROCESSES=3):
        assert [found.id for found in checks.one_cache_for_all_processes()] == ["limits.E001"]
        with override_settings(CACHES=shared):
            assert checks.one_cache_for_all_processes() == []
    with override_settings(WEB_PROCESSES=1):
        assert checks.one_cache_for_all_processes() == []


def test_every_door_where_a_file_comes_in_is_counted() -> None:
    doors = {f"{kind}{name}" for kind in ("wagtaildocs", "wagtailimages")
             for name in (":add", ":add_multiple", "_chooser:create")}  # fmt: skip
    assert {limit_of(one) for one in (*doors, "imports", "card_from_text")} == {UPLOAD}
