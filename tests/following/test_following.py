"""Lists, following and the weekly mail: for oneself or colleagues, only what one may see, and nobody twice."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from exchange.accounts import letters, links
from exchange.accounts.models import Membership, User
from exchange.accounts.viewer import VISITOR, Viewer
from exchange.contributions.models import Contribution
from exchange.following import digest
from exchange.following.digest import send_digests, week_of
from exchange.following.models import Digest, Follow, ListItem, NoDigest, ReadingList
from exchange.following.news import News, may_see, news_for
from exchange.people.account_data import export
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person
from tests.factories import AdoptionFactory, InitiativeFactory, LessonFactory, UserFactory
from tests.publishing.conftest import client_for

MONDAY = datetime.date(2026, 11, 16)
WEDNESDAY = datetime.datetime(2026, 11, 18, 12, tzinfo=datetime.UTC)


def news(key: int, *, visibility: str = "public", code: str = "GM1", is_new: bool = True, **about: str) -> News:
    return News(key, f"Titel {key}", "/", "Initiatief", "Plaats", code, visibility, frozenset(about.items()), is_new)


# --- what is new for whom


MEMBER = Viewer(municipalities=frozenset({"GM1"}))


@pytest.mark.parametrize(
    ("visibility", "viewer", "sees"),
    [
        ("public", VISITOR, True),
        ("members", VISITOR, False),
        ("own", VISITOR, False),
        ("members", MEMBER, True),
        ("own", MEMBER, True),
        ("own", Viewer(municipalities=frozenset({"GM2"})), False),
        ("own", Viewer(is_platform_editor=True), False),
        ("own", Viewer(is_administrator=True), True),
    ],
)
def test_a_mail_shows_what_the_site_shows(visibility: str, viewer: Viewer, sees: bool) -> None:
    assert may_see(viewer, news(1, visibility=visibility)) is sees


def test_each_thing_once_new_ones_before_changed_ones() -> None:
    week = [
        news(1, theme="wmo", municipality="GM1"),
        news(2, theme="taal"),
        news(3, is_new=False),
        news(4, theme="wmo"),
    ]
    followed = [("theme", "wmo"), ("municipality", "GM1"), ("initiative", "3"), ("search", "q=taal")]
    assert [one.key for one in news_for(VISITOR, followed, week, {"q=taal": frozenset({2})})] == [1, 2, 4, 3]
    assert news_for(VISITOR, [("theme", "zorg")], week, {}) == []
    # Of what was changed only who follows it itself hears.
    assert news_for(VISITOR, [("theme", "wmo")], [news(3, is_new=False, theme="wmo")], {}) == []


@given(
    st.lists(
        st.builds(
            news, st.integers(1, 9), visibility=st.sampled_from(["public", "members", "own"]),
            code=st.sampled_from(["GM1", "GM2"]), is_new=st.booleans(), theme=st.sampled_from(["a", "b"]),
        ),
        unique_by=lambda one: one.key,
    ),
    st.lists(st.tuples(st.sampled_from(["theme", "initiative", "search"]), st.sampled_from(["a", "b", "1", "2"]))),
    st.sampled_from([VISITOR, MEMBER, Viewer(is_platform_editor=True)]),
)  # fmt: skip
def test_nobody_hears_of_what_they_may_not_see(
    week: list[News], followed: list[tuple[str, str]], viewer: Viewer
) -> None:
    heard = news_for(viewer, followed, week, {"a": frozenset(range(10))})
    assert all(may_see(viewer, one) for one in heard)
    assert len({one.key for one in heard}) == len(heard)


# --- the weekly mail


def in_that_week(*pages: Contribution) -> None:
    Contribution.objects.filter(pk__in=[page.pk for page in pages]).update(
        first_published_at=WEDNESDAY, last_published_at=WEDNESDAY
    )


@pytest.fixture
def placed(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, committed: Committed) -> dict[str, Any]:
    """What was placed in the week, of each visibility; and a source from long before with an adoption and a lesson."""
    with committed():
        pages = {
            name: InitiativeFactory(parent=waterhoven, title=f"Nieuw voor {name}", visibility=name, themes=["wmo"])
            for name in ("public", "members", "own")
        }
        source = InitiativeFactory(parent=waterhoven, title="De bron", themes=["taal-leren"])
        adoption = AdoptionFactory(
            parent=veldersloot, title="Zo doen wij het", initiative=source, themes=["taal-leren"]
        )
        lesson = LessonFactory(parent=source, title="Eerst langs", themes=["taal-leren"])
    Contribution.objects.update(first_published_at=WEDNESDAY - datetime.timedelta(days=90), last_published_at=None)
    in_that_week(*pages.values(), adoption, lesson)
    return {**pages, "source": source}


def follower(*things: tuple[str, object], **fields: Any) -> User:
    user: User = UserFactory(**fields)
    for kind, value in things:
        Follow.objects.create(user=user, kind=kind, value=str(value))
    return user


def bodies(user: User) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [user.email]]


@pytest.mark.django_db
def test_everybody_hears_of_what_they_follow_and_may_see(placed: dict[str, Any], waterhoven: MunicipalityPage) -> None:
    stranger = follower(("theme", "wmo"))
    colleague = follower(("municipality", "GM9901"))
    Membership.objects.create(user=colleague, municipality_id="GM9901", role="member")
    member = follower(("search", "q=nieuw"), language="en")
    Membership.objects.create(user=member, municipality_id="GM9910", role="member")
    watcher = follower(("initiative", placed["source"].pk))
    assert send_digests(MONDAY) == 4
    (text,) = bodies(stranger)
    assert ["voor public" in text, "voor members" in text, "voor own" in text] == [True, False, False]
    (text,) = bodies(colleague)
    assert ["voor public" in text, "voor members" in text, "voor own" in text] == [True, True, True]
    (text,) = bodies(member)
    assert ["voor public" in text, "voor members" in text, "voor own" in text] == [True, True, False]
    assert "This week" in str(next(one.subject for one in mail.outbox if one.to == [member.email]))
    (text,) = bodies(watcher)
    assert ["Zo doen wij het" in text, "Eerst langs" in text, "voor public" in text] == [True, True, False]


@pytest.mark.django_db
def test_it_goes_on_where_it_stopped_and_nobody_gets_it_twice(
    placed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    users = [follower(("theme", "wmo")) for _ in range(7)]
    calls: list[Any] = []

    def breaks_at_the_sixth(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 6:
            raise ConnectionError
        letters.send(*args)

    monkeypatch.setattr(digest, "send", breaks_at_the_sixth)
    with pytest.raises(ConnectionError):
        send_digests(MONDAY, batch=3)
    # The batch that broke left nothing: neither a note that it went out, nor (in the queue of the database) its mails.
    assert Digest.objects.count() == 3
    mail.outbox.clear()
    assert send_digests(MONDAY, batch=3) == 4
    assert send_digests(MONDAY, batch=3) == 0
    assert Digest.objects.count() == len(users)
    # The next week is another mail.
    assert send_digests(MONDAY + datetime.timedelta(days=7)) == 0


@pytest.mark.django_db
def test_a_batch_takes_as_many_queries_whether_it_has_few_or_many_people(placed: dict[str, Any]) -> None:
    def queries(people: int) -> int:
        for _ in range(people):
            follower(("theme", "wmo"), ("search", "q=nieuw"))
        with CaptureQueriesContext(connection) as captured:
            send_digests(MONDAY)
        return len(captured)

    assert queries(2) >= queries(20)


@pytest.mark.django_db
def test_one_click_in_the_mail_program_ends_it(placed: dict[str, Any]) -> None:
    user = follower(("theme", "wmo"))
    send_digests(MONDAY)
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").partition("//")[2].partition("/")[2]
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"/{address}").status_code == 200
    assert not NoDigest.objects.exists()
    assert client.post(f"/{address}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoDigest.objects.get().user == user
    assert client.post(f"/{address[:-2]}x/").status_code == 410
    Digest.objects.all().delete()
    assert send_digests(MONDAY) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ({}, False),
        ({"x": "y"}, False),
        ({"List-Unsubscribe": ""}, False),
        ({"List-Unsubscribe": "One-Click"}, True),
        ({"stop": ""}, True),
    ],
)
def test_a_post_that_says_nothing_ends_nothing(body: dict[str, str], ends: bool) -> None:
    user = follower(("theme", "wmo"))
    address = reverse("digest_off", args=[links.write(user.pk, purpose=digest.PURPOSE)])
    # As mail programs send it, and as a browser does.
    for client in (Client(enforce_csrf_checks=True), client_for(user)):
        for data, kind in ((urlencode(body), "application/x-www-form-urlencoded"), (body, MULTIPART_CONTENT)):
            assert client.post(address, data, content_type=kind).status_code == 200
            assert NoDigest.objects.filter(user=user).exists() is ends
            NoDigest.objects.all().delete()


@pytest.mark.django_db
def test_the_button_of_the_page_ends_it() -> None:
    user = follower(("theme", "wmo"))
    address = reverse("digest_off", args=[links.write(user.pk, purpose=digest.PURPOSE)])
    assert '<button type="submit" name="stop">' in Client().get(address).content.decode()


AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("placed_at", "week"),
    [
        (datetime.datetime(2026, 11, 23, 0, 30, tzinfo=AMSTERDAM), datetime.date(2026, 11, 23)),
        (datetime.datetime(2026, 11, 23, 0, 0, tzinfo=AMSTERDAM), datetime.date(2026, 11, 23)),
        (datetime.datetime(2026, 11, 22, 23, 59, 59, tzinfo=AMSTERDAM), datetime.date(2026, 11, 16)),
        # Summer time begins and ends in these weeks: 167 and 169 hours long.
        (datetime.datetime(2026, 3, 29, 23, 30, tzinfo=AMSTERDAM), datetime.date(2026, 3, 23)),
        (datetime.datetime(2026, 3, 30, 0, 30, tzinfo=AMSTERDAM), datetime.date(2026, 3, 30)),
        (datetime.datetime(2026, 10, 25, 23, 30, tzinfo=AMSTERDAM), datetime.date(2026, 10, 19)),
        (datetime.datetime(2026, 10, 26, 0, 30, tzinfo=AMSTERDAM), datetime.date(2026, 10, 26)),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_a_week_begins_in_amsterdam_and_nothing_falls_between_two(
    waterhoven: MunicipalityPage, placed_at: datetime.datetime, week: datetime.date, zone: str
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    Contribution.objects.update(first_published_at=placed_at, last_published_at=placed_at)
    weeks = [week + datetime.timedelta(days=7 * number) for number in (-2, -1, 0, 1, 2)]
    # Whatever clock somebody chose in the admin.
    with timezone.override(zone):
        found = {one: [news.key for news in digest.read(one)] for one in weeks}
    assert found == {one: [page.pk] if one == week else [] for one in weeks}


@pytest.mark.django_db
def test_the_command_is_about_the_last_whole_week(capsys: pytest.CaptureFixture[str]) -> None:
    assert week_of(datetime.date(2026, 11, 25)) == MONDAY
    assert week_of(datetime.date(2026, 11, 23)) == MONDAY
    assert week_of(datetime.date(2026, 11, 22)) == MONDAY - datetime.timedelta(days=7)
    call_command("send_digests")
    assert "0 mails" in capsys.readouterr().out


# --- following


@pytest.mark.django_db
def test_one_follows_what_exists_and_may_be_seen_and_stops(
    placed: dict[str, Any], person: Person, waterhoven: MunicipalityPage
) -> None:
    member = person("member", "GM9910")
    client = client_for(member)
    page = client.get(waterhoven.url).content.decode()
    assert "Volg dit" in page
    assert "Volg dit" not in Client().get(waterhoven.url).content.decode()
    address = reverse("change_follow")
    client.post(address, {"kind": "municipality", "value": "GM9901", "next": waterhoven.url})
    client.post(address, {"kind": "search", "value": "page=3&q=opvang&q=opvang"})
    away = client.post(address, {"kind": "theme", "value": "wmo", "next": "https://elders.example/"})
    assert away["Location"] == reverse("following")
    assert client.post(address, {"kind": "theme", "value": "wmo", "next": "GM9910"}).status_code == 302
    wrong = [
        ("theme", "bestaat-niet"),
        ("initiative", placed["own"].pk),
        ("initiative", "x"),
        ("dier", "1"),
        ("search", ""),
    ]
    wrong += [("theme", "w\x00mox"), ("initiative", "9" * 5000)]
    for kind, value in wrong:
        assert client.post(address, {"kind": kind, "value": value}).status_code == 404
    assert set(Follow.objects.values_list("kind", "value")) == {
        ("municipality", "GM9901"), ("search", "q=opvang"), ("theme", "wmo"),
    }  # fmt: skip
    shown = client.get(reverse("following")).content.decode()
    assert "Waterhoven" in shown
    assert "/zoeken/?q=opvang" in shown
    assert "Volg dit niet meer" in client.get(waterhoven.url).content.decode()
    client.post(address, {"kind": "theme", "value": "wmo", "stop": "1"})
    assert Follow.objects.count() == 2
    client.post(reverse("following"), {})
    assert NoDigest.objects.exists()
    client.post(reverse("following"), {"weekly": "on"})
    assert not NoDigest.objects.exists()


@pytest.mark.django_db
def test_what_was_followed_and_closed_says_nothing_of_itself(placed: dict[str, Any], person: Person) -> None:
    user = person("member", "GM9910")
    Follow.objects.create(user=user, kind="initiative", value=str(placed["own"].pk))
    shown = client_for(user).get(reverse("following")).content.decode()
    assert "niet (meer) te zien" in shown
    assert "voor own" not in shown


# --- lists


@pytest.mark.django_db
def test_a_list_is_for_oneself_or_for_colleagues_and_shows_each_what_they_may_see(
    placed: dict[str, Any], person: Person
) -> None:
    owner, colleague = person("member", "GM9901"), person("author", "GM9901")
    outsider = person("member", "GM9910")
    client = client_for(owner)
    client.post(reverse("put_on_list", args=[placed["public"].pk]), {"new": "1", "title": "Voor het plan"})
    made = ReadingList.objects.get()
    client.post(reverse("put_on_list", args=[placed["own"].pk]), {"list": made.pk})
    client.post(reverse("put_on_list", args=[placed["own"].pk]), {"list": "9" * 5000})
    assert ListItem.objects.count() == 2
    address = reverse("reading_list", args=[made.pk])
    assert client_for(colleague).get(address).status_code == 404
    client.post(address, {"title": "Voor ons plan", "shared_with": "GM9901"})
    assert "voor own" in client_for(colleague).get(address).content.decode()
    assert client_for(outsider).get(address).status_code == 404
    # A colleague reads, and changes nothing.
    client_for(colleague).post(address, {"remove": "1"})
    assert client_for(colleague).post(reverse("take_off_list", args=[made.pk, placed["own"].pk])).status_code == 404
    # Who leaves the municipality sees the list still, but not what is for that municipality only.
    owner.memberships.all().delete()
    shown = client.get(address).content.decode()
    assert "voor own" not in shown
    assert "Een deel van deze lijst" in shown
    client.post(reverse("take_off_list", args=[made.pk, placed["public"].pk]))
    assert ListItem.objects.count() == 1
    client.post(address, {"remove": "1"})
    assert not ReadingList.objects.exists()


@pytest.mark.django_db
def test_nobody_shares_with_a_municipality_that_is_not_theirs(placed: dict[str, Any], person: Person) -> None:
    client = client_for(person("member", "GM9910"))
    response = client.post(reverse("lists"), {"title": "Stiekem", "shared_with": "GM9901"})
    assert response.context["form"].errors["shared_with"]
    assert client.get(reverse("put_on_list", args=[placed["own"].pk])).status_code == 404


@pytest.mark.django_db
def test_lists_and_following_are_part_of_ones_own_data(placed: dict[str, Any], person: Person) -> None:
    user = person("member", "GM9901")
    made = ReadingList.objects.create(owner=user, title="Plan")
    ListItem.objects.create(reading_list=made, contribution=placed["public"])
    Follow.objects.create(user=user, kind="theme", value="wmo")
    data = export(user)
    assert data["lists"] == [{"title": "Plan", "shared": None, "items": ["Nieuw voor public"]}]
    assert data["following"] == [{"kind": "theme", "value": "wmo"}]
    assert data["imports"] == data["wishes"] == data["checks"] == []


# --- onze bijdrage


@pytest.mark.django_db
def test_a_municipality_sees_its_year_and_nobody_elses(
    placed: dict[str, Any], signed_in: Callable[..., Client], committed: Committed
) -> None:
    Contribution.objects.update(first_published_at=timezone.now())
    year = timezone.localdate().year
    address = reverse("thanks", args=["GM9901", year])
    shown = signed_in("member", "GM9901").get(address)
    thanks = shown.context["thanks"]
    assert (thanks.total_placed, thanks.helped, [page.title for page in thanks.adopted]) == (
        5, ["Veldersloot"], ["Zo doen wij het"],
    )  # fmt: skip
    assert signed_in("editor", "GM9910").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert signed_in("member", "GM9901").get(reverse("thanks", args=["GM9901", 1999])).status_code == 404
    theirs = signed_in("member", "GM9910").get(reverse("thanks", args=["GM9910", year])).context["thanks"]
    assert [page.title for page in theirs.learned] == ["Zo doen wij het"]
