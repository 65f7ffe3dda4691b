"""The people of a section: roles given and taken by who may, and work that never is nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from exchange.accounts.models import Membership, User
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.people import team
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
Person = Callable[..., User]


def role_of(user: User) -> list[str]:
    return list(user.memberships.values_list("role", flat=True))


@pytest.mark.parametrize(
    ("role", "municipality", "allowed"),
    [
        ("member", "GM9901", False), ("author", "GM9901", False), ("editor", "GM9901", True),
        ("editor", "GM9910", False), ("platform_editor", None, False), ("administrator", None, True),
    ],
)  # fmt: skip
def test_who_manages_people(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn, person: Person,
    role: str, municipality: str | None, allowed: bool,
) -> None:  # fmt: skip
    somebody = person("author", "GM9901")
    membership = somebody.memberships.get()
    client = signed_in(role, municipality)
    expected = 200 if allowed else 403
    assert client.get("/mensen/GM9901/").status_code == expected
    answer = client.post(f"/mensen/rol/{membership.pk}/", {"role": "editor"})
    assert answer.status_code == (302 if allowed else 403)
    assert role_of(somebody) == (["editor"] if allowed else ["author"])
    assert client.post("/mensen/GM9901/", {"email": "x@y.example", "role": "author"}).status_code == (
        302 if allowed else 403
    )
    assert bool(mail.outbox) is allowed


def test_a_visitor_signs_in_first(client: Client, waterhoven: MunicipalityPage) -> None:
    assert client.get("/mensen/GM9901/").headers["Location"].startswith("/inloggen/?next=")


def test_a_departments_editor_manages_that_department_only(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    own, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    for department in (own, other):
        open_section(department)
    client = signed_in("editor", "GM9901", own.page_ptr)
    colleague, stranger = person("author", "GM9901", own.page_ptr), person("author", "GM9901", other.page_ptr)
    page = client.get("/mensen/GM9901/").content.decode()
    assert colleague.email in page
    assert stranger.email not in page
    assert client.post(f"/mensen/rol/{colleague.memberships.get().pk}/", {"role": "editor"}).status_code == 302
    assert client.post(f"/mensen/rol/{stranger.memberships.get().pk}/", {"role": "editor"}).status_code == 403
    for place, wanted in ((other.pk, 200), ("", 200), (own.pk, 302)):
        form = {"email": "nieuw@bureau.example", "role": "author", "department": place}
        assert client.post("/mensen/GM9901/", form).status_code == wanted
    assert waterhoven.municipality.invitations.get().department_id == own.pk


@pytest.mark.parametrize("role", ["administrator", "platform_editor", "onzin"])
def test_an_editor_gives_no_role_beyond_the_section(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person, role: str
) -> None:
    somebody = person("author", "GM9901")
    client = signed_in("editor", "GM9901")
    client.post(f"/mensen/rol/{somebody.memberships.get().pk}/", {"role": role})
    client.post("/mensen/GM9901/", {"email": "x@y.example", "role": role})
    assert role_of(somebody) == ["author"]
    assert not waterhoven.municipality.invitations.exists()


def test_nobody_takes_the_role_of_an_administrator(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    boss = person("administrator")
    client = signed_in("editor", "GM9901")
    assert client.post(f"/mensen/rol/{boss.memberships.get().pk}/", {"take": ""}).status_code == 404
    assert role_of(boss) == ["administrator"]


def test_who_leaves_loses_access_and_a_colleague_owns_the_work(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    editor = person("editor", "GM9901")
    client = signed_in("author", "GM9901")
    leaver = User.objects.get(pk=client.session["_auth_user_id"])
    page = InitiativeFactory(parent=waterhoven, owner=leaver)
    contact = ContactFactory(parent=waterhoven, owner=editor, user=leaver)
    assert client.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200
    client.post(f"/account/rol/{leaver.memberships.get().pk}/")
    assert client.get(f"/beheer/pages/{page.pk}/edit/").status_code == 403
    assert Contribution.objects.get(pk=page.pk).owner == editor
    assert Contribution.objects.get(pk=page.pk).live
    assert ContactPage.objects.get(pk=contact.pk).user is None
    assert mail.outbox[-1].to == [editor.email]
    assert page.title in mail.outbox[-1].body


def test_the_editor_who_takes_the_last_role_takes_over(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    person("editor", "GM9901")
    client = signed_in("editor", "GM9901")
    leaver = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=leaver)
    client.post(f"/mensen/rol/{leaver.memberships.get().pk}/", {"take": ""})
    assert Contribution.objects.get(pk=page.pk).owner_id == int(client.session["_auth_user_id"])


def test_without_colleagues_the_platform_takes_over(waterhoven: MunicipalityPage, person: Person) -> None:
    leaver, platform = person("editor", "GM9901"), person("platform_editor")
    page = InitiativeFactory(parent=waterhoven, owner=leaver)
    team.take_role(leaver, leaver.memberships.get())
    assert Contribution.objects.get(pk=page.pk).owner == platform


def test_where_nobody_is_left_the_role_stays(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    client = signed_in("editor", "GM9901")
    leaver = User.objects.get(pk=client.session["_auth_user_id"])
    InitiativeFactory(parent=waterhoven, owner=leaver)
    page = client.post(f"/account/rol/{leaver.memberships.get().pk}/", follow=True).content.decode()
    assert "niemand kan het overnemen" in page
    assert role_of(leaver) == ["editor"]


def test_a_closed_account_leaves_the_work_and_no_name(
    waterhoven: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    editor = person("editor", "GM9901")
    client = signed_in("author", "GM9901")
    leaver = User.objects.get(pk=client.session["_auth_user_id"])
    page = InitiativeFactory(parent=waterhoven, owner=leaver)
    assert leaver.email in client.get("/account/gegevens/").content.decode()
    assert client.get("/account/weg/").status_code == 200
    assert User.objects.filter(pk=leaver.pk).exists()
    client.post("/account/weg/")
    assert not User.objects.filter(pk=leaver.pk).exists()
    assert Contribution.objects.get(pk=page.pk).owner == editor
    assert client.get("/account/").status_code == 302


def test_the_last_administrator_stays(signed_in: SignedIn) -> None:
    client = signed_in("administrator")
    assert "laatste die dit platform beheert" in client.post("/account/weg/", follow=True).content.decode()
    assert Membership.objects.filter(role="administrator").exists()


def test_the_profile_is_kept(signed_in: SignedIn) -> None:
    client = signed_in("member", "GM9901")
    client.post("/account/", {"first_name": "Anne", "last_name": "Anders", "language": "en"})
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert (str(user), user.language) == ("Anne Anders", "en")
