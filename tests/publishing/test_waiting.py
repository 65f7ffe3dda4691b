"""What waits for whom is one query, says the same as looking at each text, and costs as much in a full country."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page, TaskState

from exchange.accounts.models import User
from exchange.publishing import reading
from exchange.publishing.models import Reading
from exchange.sections.models import MunicipalityPage
from search import projection
from search import signals as search_signals
from search.index import push
from search.models import Generation
from tests.conftest import Committed, Person
from tests.factories import DepartmentFactory, InitiativeFactory

from .conftest import Offered, client_for, write

pytestmark = pytest.mark.django_db


def one_by_one(user: User) -> set[int]:
    """The rule as it is stated, text by text."""
    found = set()
    for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS):
        task = state.task.specific
        assert isinstance(task, Reading)
        if task.may_read(state.workflow_state.content_object, user):
            found.add(state.pk)
    return found


@pytest.mark.parametrize("platform_reads", [False, True])
def test_it_is_the_same_as_looking_at_each_text(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, offered: Offered, settings: Settings,
    platform_reads: bool,
) -> None:  # fmt: skip
    settings.PLATFORM_READS_PUBLIC = platform_reads
    one, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    people = {
        "author": person("author", "GM9901"),
        "editor": person("editor", "GM9901"),
        "editor of a department": person("editor", "GM9901", one),
        "editor of another department": person("editor", "GM9901", other),
        "the only editor": person("editor", "GM9910"),
        "member": person("member", "GM9901"),
        "platform editor": person("platform_editor"),
        "administrator": person("administrator"),
    }
    nobody = MunicipalityPage.objects.exclude(pk__in=[waterhoven.pk, veldersloot.pk]).first()
    assert nobody is not None
    for section in (waterhoven, one, other, veldersloot, nobody):
        for writer in people.values():
            offered(section, writer)
    # Who mends a text is its last writer; a version of a program has none.
    mended = offered(waterhoven, people["author"])
    write(Page.objects.get(pk=mended.workflow_state.object_id).specific, people["editor"])
    machine = offered(one, people["author"])
    Page.objects.get(pk=machine.workflow_state.object_id).specific.save_revision()
    # Of some the second step has begun.
    for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk")[::5]:
        state.task.specific.on_action(state, people["administrator"], "approve")
    inactive = person("editor", "GM9910")
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    for name, user in people.items():
        expected = one_by_one(user)
        assert {state.pk for state in TaskState.objects.reviewable_by(user)} == expected, name
        assert reading.number_waiting(user) == len(expected)
    assert one_by_one(people["editor"])
    assert one_by_one(people["platform editor"])


@pytest.mark.parametrize("role", ["editor", "author", "platform_editor", "administrator"])
def test_pages_take_as_many_queries_in_a_full_country(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, offered: Offered, role: str,
    settings: Settings, committed: Committed,
) -> None:  # fmt: skip
    settings.SECOND_FACTOR_REQUIRED = False
    user = person(role, None if role in {"platform_editor", "administrator"} else "GM9901")
    person("editor", "GM9901")
    writer = person("author", "GM9910")
    client = client_for(user)
    addresses = ("/meelezen/", "/schrijven/", "/beheer/")

    def queries() -> dict[str, int]:
        found = {}
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    with committed():
        offered(veldersloot, writer)
    before = queries()
    with committed():
        page = InitiativeFactory(parent=veldersloot, published=False, owner=writer)
        write(page, writer)
        for _ in range(30):
            copy = page.copy(update_attrs={"title": "Nog een", "slug": f"nog-een-{_}", "owner": writer}, user=writer)
            reading.offer(copy.specific, writer)
    assert queries() == before


def test_a_transaction_projects_once_and_asks_nothing_when_nothing_waits(
    waterhoven: MunicipalityPage, committed: Committed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed():
        pages = [InitiativeFactory(parent=waterhoven) for _ in range(3)]
    settings.ELASTICSEARCH_URL = "http://localhost:1"
    projected: list[set[int]] = []
    asked: list[list[int]] = []

    def project(ids: set[int]) -> int:
        projected.append(set(ids))
        return projection.project(ids)

    def push_to_all(client: object, ids: list[int]) -> push.Report:
        asked.append(sorted(ids))
        return push.Report()

    monkeypatch.setattr(search_signals, "project", project)
    monkeypatch.setattr(push, "push_to_all", push_to_all)
    with committed():
        for page in pages:
            search_signals.changed([page.pk])
            search_signals.changed([page.pk])
    assert projected == [{page.pk for page in pages}]
    # There is no index that lacks anything.
    assert asked == []
    Generation.objects.create(name="samenwijzer-x", uuid="x")
    with committed():
        for page in pages:
            search_signals.changed([page.pk])
    assert asked == [sorted(page.pk for page in pages)]
