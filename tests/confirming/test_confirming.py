"""What is on the site stays true: who is asked and when, and a link that only its button uses."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from exchange.accounts import links as signed_links
from exchange.accounts.models import Membership, User
from exchange.confirming import links
from exchange.confirming.asking import ask, stage_of
from exchange.confirming.models import Asked, AskedList, Confirmation, Stage
from exchange.contributions.freshness import Freshness
from exchange.contributions.models import Contribution
from exchange.people import team
from exchange.sections.models import MunicipalityPage
from home.models import confirmed_contacts
from tests.conftest import Committed
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
TODAY = datetime.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC), tick=False):
        yield


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def link_in_mail(number: int = -1) -> str:
    words = str(mail.outbox[number].body).split()
    return next(word for word in words if "/klopt-dit/" in word).removeprefix("http://localhost:8000")


def state(page: Contribution) -> datetime.date | None:
    day: datetime.date | None = Contribution.objects.get(pk=page.pk).confirmed_at
    return day


# --- when


@pytest.mark.parametrize(
    ("after_due", "stage"),
    [
        (-15, None), (-14, Stage.BEFORE), (-1, Stage.BEFORE), (0, Stage.DUE), (89, Stage.DUE), (90, Stage.GONE),
        (900, Stage.GONE),
    ],
)  # fmt: skip
def test_each_stage_begins_on_its_day(after_due: int, stage: Stage | None) -> None:
    assert stage_of(TODAY, days(after_due)) is stage


def test_a_contact_and_a_pilot_hold_half_a_year_and_what_was_never_confirmed_is_due(
    waterhoven: MunicipalityPage,
) -> None:
    assert ContactFactory(parent=waterhoven, confirmed_at=TODAY).due_on() == days(182)
    assert InitiativeFactory(parent=waterhoven, confirmed_at=TODAY).due_on() == days(365)
    assert InitiativeFactory(parent=waterhoven, confirmed_at=TODAY, phase="pilot").due_on() == days(182)
    assert InitiativeFactory(parent=waterhoven).due_on() == days(-1)


# --- who


def test_one_mail_a_person_with_everything_and_never_twice(waterhoven: MunicipalityPage, person: Person) -> None:
    owner = person("author", "GM9901")
    for title in ("De ene inloop", "De andere inloop"):
        InitiativeFactory(parent=waterhoven, title=title, owner=owner, confirmed_at=days(-360))
    InitiativeFactory(parent=waterhoven, title="Nog vers", owner=owner, confirmed_at=days(-100))
    InitiativeFactory(parent=waterhoven, title="Concept", owner=owner, published=False)
    LessonFactory(parent=waterhoven, title="Een les", owner=owner)
    assert ask(TODAY) == 1
    assert ask(TODAY) == 0
    assert ask(days(1)) == 0
    (message,) = mail.outbox
    assert message.to == [owner.email]
    assert "De ene inloop" in message.body
    assert "De andere inloop" in message.body
    for absent in ("Nog vers", "Concept", "Een les"):
        assert absent not in message.body
    # On the day itself once more, and not again the day after.
    assert ask(days(5)) == 1
    assert ask(days(6)) == 0


def test_the_contact_is_asked_then_the_stand_in_then_the_editors(waterhoven: MunicipalityPage, person: Person) -> None:
    noor, ali, els = person("author", "GM9901"), person("author", "GM9901"), person("editor", "GM9901")
    stand_in = ContactFactory(parent=waterhoven, user=ali, confirmed_at=TODAY)
    ContactFactory(parent=waterhoven, owner=els, user=noor, stand_in=stand_in, confirmed_at=TODAY)
    stages = []
    for day in (182 - 14, 182, 182 + 90):
        mail.outbox.clear()
        Contribution.objects.filter(pk=stand_in.pk).update(confirmed_at=days(day))
        ask(days(day))
        stages.append([message.to[0] for message in mail.outbox])
    assert stages == [[noor.email], [ali.email], [els.email]]


def test_where_nobody_is_left_the_editors_are_asked(waterhoven: MunicipalityPage, person: Person) -> None:
    editor, gone = person("editor", "GM9901"), person("author", "GM9901")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    InitiativeFactory(parent=waterhoven, owner=gone)
    ask(TODAY)
    assert [message.to for message in mail.outbox] == [[editor.email]]


# --- the link


def test_opening_the_link_does_nothing_and_the_button_confirms(
    waterhoven: MunicipalityPage, person: Person, committed: Committed, client: Client
) -> None:
    owner = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, title="De inloop", owner=owner, confirmed_at=days(-360))
    ask(TODAY)
    link = link_in_mail()
    response = client.get(link)
    assert "De inloop" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    client.head(link)
    assert state(page) == days(-360)
    revision = Contribution.objects.get(pk=page.pk).latest_revision_id
    with committed():
        assert "Dank je." in client.post(link, {"page": page.pk}, follow=True).content.decode()
    saved = Contribution.objects.get(pk=page.pk).specific
    assert (saved.confirmed_at, saved.confirmed_by, saved.freshness()) == (TODAY, owner, Freshness.FRESH)
    assert saved.latest_revision_id == revision
    assert Confirmation.objects.get().user == owner
    found = client.get("/api/v1/search", {"q": "De inloop"}).json()["results"]
    assert [hit["confirmed_at"] for hit in found] == [TODAY.isoformat()]
    # A draft that was written before does not undo it.
    saved.get_latest_revision().publish()
    assert state(page) == TODAY


def test_a_link_is_used_once_for_its_own_pages_by_who_got_it(
    waterhoven: MunicipalityPage, person: Person, client: Client
) -> None:
    owner = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=owner, confirmed_at=days(-500))
    other = InitiativeFactory(parent=waterhoven, owner=person("author", "GM9901"), confirmed_at=days(-500))
    link = f"/klopt-dit/{links.write(owner.pk, [(page.pk, page.confirmed_at)])}/"
    for number in (other.pk, 0, "", "x", "1 OR 1"):
        assert "niet van jou" in client.post(link, {"page": number}, follow=True).content.decode()
    assert state(other) == days(-500)
    client.post(link, {"page": page.pk})
    assert state(page) == TODAY
    with time_machine.travel(datetime.datetime(2026, 12, 25, 9, tzinfo=datetime.UTC)):
        assert "al bevestigd" in client.post(link, {"page": page.pk}, follow=True).content.decode()
        assert state(page) == TODAY


def test_an_altered_guessed_or_old_link_says_so(waterhoven: MunicipalityPage, person: Person, client: Client) -> None:
    owner = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=owner, confirmed_at=days(-500))
    token = links.write(owner.pk, [(page.pk, page.confirmed_at)])
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for bad in (swapped, token[:20], "x", token.replace(":", "")):
        for answer in (client.get(f"/klopt-dit/{bad}/"), client.post(f"/klopt-dit/{bad}/", {"page": page.pk})):
            assert answer.status_code == 410
            assert "verlopen" in answer.content.decode()
    with time_machine.travel(datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC) + datetime.timedelta(days=121)):
        assert client.post(f"/klopt-dit/{token}/", {"page": page.pk}).status_code == 410
    assert state(page) == days(-500)


@pytest.mark.parametrize("number", [1, 10, 11, 120, 600, 5000])
def test_a_link_about_however_many_stays_short(person: Person, number: int) -> None:
    owner = person("author", "GM9901")
    pages = [(1_000_003 * (one + 1) % 99_999_989, days(-one) if one % 3 else None) for one in range(number)]
    token = links.write(owner.pk, pages)
    address = f"https://samenwijzer.gemeente-met-een-lange-naam.example/klopt-dit/{token}/"
    assert len(address) < 600
    assert links.read(token) == links.Link(owner.pk, dict(pages))


def test_a_long_link_confirms_expires_and_is_for_who_got_it(
    waterhoven: MunicipalityPage, person: Person, client: Client
) -> None:
    owner, other = person("author", "GM9901"), person("author", "GM9901")
    pages = [InitiativeFactory(parent=waterhoven, owner=owner, confirmed_at=days(-360)) for _ in range(12)]
    ask(TODAY)
    link = link_in_mail()
    assert all(page.title in client.get(link).content.decode() for page in pages)
    client.post(link, {"page": pages[-1].pk})
    assert (state(pages[-1]), state(pages[0])) == (TODAY, days(-360))
    kept = AskedList.objects.get()
    forged = signed_links.write([other.pk, kept.pk], purpose=links.PURPOSE)
    assert client.get(f"/klopt-dit/{forged}/").status_code == 410
    assert links.forget_old() == 0
    later = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC) + datetime.timedelta(days=122)
    with time_machine.travel(later):
        assert client.post(link, {"page": pages[0].pk}).status_code == 410
        assert links.forget_old() == 1
    assert client.get(link).status_code == 410
    assert state(pages[0]) == days(-360)


def test_a_link_that_was_mailed_before_still_works(
    waterhoven: MunicipalityPage, person: Person, client: Client
) -> None:
    owner = person("author", "GM9901")
    pages = [InitiativeFactory(parent=waterhoven, owner=owner, confirmed_at=days(-360)) for _ in range(12)]
    listed = [[page.pk, page.confirmed_at.isoformat()] for page in pages]
    link = f"/klopt-dit/{signed_links.write([owner.pk, listed], purpose='exchange.confirming')}/"
    client.post(link, {"page": pages[0].pk})
    assert state(pages[0]) == TODAY


def test_a_number_without_end_breaks_nothing(waterhoven: MunicipalityPage, person: Person, client: Client) -> None:
    owner = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=owner, confirmed_at=days(-500))
    link = f"/klopt-dit/{links.write(owner.pk, [(page.pk, page.confirmed_at)])}/"
    for number in ("9" * 5000, "²", "٣"):
        assert "niet van jou" in client.post(link, {"page": number}, follow=True).content.decode()


def test_who_left_no_longer_sees_or_confirms(waterhoven: MunicipalityPage, person: Person, client: Client) -> None:
    owner = person("author", "GM9901")
    page = ContactFactory(parent=waterhoven, owner=owner, phone="000 111 22 33", confirmed_at=days(-500))
    link = f"/klopt-dit/{links.write(owner.pk, [(page.pk, page.confirmed_at)])}/"
    assert "000 111 22 33" in client.get(link).content.decode()
    Membership.objects.filter(user=owner).delete()
    assert "000 111 22 33" not in client.get(link).content.decode()
    client.post(link, {"page": page.pk})
    assert state(page) == days(-500)
    owner.delete()
    assert client.get(link).status_code == 200
    assert not Asked.objects.exists()


def test_the_home_page_says_how_many_contacts_are_confirmed(waterhoven: MunicipalityPage, client: Client) -> None:
    assert confirmed_contacts(TODAY) is None
    for ago in (0, 182, 183):
        ContactFactory(parent=waterhoven, confirmed_at=days(-ago))
    assert confirmed_contacts(TODAY) == 67
    InitiativeFactory(parent=waterhoven)
    assert "67% van de aanspreekpunten is bevestigd" in client.get("/").content.decode()


def test_who_left_confirms_nothing_any_more_also_not_what_everybody_may_see(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    person("editor", "GM9901")
    leaver = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, owner=leaver)
    address = reverse("still_true", args=[links.write(leaver.pk, [(page.pk, None)])])
    assert page.title in Client().get(address).content.decode()
    team.take_role(leaver, leaver.memberships.get())
    assert page.title not in Client().get(address).content.decode()
    Client().post(address, {"page": page.pk})
    assert state(page) is None


def test_a_long_list_takes_no_more_queries(
    waterhoven: MunicipalityPage, person: Person, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    author = person("author", "GM9901")
    pages = [InitiativeFactory(parent=waterhoven, owner=author) for _number in range(12)]
    address = reverse("still_true", args=[links.write(author.pk, [(page.pk, None) for page in pages])])
    Client().get(address)
    with django_assert_max_num_queries(12):
        assert Client().get(address).content.decode().count('name="page"') == len(pages)
