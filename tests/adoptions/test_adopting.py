"""Dit doen wij ook: recording it in a minute, the source's answer, and how it goes after some months."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.adoptions import confirming, following_up
from exchange.adoptions.choices import Answer, Stage
from exchange.adoptions.models import AdoptionPage, FollowUp, SourceAnswer, Wish
from exchange.auditing.models import AuditEntry
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, UserFactory
from tests.publishing.conftest import client_for, write

pytestmark = pytest.mark.django_db
LINE = [("line", "Een vast gezicht"), ("line", "Elke week")]


@pytest.fixture
def source(waterhoven: MunicipalityPage, person: Person, committed: Committed) -> InitiativePage:
    """An initiative of Waterhoven, with a contact who gets mail."""
    with committed():
        maker = person("editor", "GM9901")
        contact = ContactFactory(parent=waterhoven, user=maker, title="Coördinator inloop")
        page: InitiativePage = InitiativeFactory(
            parent=waterhoven, owner=maker, contact=contact, title="Inloop", phase="running", core_elements=LINE,
            target_groups=["lvb"], confirmed_at=timezone.localdate(),
        )  # fmt: skip
    return page


@pytest.fixture
def adoption(source: InitiativePage, veldersloot: MunicipalityPage, person: Person, committed: Committed) -> Any:
    """Veldersloot does it too, placed."""
    with committed():
        adopter = person("author", "GM9910")
        return AdoptionFactory(parent=veldersloot, initiative=source, title="Inloop in Veldersloot", owner=adopter)


def letters_to(user: User) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [user.email]]


def address_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/toepassing/[^\s]+)", text)
    assert found, text
    return found[1]


# --- recording


def test_a_member_records_it_in_a_minute_and_a_colleague_reads_along(
    source: InitiativePage, veldersloot: MunicipalityPage, person: Person, committed: Committed
) -> None:
    member, editor = person("member", "GM9910"), person("editor", "GM9910")
    client = client_for(member)
    page = client.get(source.url).content.decode()
    assert reverse("adopt", args=[source.pk]) in page
    with committed():
        response = client.post(reverse("adopt", args=[source.pk]), {"stage": "running", "i_am_contact": "on"})
    made = AdoptionPage.objects.get()
    assert response["Location"] == reverse("adoption_form", args=[made.pk])
    draft = made.get_latest_revision_as_object()
    assert (draft.municipality_id, draft.initiative_id, draft.stage) == ("GM9910", source.pk, "running")
    assert draft.title == "Inloop in Veldersloot"
    assert [theme.slug for theme in draft.theme_list()] == ["sleutelpersonen"]
    assert draft.contact.user == member
    assert not made.live
    assert len(letters_to(editor)) == 2
    # Nobody but the own municipality sees it, and the source hears nothing yet.
    assert b"Veldersloot" not in Client().get(source.url).content
    for state in reading.waiting_for(editor):
        with committed():
            current = state.workflow_state.content_object
            reading.answer(state, editor, approve=True, revision=current.latest_revision_id)
    assert AdoptionPage.objects.get().live
    assert b"Veldersloot" in Client().get(source.url).content
    assert "Inloop in Veldersloot" in Client().get(made.full_url).content.decode()


def test_who_may_not_write_yet_keeps_the_choice_and_joins_first(
    source: InitiativePage, veldersloot: MunicipalityPage
) -> None:
    stranger = UserFactory(email="nieuw@veldersloot.example")
    client = client_for(stranger)
    address = reverse("adopt", args=[source.pk])
    response = client.post(address, {"stage": "preparing"})
    assert response["Location"] == reverse("join")
    assert Wish.objects.get().stage == "preparing"
    stranger.memberships.create(role="member", municipality_id="GM9910")
    assert address in client.get(reverse("writing")).content.decode()
    form = client.get(address).context["form"]
    assert form.initial["stage"] == "preparing"
    client.post(address, {"stage": "preparing"})
    assert not Wish.objects.exists()


def test_nobody_adopts_the_own_initiative_and_an_end_needs_a_reason(
    source: InitiativePage, veldersloot: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    address = reverse("adopt", args=[source.pk])
    own = signed_in("editor", "GM9901").post(address, {"stage": "running"})
    assert "van jullie zelf" in own.content.decode()
    declined = signed_in("author", "GM9910").post(address, {"stage": "declined"})
    assert declined.context["form"].errors["reason"]
    assert not AdoptionPage.objects.exists()


def test_what_is_hidden_cannot_be_adopted(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    page = InitiativeFactory(parent=waterhoven, visibility="own")
    assert signed_in("author", "GM9910").get(reverse("adopt", args=[page.pk])).status_code == 404
    assert signed_in("author", "GM9910").get(reverse("who_else", args=[page.pk])).status_code == 404


def test_it_grows_with_what_was_kept_changed_and_dropped(
    adoption: AdoptionPage, committed: Committed, person: Person
) -> None:
    author = adoption.owner
    client = client_for(author)
    address = reverse("adoption_form", args=[adoption.pk])
    shown = client.get(address)
    assert [form["element"].value() for form in shown.context["elements"]] == ["Een vast gezicht", "Elke week"]
    answers = {
        "base": shown.context["base"], "title": adoption.title, "summary": adoption.summary, "stage": "running",
        "cost_yearly": "under_5k", "staff": "under_4", "result": "same", "regional_part": "De training.",
        "onderdeel-TOTAL_FORMS": 2, "onderdeel-INITIAL_FORMS": 2,
        "onderdeel-0-element": "Een vast gezicht", "onderdeel-0-fate": "kept",
        "onderdeel-1-element": "Elke week", "onderdeel-1-fate": "changed", "onderdeel-1-note": "Om de week",
        "anders-TOTAL_FORMS": 5, "anders-INITIAL_FORMS": 0,
        "anders-0-what": "In de bibliotheek", "anders-0-why": "scale",
        **{f"anders-{number}-why": "scale" for number in range(1, 5)}, "save": "1",
    }  # fmt: skip
    assert client.post(address, answers).status_code == 302
    draft = AdoptionPage.objects.get().get_latest_revision_as_object()
    assert [(block.value["element"], block.value["fate"], block.value["note"]) for block in draft.elements] == [
        ("Een vast gezicht", "kept", ""), ("Elke week", "changed", "Om de week"),
    ]  # fmt: skip
    assert [(block.value["what"], block.value["why"]) for block in draft.adaptations] == [
        ("In de bibliotheek", "scale")
    ]
    # Saved twice is one version.
    versions = Page.objects.get(pk=adoption.pk).revisions.count()
    answers |= {
        "base": Page.objects.get(pk=adoption.pk).latest_revision_id,
        "anders-INITIAL_FORMS": 1,
        "anders-TOTAL_FORMS": 5,
    }
    client.post(address, answers)
    assert Page.objects.get(pk=adoption.pk).revisions.count() == versions
    # Written on an older version: nothing is overwritten, and what was typed is still there.
    late = client.post(address, answers | {"base": 1, "result_note": "Elke week vijf bezoekers."})
    assert late.status_code == 409
    assert "Elke week vijf bezoekers." in late.content.decode()


def test_a_mistake_in_the_form_does_not_make_an_old_version_new(adoption: AdoptionPage) -> None:
    client = client_for(adoption.owner)
    address = reverse("adoption_form", args=[adoption.pk])
    base = client.get(address).context["base"]
    write(adoption, adoption.owner, result_note="Van een collega.")
    answers = {
        "base": base, "title": "", "summary": "Kort.", "stage": "running",
        "onderdeel-TOTAL_FORMS": 0, "onderdeel-INITIAL_FORMS": 0, "anders-TOTAL_FORMS": 0, "anders-INITIAL_FORMS": 0,
    }  # fmt: skip
    wrong = client.post(address, answers)
    assert wrong.status_code == 200
    assert str(wrong.context["base"]) == str(base)
    late = client.post(address, answers | {"title": "Inloop", "base": wrong.context["base"]})
    assert late.status_code == 409
    assert AdoptionPage.objects.get().get_latest_revision_as_object().result_note == "Van een collega."
    # Who was told may keep the own text all the same. Nonsense for a version is an old version.
    assert client.post(address, answers | {"title": "Inloop", "base": "9" * 5000}).status_code == 409
    assert client.post(address, answers | {"title": "Inloop", "base": late.context["base"]}).status_code == 302


def test_an_adoption_goes_back_to_the_same_initiative_and_never_in_a_circle(
    adoption: AdoptionPage, waterhoven: MunicipalityPage, section_of: Any
) -> None:
    second = AdoptionFactory(parent=section_of("GM9911"), initiative=adoption.initiative, based_on=adoption)
    adoption.based_on = second
    with pytest.raises(Exception, match="zo komt er geen begin aan"):
        adoption.full_clean()
    adoption.based_on, adoption.initiative = second, InitiativeFactory(parent=waterhoven)
    with pytest.raises(Exception, match="een ander initiatief"):
        adoption.full_clean()


def test_it_is_never_wider_than_the_initiative(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    with committed():
        source.visibility = "members"
        source.save_revision().publish()
    assert Client().get(adoption.url).status_code == 404
    assert Client().get("/api/v1/search", {"q": "inloop"}).json()["count"] == 0
    adoption.refresh_from_db()
    adoption.visibility = "public"
    with pytest.raises(Exception, match="niet meer mensen"):
        adoption.full_clean()


# --- the source


def test_the_source_is_told_once_and_only_its_button_confirms(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    maker = source.owner
    (letter,) = letters_to(maker)
    address = address_in(letter)
    client = Client()
    assert client.get(address).status_code == 200
    assert SourceAnswer.objects.get().answer == Answer.ASKED
    assert Client().get("/api/v1/search", {"runs_at_size": "s"}).json()["count"] == 0
    with committed():
        client.post(address, {"answer": "confirmed"})
    answer = SourceAnswer.objects.get()
    assert (answer.answer, answer.answered_by) == (Answer.CONFIRMED, maker)
    found = Client().get("/api/v1/search", {"runs_at_size": "s"}).json()
    assert [hit["id"] for hit in found["results"]] == [source.pk]
    assert len(letters_to(adoption.owner)) == 1
    # Placing a new version asks nobody again.
    with committed():
        adoption.save_revision().publish()
    assert len(letters_to(maker)) == 1


def test_of_what_was_not_done_there_is_nothing_to_confirm_until_it_is_done_after_all(
    source: InitiativePage, veldersloot: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        looked_at = AdoptionFactory(parent=veldersloot, initiative=source, stage="declined", reason="money")
    (letter,) = letters_to(source.owner)
    assert "/toepassing/bron/" not in letter
    assert confirming.let_time_pass(timezone.localdate() + datetime.timedelta(days=31)) == 0
    assert "bevestig" not in Client().get(looked_at.url).content.decode().lower()
    SourceAnswer.objects.update(asked_on=timezone.localdate() - datetime.timedelta(days=100))
    looked_at.stage, looked_at.reason = "running", ""
    for _placed_twice in range(2):
        with committed():
            looked_at.save_revision().publish()
    _first, second = letters_to(source.owner)
    assert address_in(second)
    # From that day on it is asked: not of old.
    answer = SourceAnswer.objects.get()
    assert (answer.answer, answer.asked_on) == (Answer.ASKED, timezone.localdate())


def test_the_log_of_the_section_says_what_the_source_said(adoption: AdoptionPage, source: InitiativePage) -> None:
    confirming.answer(adoption, source.owner, Answer.DOUBTED)
    note = AuditEntry.objects.get(page_id=adoption.pk, action="adoption.doubted")
    assert (note.municipality_id, note.who, note.label) == ("GM9910", source.owner, "de bron twijfelt")


def test_of_what_is_for_one_municipality_only_the_source_hears_when_it_is_opened(
    source: InitiativePage, veldersloot: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        closed = AdoptionFactory(parent=veldersloot, initiative=source, visibility="own")
    assert letters_to(source.owner) == []
    assert not SourceAnswer.objects.exists()
    closed.visibility = "members"
    with committed():
        closed.save_revision().publish()
    assert len(letters_to(source.owner)) == 1


def test_a_text_that_waited_while_the_source_was_closed_is_closed_too(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    waiting = adoption.save_revision()
    with committed():
        source.visibility = "members"
        source.save_revision().publish()
        waiting.publish()
    assert AdoptionPage.objects.get().visibility == "members"
    assert Client().get(adoption.url).status_code == 404


def test_what_the_source_doubts_does_not_count_and_the_remark_reaches_the_adopter(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    address = address_in(letters_to(source.owner)[0])
    with committed():
        Client().post(address, {"answer": "doubted", "remark": "Wij kennen jullie niet."})
    assert Client().get("/api/v1/search", {"runs_at_size": "s"}).json()["count"] == 0
    assert "de bron twijfelt" in Client().get(source.url).content.decode()
    (letter,) = letters_to(adoption.owner)
    assert "Wij kennen jullie niet." in letter


def test_a_link_of_who_left_or_that_was_altered_opens_nothing(adoption: AdoptionPage, source: InitiativePage) -> None:
    address = address_in(letters_to(source.owner)[0])
    assert Client().get(address[:-3] + "x/").status_code == 410
    source.owner.memberships.all().delete()
    InitiativePage.objects.filter(pk=source.pk).update(contact=None, owner=None)
    assert Client().get(address).status_code == 410
    Client().post(address, {"answer": "confirmed"})
    assert SourceAnswer.objects.get().answer == Answer.ASKED


def test_after_thirty_days_of_silence_it_counts_marked(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    today = timezone.localdate()
    assert confirming.let_time_pass(today + datetime.timedelta(days=29)) == 0
    with committed():
        assert confirming.let_time_pass(today + datetime.timedelta(days=30)) == 1
        assert confirming.let_time_pass(today + datetime.timedelta(days=31)) == 0
    assert Client().get("/api/v1/search", {"runs_at_size": "s"}).json()["count"] == 1
    assert "nog niet bevestigd door de bron" in Client().get(source.url).content.decode()


# --- how does it go


def test_it_is_asked_after_three_six_and_twelve_months_once(adoption: AdoptionPage, committed: Committed) -> None:
    placed = timezone.localdate(adoption.first_published_at)
    asked = [day for day in range(0, 500, 10) if following_up.ask(placed + datetime.timedelta(days=day))]
    assert [FollowUp.objects.order_by("months").values_list("months", flat=True)[place] for place in range(3)] == [
        3,
        6,
        12,
    ]
    assert len(asked) == 3
    assert len(letters_to(adoption.owner)) == 3


def test_the_answer_from_the_mail_stands_on_the_page_and_in_the_draft(
    adoption: AdoptionPage, source: InitiativePage, committed: Committed
) -> None:
    with committed():
        confirming.answer(adoption, source.owner, Answer.CONFIRMED)
    draft = AdoptionPage.objects.get().get_latest_revision_as_object()
    draft.result_note = "Nog niet meegelezen."
    draft.save_revision(user=adoption.owner)
    mail.outbox.clear()
    following_up.ask(timezone.localdate() + datetime.timedelta(days=100))
    address = address_in(letters_to(adoption.owner)[0])
    assert Client().get(address).status_code == 200
    assert AdoptionPage.objects.get().stage == "running"
    assert Client().post(address, {"stage": "stopped"}).context["form"].errors["reason"]
    with committed():
        Client().post(address, {"stage": "stopped", "result": "less", "reason": "people"})
    page = AdoptionPage.objects.get()
    assert (page.stage, page.result, page.reason, page.result_note) == ("stopped", "less", "people", "")
    assert page.ended_at == timezone.localdate()
    later = page.get_latest_revision_as_object()
    assert (later.stage, later.result_note) == ("stopped", "Nog niet meegelezen.")
    # It runs there no more, and is still found, with its reason.
    client = Client()
    assert client.get("/api/v1/search", {"runs_at_size": "s"}).json()["count"] == 0
    found = client.get("/api/v1/search", {"kind": "adoption", "phase": "stopped"}).json()
    assert [hit["id"] for hit in found["results"]] == [page.pk]
    assert "geen mensen" in client.get(page.url).content.decode().lower()
    assert "1 gemeente stopte ermee" in client.get(source.url).content.decode()


def test_the_daily_command_does_both(adoption: AdoptionPage, capsys: pytest.CaptureFixture[str]) -> None:
    SourceAnswer.objects.update(asked_on=timezone.localdate() - datetime.timedelta(days=31))
    call_command("follow_adoptions")
    assert "1 counted" in capsys.readouterr().out


def test_what_ended_is_asked_nothing_any_more(adoption: AdoptionPage) -> None:
    AdoptionPage.objects.update(stage=Stage.DECLINED)
    assert following_up.ask(timezone.localdate() + datetime.timedelta(days=400)) == 0
    assert AdoptionPage.objects.get().freshness() is None
