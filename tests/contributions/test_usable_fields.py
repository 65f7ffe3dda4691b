"""Every key that is posted is asked for: a form takes what its writer may use, and tells nothing of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from exchange.accounts.models import Membership, User
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, LessonFactory, UserFactory
from tests.gate.probing import NOT_THERE
from tests.gate.world import picture
from tests.permissions.probes import STREAMS, _Fields
from tests.publishing.conftest import client_for

pytestmark = pytest.mark.django_db
SECRET = "Zwijgzaam-4711"


@pytest.fixture
def author(person: Person) -> User:
    return person("author", "GM9901")


@pytest.fixture
def page(waterhoven: MunicipalityPage) -> InitiativePage:
    found: InitiativePage = InitiativeFactory(parent=waterhoven, title="Inloop")
    return found


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of the editor's page."""
    reader = _Fields()
    reader.feed(client.get(address).content.decode())
    values = {name: value for name, value in reader.values.items() if name and not name.startswith("action-")}
    return {f"{name}-count": "0" for name in STREAMS} | values | {
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "elements-count": "0", "adaptations-count": "0",
    }  # fmt: skip


def save(writer: User, page: Page, /, **fields: Any) -> tuple[bool, str]:
    """Whether the editor saved what was changed by hand, and what it answered."""
    client = client_for(writer)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    before = Page.objects.get(pk=page.pk).latest_revision_id
    response = client.post(address, fields_of(client, address) | fields, follow=True)
    return Page.objects.get(pk=page.pk).latest_revision_id != before, response.content.decode()


# A field that takes a page: the kind of page it is on, the field, and what is hidden in another municipality.
FIELDS: dict[str, tuple[Any, str, Any]] = {
    "the contact of an initiative": (InitiativeFactory, "contact", ContactFactory),
    "what an initiative goes back to": (InitiativeFactory, "based_on", InitiativeFactory),
    "who stands in for a contact": (ContactFactory, "stand_in", ContactFactory),
    "the initiative of an adoption": (AdoptionFactory, "initiative", InitiativeFactory),
    "the contact of an adoption": (AdoptionFactory, "contact", ContactFactory),
}


def of_kind(factory: Any, section: MunicipalityPage, elsewhere: MunicipalityPage, **fields: Any) -> Any:
    if factory is AdoptionFactory:
        fields["initiative"] = InitiativeFactory(parent=elsewhere, title="Bron")
    return factory(parent=section, **fields)


@pytest.mark.parametrize("what", FIELDS)
@pytest.mark.parametrize("hidden", [{"published": False}, {"visibility": "own"}], ids=["a draft", "own"])
def test_a_field_takes_no_hidden_page_and_does_not_tell_of_it(
    what: str, hidden: dict[str, Any], author: User, waterhoven: MunicipalityPage, veldersloot: MunicipalityPage
) -> None:
    kind, field, foreign = FIELDS[what]
    page = of_kind(kind, waterhoven, veldersloot)
    theirs = foreign(parent=veldersloot, title=SECRET, **hidden)
    saved, answer = save(author, page, **{field: theirs.pk})
    gone, other = save(author, page, **{field: NOT_THERE})
    assert not saved
    assert not gone
    assert SECRET not in answer
    assert theirs.slug not in answer
    # The two say the same.
    assert _errors(answer) == _errors(other) != []


def _errors(html: str) -> list[str]:
    from bs4 import BeautifulSoup

    return [
        one.get_text(" ", strip=True) for one in BeautifulSoup(html, "html.parser").select(".error-message, .messages")
    ]


def test_a_field_takes_what_is_for_everybody(author: User, page: InitiativePage, veldersloot: MunicipalityPage) -> None:
    shown = InitiativeFactory(parent=veldersloot, title="Van een ander")
    assert save(author, page, based_on=shown.pk)[0]


def test_what_was_hidden_since_stays_chosen_but_is_not_named(
    author: User, page: InitiativePage, veldersloot: MunicipalityPage
) -> None:
    theirs = InitiativeFactory(parent=veldersloot, title=SECRET)
    page.based_on = theirs
    page.save_revision()
    Contribution.objects.filter(pk=theirs.pk).update(visibility="own")
    saved, _ = save(author, page, summary="Anders.")
    assert saved
    draft = InitiativePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.based_on_id == theirs.pk
    shown = client_for(author).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert SECRET not in shown


@pytest.mark.parametrize("value", [NOT_THERE, -1, 10**30, "x", "1,2", "[1]"])
def test_a_field_takes_nothing_that_is_no_key(value: Any, author: User, page: InitiativePage) -> None:
    assert not save(author, page, contact=value)[0]
    assert not save(author, page, image=value)[0]


def foreign_file(section: MunicipalityPage, kind: Any) -> Any:
    collection = open_section(section).collection
    file = picture("zwijgzaam.png") if kind is Image else ContentFile(b"x", name="zwijgzaam.txt")
    return kind.objects.create(title=SECRET, file=file, collection=collection)


def test_a_page_shows_no_picture_of_another_section(
    author: User, page: InitiativePage, veldersloot: MunicipalityPage
) -> None:
    image = foreign_file(veldersloot, Image)
    saved, answer = save(author, page, image=image.pk)
    assert not saved
    assert SECRET not in answer


def attached(document: int) -> dict[str, Any]:
    return {
        "attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "0", "attachments-0-document": document,
        "attachments-0-ORDER": "1", "attachments-0-title": "", "attachments-0-evaluated_by": "",
        "attachments-0-DELETE": "", "attachments-0-id": "",
    }  # fmt: skip


def test_a_page_takes_no_document_of_another_section(
    author: User, page: InitiativePage, veldersloot: MunicipalityPage, waterhoven: MunicipalityPage
) -> None:
    saved, answer = save(author, page, **attached(foreign_file(veldersloot, Document).pk))
    assert not saved
    assert SECRET not in answer
    assert save(author, page, **attached(foreign_file(waterhoven, Document).pk))[0]


def test_only_people_of_the_section_are_offered_as_account_of_a_contact(
    author: User, person: Person, waterhoven: MunicipalityPage
) -> None:
    colleague = person("member", "GM9901")
    stranger: User = UserFactory(first_name="Vreemd", last_name=SECRET)
    Membership.objects.create(user=stranger, municipality_id="GM9910", role="editor")
    contact = ContactFactory(parent=waterhoven)
    shown = client_for(author).get(reverse("wagtailadmin_pages:edit", args=[contact.pk])).content.decode()
    assert SECRET not in shown
    assert not save(author, contact, user=stranger.pk)[0]
    assert save(author, contact, user=colleague.pk)[0]
    assert ContactPage.objects.get(pk=contact.pk).get_latest_revision_as_object().user_id == colleague.pk


def link_to(page: int) -> str:
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a", "text": "hier", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {},
                    "entityRanges": [{"key": 0, "offset": 0, "length": 4}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page, "url": "/x/"}}},
        }
    )  # fmt: skip


def test_a_text_takes_no_link_to_a_hidden_page_and_its_address_is_not_told(
    author: User, page: InitiativePage, veldersloot: MunicipalityPage
) -> None:
    hidden = InitiativeFactory(parent=veldersloot, title=SECRET, published=False)
    saved, answer = save(author, page, trust=link_to(hidden.pk))
    assert not saved
    assert hidden.slug not in answer
    gone, other = save(author, page, trust=link_to(NOT_THERE))
    assert not gone
    assert _errors(answer) == _errors(other) != []
    shown = InitiativeFactory(parent=veldersloot, title="Van een ander")
    assert save(author, page, trust=link_to(shown.pk))[0]


def test_a_link_in_a_stream_of_texts_is_asked_for_too(
    author: User, page: InitiativePage, veldersloot: MunicipalityPage
) -> None:
    hidden = InitiativeFactory(parent=veldersloot, title=SECRET, published=False)
    block = {
        "problem-count": "1", "problem-0-deleted": "", "problem-0-order": "0", "problem-0-type": "text",
        "problem-0-id": "", "problem-0-value": link_to(hidden.pk),
    }  # fmt: skip
    saved, answer = save(author, page, **block)
    assert not saved
    assert hidden.slug not in answer


def test_a_list_of_a_page_names_no_hidden_page(
    author: User, waterhoven: MunicipalityPage, veldersloot: MunicipalityPage
) -> None:
    lesson = LessonFactory(parent=waterhoven)
    form = lesson.get_edit_handler().get_form_class()(instance=lesson, for_user=author)
    hidden = InitiativeFactory(parent=veldersloot, title=SECRET, published=False)
    data = {
        "related_initiatives-TOTAL_FORMS": "1", "related_initiatives-INITIAL_FORMS": "0",
        "related_initiatives-0-initiative": hidden.pk, "related_initiatives-0-ORDER": "1",
    }  # fmt: skip
    filled = type(form)(data, instance=lesson, for_user=author, parent_page=waterhoven)
    assert filled.formsets["related_initiatives"].forms[0].has_error("initiative", "invalid_choice")
    assert SECRET not in filled.formsets["related_initiatives"].as_p()


# --- links, as readers follow them


def with_link(section: MunicipalityPage, target: Page) -> InitiativePage:
    page: InitiativePage = InitiativeFactory(
        parent=section, title="Met een link", trust=f'<p><a linktype="page" id="{target.pk}">hier</a></p>'
    )
    return page


def test_the_address_of_what_was_hidden_since_stands_in_no_text(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    target = InitiativeFactory(parent=veldersloot, title=SECRET)
    page = with_link(waterhoven, target)
    visitor = Client()
    assert f'href="{target.url}"' in visitor.get(page.url).content.decode()
    Contribution.objects.filter(pk=target.pk).update(visibility="members")
    assert target.slug not in visitor.get(page.url).content.decode()
    number = reverse("page_by_number", args=[target.pk])
    assert f'href="{number}"' in visitor.get(page.url).content.decode()
    assert visitor.get(number).status_code == 404
    assert visitor.get(reverse("page_by_number", args=[NOT_THERE])).status_code == 404
    assert signed_in("member", "GM9901").get(number).headers["Location"] == target.url


def test_a_pinned_result_names_no_hidden_page(person: Person, veldersloot: MunicipalityPage) -> None:
    editor = client_for(person("platform_editor"))
    hidden = InitiativeFactory(parent=veldersloot, title=SECRET, published=False)
    answer = editor.post("/beheer/pinnedresult/new/", {"question": "inloop", "page": hidden.pk, "position": "1"})
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
