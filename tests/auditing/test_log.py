"""The log of a section: who did what when, for who manages its people; and it is forgotten in time."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from exchange.accounts.models import Membership, User
from exchange.auditing.models import Act, AuditEntry
from exchange.limits.rules import BY_NAME, Limit
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person, SectionOf
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory
from tests.publishing.conftest import client_for

pytestmark = pytest.mark.django_db


def test_a_role_is_noted_with_who_gave_it(waterhoven: MunicipalityPage, person: Person) -> None:
    editor, author = person("editor", "GM9901"), person("author", "GM9901")
    membership = Membership.objects.get(user=author)
    client = client_for(editor)
    client.post(reverse("change_role", args=[membership.pk]), {"role": "editor"})
    client.post(reverse("change_role", args=[membership.pk]), {"take": "1"})
    notes = AuditEntry.objects.filter(about=author).order_by("pk").values_list("action", "who", "role")
    assert list(notes) == [
        (Act.ROLE_GIVEN, None, "author"),
        (Act.ROLE_CHANGED, editor.pk, "editor"),
        (Act.ROLE_TAKEN, editor.pk, "editor"),
    ]


def test_the_log_is_for_who_manages_people_there(
    waterhoven: MunicipalityPage, section_of: SectionOf, person: Person
) -> None:
    other = section_of("GM9910")
    department = DepartmentFactory(parent=waterhoven, title="Team Opvang")
    open_section(department)
    InitiativeFactory(parent=waterhoven, title="Van de gemeente").delete()
    InitiativeFactory(parent=department, title="Van het team")
    InitiativeFactory(parent=other, title="Van elders")
    address = reverse("audit_log", args=["GM9901"])
    assert client_for(person("author", "GM9901")).get(address).status_code == 403
    assert client_for(person("editor", "GM9910")).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    whole = client_for(person("editor", "GM9901")).get(address).content.decode()
    # Also of what is gone.
    assert all(title in whole for title in ("Van de gemeente", "Van het team", "Team Opvang"))
    assert "Van elders" not in whole
    part = client_for(person("editor", "GM9901", department)).get(address).content.decode()
    assert "Van het team" in part
    assert "Van de gemeente" not in part


def test_it_comes_as_a_file_without_formulas(waterhoven: MunicipalityPage, person: Person) -> None:
    InitiativeFactory(parent=waterhoven, title="=HYPERLINK()", owner=person("author", "GM9901"))
    client = client_for(person("editor", "GM9901"))
    text = client.get(reverse("audit_log_file", args=["GM9901"])).content.decode("utf-8-sig")
    titles = {row["titel"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert "'=HYPERLINK()" in titles


def test_the_number_of_queries_does_not_grow(
    waterhoven: MunicipalityPage,
    person: Person,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for _ in range(20):
        ContactFactory(parent=waterhoven)
    client = client_for(person("editor", "GM9901"))
    with django_assert_max_num_queries(15):
        client.get(reverse("audit_log", args=["GM9901"]))


def test_what_was_kept_long_enough_is_removed(waterhoven: MunicipalityPage) -> None:
    with time_machine.travel(timezone.now() - datetime.timedelta(days=731), tick=False):
        InitiativeFactory(parent=waterhoven, title="Lang geleden")
    InitiativeFactory(parent=waterhoven, title="Kort geleden")
    call_command("tidy")
    assert set(AuditEntry.objects.exclude(title="").values_list("title", flat=True)) == {"Kort geleden"}


def acts(person: User) -> list[str]:
    found = AuditEntry.objects.filter(Q(who=person) | Q(about=person), page_id=None).exclude(action=Act.ROLE_GIVEN)
    return list(found.order_by("pk").values_list("action", flat=True))


def test_signing_in_and_what_guards_it_is_noted(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("editor", "GM9901")
    user.set_password("een-lang-wachtwoord")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.post("/inloggen/", {"login": user.email, "password": "fout"})
    client.post("/inloggen/", {"login": user.email, "password": "een-lang-wachtwoord"})
    authenticator_added.send(sender=None, request=None, user=user, authenticator=None)
    authenticator_removed.send(sender=None, request=None, user=user, authenticator=None)
    assert acts(user) == [Act.SIGN_IN_FAILED, Act.SIGNED_IN, Act.FACTOR_ADDED, Act.FACTOR_REMOVED]
    assert {entry.municipality_id for entry in AuditEntry.objects.filter(about=user, action=Act.SIGN_IN_FAILED)} == {
        "GM9901"
    }


def test_an_address_that_nobody_has_leaves_no_trace(waterhoven: MunicipalityPage) -> None:
    before = AuditEntry.objects.count()
    Client().post("/inloggen/", {"login": "niemand@waterhoven.example", "password": "fout"})
    assert AuditEntry.objects.count() == before


def test_reading_about_people_and_taking_data_along_is_noted(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("editor", "GM9901")
    client = client_for(user)
    for name in ("people", "audit_log", "audit_log_file"):
        assert client.get(reverse(name, args=["GM9901"])).status_code == 200
    client.get(reverse("my_data"))
    # Who may not see it did not.
    client.get(reverse("people", args=["GM9910"]))
    assert acts(user) == [Act.SIGNED_IN, Act.PEOPLE_READ, Act.LOG_READ, Act.DATA_TAKEN, Act.DATA_TAKEN]


def test_who_asks_too_often_stands_in_the_log_once_and_a_visitor_never(
    waterhoven: MunicipalityPage, person: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REQUEST_LIMITS = True
    monkeypatch.setitem(BY_NAME, "search", Limit("search", for_visitor="1/h", for_account="1/h"))
    user = person("member", "GM9901")
    for client in (client_for(user), Client()):
        assert [client.get("/zoeken/").status_code for _ in range(4)] == [200, 429, 429, 429]
    assert acts(user) == [Act.SIGNED_IN, Act.LIMITED]
    assert AuditEntry.objects.filter(action=Act.LIMITED).count() == 1


def test_the_log_of_the_platform_is_for_administrators(waterhoven: MunicipalityPage, person: Person) -> None:
    page = client_for(person("administrator")).get(reverse("platform_log")).content.decode()
    assert "ingelogd" in page
    for role, code in (("editor", "GM9901"), ("member", "GM9901")):
        assert client_for(person(role, code)).get(reverse("platform_log")).status_code == 403
