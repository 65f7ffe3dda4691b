"""What becomes hidden leaves no trail: no redirect, no link from a mail, no portrait, no name in the search log."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from exchange.accounts.models import User
from exchange.adoptions import confirming, following_up
from exchange.adoptions.models import AdoptionPage, FollowUp
from exchange.confirming import links
from exchange.contributions.choices import Visibility
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.people.removal import forget_account
from exchange.sections.models import MunicipalityPage
from search import log
from search.models import SearchedQuestion
from tests.conftest import Person
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory
from tests.publishing.conftest import client_for

pytestmark = pytest.mark.django_db


def hide(page: Any, visibility: Visibility = Visibility.OWN) -> None:
    page.visibility = visibility
    page.save()


# --- redirects


@pytest.fixture
def moved(waterhoven: MunicipalityPage) -> InitiativePage:
    page: InitiativePage = InitiativeFactory(parent=waterhoven, title="Opvang", slug="opvang-zwijgzaam")
    Redirect.add_redirect("/oud", page)
    Redirect.objects.create(old_path="/ook-oud", redirect_link=f"http://localhost{page.url}")
    return page


@pytest.mark.parametrize("old", ["/oud/", "/ook-oud/", "/oud/?van=mail"])
def test_a_redirect_leads_on_only_whom_its_page_is_for(
    moved: InitiativePage, signed_in: Callable[..., Client], old: str
) -> None:
    assert Client().get(old)["Location"].endswith(str(moved.url))
    hide(moved)
    answer = Client().get(old)
    assert answer.status_code == 404
    assert "opvang-zwijgzaam" not in answer.content.decode() + str(dict(answer.headers))
    assert signed_in("author", "GM9910").get(old).status_code == 404
    assert signed_in("member", "GM9901").get(old)["Location"].endswith(str(moved.url))


def test_a_redirect_to_what_was_taken_down_is_gone_and_no_browser_keeps_one(moved: InitiativePage) -> None:
    answer = Client().get("/oud/")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    moved.unpublish()
    assert Client().get("/oud/").status_code == 404


def test_a_redirect_to_another_site_or_to_a_section_stays_what_it_was(waterhoven: MunicipalityPage) -> None:
    Redirect.objects.create(old_path="/elders", redirect_link="https://elders.example/x")
    Redirect.add_redirect("/stad", waterhoven)
    assert Client().get("/elders/")["Location"] == "https://elders.example/x"
    assert Client().get("/stad/").status_code == 301


# --- links from mails


@pytest.fixture
def contact(waterhoven: MunicipalityPage, person: Person) -> Any:
    return ContactFactory(parent=waterhoven, user=person("editor", "GM9901"), person_name="Sanne Zwijgzaam")


def asked(contact: Any) -> str:
    return reverse("still_true", args=[links.write(contact.user.pk, [(contact.pk, contact.confirmed_at)])])


def test_a_link_that_asks_shows_what_became_own_only_to_who_signed_in(contact: Any) -> None:
    address = asked(contact)
    assert "Sanne Zwijgzaam" in Client().get(address).content.decode()
    hide(contact)
    passed_on = Client()
    assert "Zwijgzaam" not in passed_on.get(address).content.decode()
    passed_on.post(address, {"page": str(contact.pk)})
    assert Contribution.objects.get(pk=contact.pk).confirmed_at is None
    assert "Sanne Zwijgzaam" in client_for(contact.user).get(address).content.decode()


def test_a_link_that_asks_ends_when_it_was_answered(contact: Any) -> None:
    address = asked(contact)
    now = timezone.now()
    Client().post(address, {"page": str(contact.pk)})
    told = Client().get(address).content.decode()
    assert contact.title in told
    assert "Sanne Zwijgzaam" not in told
    with time_machine.travel(now + datetime.timedelta(days=2)):
        assert contact.title not in Client().get(address).content.decode()


@pytest.fixture
def adoption(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person) -> AdoptionPage:
    source = InitiativeFactory(parent=waterhoven, title="Bron", owner=person("editor", "GM9901"))
    page: AdoptionPage = AdoptionFactory(
        parent=veldersloot, initiative=source, title="Toepassing", owner=person("author", "GM9910")
    )
    return page


@pytest.mark.parametrize("hidden", ["adoption", "source"])
@pytest.mark.parametrize("how", ["own", "taken down"])
def test_a_link_to_the_source_ends_with_what_it_shows(adoption: AdoptionPage, hidden: str, how: str) -> None:
    source: Any = adoption.initiative
    address = confirming.address_for(source.owner, adoption)
    assert Client().get(address).status_code == 200
    page = adoption if hidden == "adoption" else source
    page.unpublish() if how == "taken down" else hide(page)
    assert Client().get(address).status_code == 410


def test_a_link_that_asks_how_it_goes_ends_with_what_it_shows_and_when_it_is_asked_anew(adoption: AdoptionPage) -> None:
    owner: Any = adoption.owner
    first = FollowUp.objects.create(adoption=adoption, months=3)
    address = following_up.address_for(owner, first)
    assert Client().get(address).status_code == 200
    hide(adoption)
    assert Client().get(address).status_code == 410
    assert client_for(owner).get(address).status_code == 200
    hide(adoption, Visibility.PUBLIC)
    section: Any = adoption.get_parent().specific
    section.unpublish()
    assert Client().get(address).status_code == 410
    section.save_revision().publish()
    assert Client().get(address).status_code == 200
    FollowUp.objects.create(adoption=adoption, months=6)
    assert Client().get(address).status_code == 410


# --- portraits


def test_nobody_uploads_a_portrait(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("author", "GM9901")
    client, address = client_for(user), reverse("wagtailadmin_account")
    page = client.get(address)
    assert page.status_code == 200
    assert "avatar-avatar" not in page.content.decode()
    client.post(address, {"avatar-avatar": ContentFile(b"x", name="ik.png")})
    assert not UserProfile.objects.exclude(avatar="").exists()


def test_an_old_portrait_goes_with_the_person(person: Person) -> None:
    user: User = person("author", "GM9901")
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("ik.png", ContentFile(b"x"))
    store, name = profile.avatar.storage, profile.avatar.name
    assert store.exists(name)
    forget_account(user)
    assert not store.exists(name)


# --- the search log


@pytest.mark.parametrize(
    "question",
    ["jan jansen", "Fatima el Amrani", "fatima el amrani waterhoven", "mevrouw de wit", "kerkstraat 12", "1234 ab"],
)
def test_a_question_in_which_the_privacy_check_sees_somebody_is_not_kept(question: str) -> None:
    log.note(question, 0)
    assert not SearchedQuestion.objects.exists()


def test_a_week_keeps_so_many_questions_and_members_have_room_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST", 3)
    monkeypatch.setattr(log, "MOST_OF_MEMBERS", 4)
    for number in range(10):
        Client().get("/zoeken/", {"q": f"inloop {'abcdefghij'[number]}"})
    assert SearchedQuestion.objects.count() == 3
    log.note("inloop a", 7)
    assert SearchedQuestion.objects.get(question="inloop a").times == 2
    log.note("taalcafé", 1, by_member=True)
    log.note("fietsles", 1, by_member=True)
    assert set(SearchedQuestion.objects.values_list("question", flat=True)) == {
        "inloop a", "inloop b", "inloop c", "taalcafé",
    }  # fmt: skip
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        log.note("fietsles", 1)
    assert SearchedQuestion.objects.count() == 5
