"""The three-minute card: written on the site, saved as one goes, never lost, offered to a colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from exchange.accounts.models import User
from exchange.accounts.rights import NotAllowedError
from exchange.contacts.models import ContactPage
from exchange.contributions.drafts import change_draft, create_draft
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from exchange.themes.models import TargetGroup, Theme
from tests.conftest import Committed
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory
from tests.sections.test_opening import FORM as EMPTY

from .conftest import client_for, page_of

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def fields(**more: Any) -> dict[str, Any]:
    """A card as a browser sends it."""
    return {
        "title": "Inloop met sleutelpersonen",
        "summary": "Elke dinsdag een vast gezicht.",
        "themes": [Theme.objects.get(slug="sleutelpersonen").pk],
        "target_groups": [TargetGroup.objects.get(slug="lvb").pk],
        "phase": "pilot",
        "safety_check": "on",
    } | more


def write(client: Client, **more: Any) -> InitiativePage:
    """Fill in the card and press the button."""
    response = client.post("/schrijven/initiatief/", fields(**more))
    assert response.status_code == 302, response.content.decode()
    page: InitiativePage = InitiativePage.objects.latest("pk")
    return page


@pytest.mark.parametrize("role", ["member", "author", "editor"])
def test_the_card_becomes_a_draft_in_the_own_section(waterhoven: MunicipalityPage, person: Person, role: str) -> None:
    user = person(role, "GM9901")
    page = write(client_for(user))
    assert page.get_parent().pk == waterhoven.pk
    assert (page.live, page.owner, page.municipality_id) == (False, user, "GM9901")
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.phase, draft.safety_check) == ("Inloop met sleutelpersonen", "pilot", "done")
    assert [theme.slug for theme in draft.theme_list()] == ["sleutelpersonen"]
    assert [group.slug for group in draft.target_groups.all()] == ["lvb"]
    assert "pilot" not in client_for(user).get(page.url).content.decode()


def test_i_am_the_contact_makes_one_of_the_profile(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("author", "GM9901")
    page = write(client_for(user), i_am_contact="on")
    contact = ContactPage.objects.get()
    assert (contact.user, contact.person_name, contact.team_mailbox) == (user, "Noor Verzonnen", user.email)
    assert contact.visibility == "members"
    assert page.get_latest_revision_as_object().contact == contact
    # The second card knows who it is.
    write(client_for(user), title="Nog een", i_am_contact="on")
    assert ContactPage.objects.count() == 1


def test_offered_it_is_read_by_a_colleague_and_placed_with_its_contact(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    user, editor = person("member", "GM9901"), person("editor", "GM9901")
    page = write(client_for(user), i_am_contact="on")
    client = client_for(user)
    assert "Vraag een collega" in client.get(f"/schrijven/{page.pk}/klaar/").content.decode()
    client.post(f"/schrijven/{page.pk}/klaar/")
    assert [message.to for message in mail.outbox] == [[editor.email], [editor.email]]
    reader = client_for(editor)
    for waiting in (page, ContactPage.objects.get()):
        state = Contribution.objects.get(pk=waiting.pk).current_workflow_task_state
        reader.post(f"/meelezen/{state.pk}/", {"revision": page_of(state).latest_revision_id, "approve": ""})
    assert Contribution.objects.live().count() == 2
    # A member made it; once it is placed, changing it is for who writes.
    assert client.post(f"/schrijven/{page.pk}/", fields(title="Anders")).status_code == 302
    assert Contribution.objects.get(pk=page.pk).title == "Inloop met sleutelpersonen"


def test_who_has_no_section_is_shown_the_way(person: Person) -> None:
    client = client_for(person("member", "GM9903"))
    assert client.get("/schrijven/initiatief/").headers["Location"] == "/doe-mee/"
    assert "mag schrijven" in client.get("/schrijven/").content.decode()
    assert Client().get("/schrijven/initiatief/").status_code == 302


def test_who_writes_in_several_sections_chooses(waterhoven: MunicipalityPage, person: Person) -> None:
    department, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    open_section(department)
    client = client_for(person("author", "GM9901"))
    assert department.title in client.get("/schrijven/initiatief/").content.decode()
    page = write(client, section=department.pk)
    assert page.get_parent().pk == department.pk
    own = client_for(person("author", "GM9901", department.page_ptr))
    assert write(own, title="Van de afdeling", section=other.pk).get_parent().pk == department.pk


def test_another_municipality_is_closed(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person
) -> None:
    user = person("editor", "GM9901")
    with pytest.raises(NotAllowedError):
        create_draft(user, InitiativePage, veldersloot, {"title": "Hier niet"})
    page = create_draft(person("author", "GM9910"), InitiativePage, veldersloot, {"title": "Van een ander"})
    client = client_for(user)
    for address in (f"/schrijven/{page.pk}/", f"/schrijven/{page.pk}/klaar/"):
        assert client.get(address).status_code == 404
        assert client.post(address, fields()).status_code == 404
    assert client.post("/schrijven/bewaar/", fields(page=page.pk, base=page.latest_revision_id)).status_code == 404
    with pytest.raises(NotAllowedError):
        change_draft(user, page, {"title": "Gekaapt"}, base=page.latest_revision_id)


def test_a_members_draft_is_not_for_another_member(waterhoven: MunicipalityPage, person: Person) -> None:
    page = write(client_for(person("member", "GM9901")))
    assert client_for(person("member", "GM9901")).get(f"/schrijven/{page.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [({"title": ""}, "Titel"), ({"title": "x" * 101}, "100"), ({"summary": "x" * 281}, "280"),
     ({"themes": []}, "één tot drie"), ({"themes": ["99999"]}, "bestaat niet"), ({"phase": "onzin"}, "onzin")],
)  # fmt: skip
def test_a_wrong_value_is_said_and_the_rest_stays(
    waterhoven: MunicipalityPage, person: Person, more: dict[str, Any], said: str
) -> None:
    response = client_for(person("author", "GM9901")).post(
        "/schrijven/initiatief/", fields(**{"summary": "Blijft staan."} | more)
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert said in page
    assert "errorlist" in page
    assert "Blijft staan." in page or "summary" in more
    assert not InitiativePage.objects.exists()


# --- saving as one goes


def save(client: Client, **more: Any) -> str:
    return client.post("/schrijven/bewaar/", fields(**more)).content.decode()


def test_it_is_saved_while_typing_from_the_title_on(waterhoven: MunicipalityPage, person: Person) -> None:
    client = client_for(person("author", "GM9901"))
    save(client, title="")
    assert not InitiativePage.objects.exists()
    response = client.post("/schrijven/bewaar/", {"title": "Alleen een titel", "phase": "idea", "page": "", "base": ""})
    page = InitiativePage.objects.get()
    assert "Bewaard als concept" in response.content.decode()
    assert response.headers["HX-Replace-Url"] == f"/schrijven/{page.pk}/"
    assert f'value="{page.latest_revision_id}"' in response.content.decode()
    save(client, page=page.pk, base=page.latest_revision_id, title="Alleen een titel", summary="En nu meer.")
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "En nu meer."
    # The same once more makes no new version.
    before = page.latest_revision_id
    save(client, page=page.pk, base=before, title="Alleen een titel", summary="En nu meer.")
    page.refresh_from_db()
    assert page.latest_revision_id == before


def test_two_who_write_at_once_choose_and_lose_nothing(waterhoven: MunicipalityPage, person: Person) -> None:
    first, second = person("author", "GM9901"), person("editor", "GM9901", None)
    page = write(client_for(first))
    base = page.latest_revision_id
    assert (
        client_for(second).post(f"/schrijven/{page.pk}/", fields(base=base, summary="Van de tweede.")).status_code
        == 302
    )
    # Saving as one goes does not touch the newer text, and says so.
    assert "nieuwere tekst" in save(client_for(first), page=page.pk, base=base, summary="Van de eerste.")
    # A mistake in between does not make the old base new.
    wrong = client_for(first).post(f"/schrijven/{page.pk}/", fields(base=base, summary="Van de eerste.", title=""))
    assert f'name="base" value="{base}"' in wrong.content.decode()
    response = client_for(first).post(f"/schrijven/{page.pk}/", fields(base=base, summary="Van de eerste."))
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Van de eerste." in shown
    assert "Van de tweede." in shown
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "Van de tweede."
    newest = page.latest_revision_id
    mine = fields(base=newest, summary="Van de eerste.", title="Titel van de eerste")
    client_for(first).post(f"/schrijven/{page.pk}/", mine | {"take-summary": "on"})
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.summary, draft.title) == ("Van de tweede.", "Titel van de eerste")


def test_what_is_being_read_is_closed(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("author", "GM9901")
    person("editor", "GM9901")
    client = client_for(user)
    page = write(client)
    client.post(f"/schrijven/{page.pk}/klaar/")
    before = page.latest_revision_id
    assert "wordt al meegelezen" in save(client, page=page.pk, base=before, title="Stiekem anders")
    assert client.get(f"/schrijven/{page.pk}/").headers["Location"] == f"/schrijven/{page.pk}/klaar/"
    page.refresh_from_db()
    assert page.latest_revision_id == before


# --- privacy, and what is there already


def test_the_writer_looks_at_what_may_identify_somebody_and_the_reader_sees_it(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    user, editor = person("author", "GM9901"), person("editor", "GM9901")
    client = client_for(user)
    page = write(client, summary="Bel 06 12345678 voor de inloop.")
    shown = client.get(f"/schrijven/{page.pk}/klaar/").content.decode()
    assert "Is dit het nummer van een persoon?" in shown
    client.post(f"/schrijven/{page.pk}/klaar/")
    assert not Contribution.objects.get(pk=page.pk).workflow_in_progress
    client.post(f"/schrijven/{page.pk}/klaar/", {"looked": "on"})
    state = Contribution.objects.get(pk=page.pk).current_workflow_task_state
    assert "Is dit het nummer van een persoon?" in client_for(editor).get(f"/meelezen/{state.pk}/").content.decode()
    assert "Is dit" not in client.get(f"/schrijven/{page.pk}/klaar/").content.decode()


def test_the_editor_asks_the_same_before_it_offers(waterhoven: MunicipalityPage, person: Person) -> None:
    page = InitiativeFactory(parent=waterhoven, summary="Bel 06 12345678.", published=False)
    address = f"/beheer/pages/{page.pk}/edit/"
    client = client_for(person("author", "GM9901"))
    form = EMPTY | fields(title=page.title, slug=page.slug, summary=page.summary, safety_check="done", trust="null")
    shown = client.post(address, form | {"action-submit": "1"}).content.decode()
    assert "Is dit het nummer van een persoon?" in shown
    assert not Contribution.objects.get(pk=page.pk).workflow_in_progress
    assert client.post(address, form | {"action-submit": "1", "privacy_looked": "on"}).status_code == 302
    page = InitiativePage.objects.get(pk=page.pk)
    assert page.workflow_in_progress
    page = page.get_latest_revision_as_object()
    assert page.open_findings() == []


def test_a_contact_may_have_a_number_where_it_belongs(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven, phone="06 12345678", person_name="Noor Verzonnen")
    assert contact.findings() == []
    assert ContactFactory(parent=waterhoven, summary="Bel 06 12345678").findings() != []


def test_what_is_there_already_is_shown_as_far_as_one_may_read_it(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, committed: Committed
) -> None:
    with committed():
        InitiativeFactory(parent=veldersloot, title="Inloopspreekuur met sleutelpersonen")
        InitiativeFactory(parent=veldersloot, title="Geheim inloopspreekuur met sleutelpersonen", visibility="own")
    client = client_for(person("author", "GM9901"))
    shown = client.get("/zoeken/lijkt-op/", {"title": "inloopspreekuur sleutelpersonen"}).content.decode()
    assert "Inloopspreekuur met sleutelpersonen" in shown
    assert "Geheim" not in shown
    for title in ("", "inloop", "iets heel anders dat nergens staat"):
        assert client.get("/zoeken/lijkt-op/", {"title": title}).content.decode().strip() == ""
