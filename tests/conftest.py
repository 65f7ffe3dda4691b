"""What every test stands on: a database as `manage.py bootstrap` leaves it, with the demo's invented municipalities."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.utils import translation
from elasticsearch import Elasticsearch
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker, Settings
from wagtail.models import Page

from exchange.accounts.models import Membership, User
from exchange.accounts.rights import Place
from exchange.accounts.roles import Role
from exchange.demo.content import DATA
from exchange.municipalities import loader
from exchange.sections.models import MunicipalityIndexPage, MunicipalityPage
from exchange.sections.opening import open_section
from exchange.sections.tree import add_missing_pages
from home.bootstrap import bootstrap
from search import vocabulary
from search.index import connection
from search.index.connection import breaker

from .elasticsearch import NoElasticsearchError, server
from .factories import DepartmentFactory, UserFactory
from .permissions import table

Committed = Callable[[], AbstractContextManager[Any]]
SectionOf = Callable[[str], MunicipalityPage]
Person = Callable[..., User]
# The fixtures by which a test comes to a database.
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something slow (an import, a browser, a server) run on one worker; what needs no database is
    run with one of them."""
    for item in items:
        if item.get_closest_marker("django_db") is None and not DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.pure)
        if item.get_closest_marker("corpus"):
            item.add_marker(pytest.mark.xdist_group("corpus"))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        if "elasticsearch_address" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.elasticsearch)
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))
    # A copy is made of a database that no test has emptied yet; those that commit empty it behind them.
    items.sort(key=lambda item: "own_database" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        bootstrap()
        loader.load(DATA / "municipalities.csv", None, invented=True)
        add_missing_pages(MunicipalityIndexPage.objects.get())


@pytest.fixture(autouse=True)
def nothing_of_another_test() -> None:
    """Wagtail keeps renditions and site roots in the cache, and the language of a request stays with its thread."""
    cache.clear()
    vocabulary.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def locks_are_within_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL refuses to lock a row outside a transaction. SQLite has no such locks, and a test's own transaction
    hides it on both: so it is looked at here, by every test."""
    lock = QuerySet.select_for_update

    def locked(rows: QuerySet[Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
        blocks = connections[rows.db].atomic_blocks
        if all(getattr(block, "_from_testcase", False) for block in blocks):
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        return lock(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", locked)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committed:
    """`with committed():` what happens inside is committed at the end, so that what waits for that runs."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def section_of(db: None) -> SectionOf:
    """The open section of a municipality: `section_of("GM9901")`."""

    def find(code: str) -> MunicipalityPage:
        page: MunicipalityPage = MunicipalityPage.objects.select_related("municipality").get(municipality=code)
        open_section(page)
        return page

    return find


@pytest.fixture
def waterhoven(section_of: SectionOf) -> MunicipalityPage:
    """An invented city of 312,400."""
    return section_of("GM9901")


@pytest.fixture
def veldersloot(section_of: SectionOf) -> MunicipalityPage:
    """An invented municipality of 24,100."""
    return section_of("GM9910")


@pytest.fixture
def person(db: None) -> Person:
    """Somebody with a role: `person("author", "GM9901")`, `person("administrator")`."""

    def make(role: str, municipality: str | None = None, department: Page | None = None) -> User:
        user: User = UserFactory()
        Membership.objects.create(user=user, role=Role(role), municipality_id=municipality, department=department)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def sections(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage) -> dict[Place, Page]:
    """The sections of the table, opened, each with an editor so that a colleague can read."""
    own, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    for department in (own, other):
        open_section(department)
    for code in ("GM9901", "GM9910"):
        Membership.objects.create(user=UserFactory(), municipality_id=code, role="editor")
    return {
        table.WHOLE: waterhoven.page_ptr, table.OWN: own.page_ptr,
        table.OTHER: other.page_ptr, table.ELSEWHERE: veldersloot.page_ptr,
    }  # fmt: skip


@pytest.fixture
def signed_in(person: Person) -> Callable[..., Client]:
    """A client of somebody with a role."""

    def make(role: str, municipality: str | None = None, department: Page | None = None) -> Client:
        client = Client()
        client.force_login(person(role, municipality, department))
        return client

    return make


@pytest.fixture(scope="session")
def elasticsearch_address(is_ci: bool) -> Iterator[str]:
    """A real Elasticsearch; where none can be had the test is skipped aloud, and with CI=true it fails."""
    try:
        with server() as address:
            yield address
    except NoElasticsearchError as error:
        message = f"No Elasticsearch: its tests did NOT run. {error}"
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture
def elasticsearch(elasticsearch_address: str, settings: Settings) -> Iterator[Elasticsearch]:
    """The exchange has an Elasticsearch, empty of its own indices."""
    settings.ELASTICSEARCH_URL = elasticsearch_address
    settings.ELASTICSEARCH_INDEX = "samenwijzer-test"
    breaker.succeeded()
    client = connection.client(timeout=30)
    _remove_indices(client)
    yield client
    _remove_indices(client)
    breaker.succeeded()


def _remove_indices(client: Elasticsearch) -> None:
    for name in client.indices.get(index="samenwijzer-test*", expand_wildcards="all"):
        client.indices.delete(index=name)


@pytest.fixture(scope="session")
def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}
