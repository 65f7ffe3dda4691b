"""Four eyes see everything that a reader gets: whoever wrote does not place, and files change by reading along only."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, TaskState

from exchange.accounts.models import Membership, User
from exchange.contributions.attached import Attachment
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.publishing.finish import publish
from exchange.publishing.writers import mailbox, writers_since_placing
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.factories import ContactFactory, InitiativeFactory, UserFactory
from tests.gate.world import picture

from .conftest import Offered, client_for, page_of, write

pytestmark = pytest.mark.django_db


def editor(email: str) -> User:
    user: User = UserFactory(email=email)
    Membership.objects.create(user=user, municipality_id="GM9901", role="editor")
    return User.objects.get(pk=user.pk)


def readers_of(page: Page) -> set[int]:
    return {user.pk for user in reading.readers(Page.objects.get(pk=page.pk))}


# --- everybody who wrote


def test_who_wrote_before_the_last_writer_does_not_place_either(waterhoven: MunicipalityPage, person: Person) -> None:
    author = person("author", "GM9901")
    first, second, third = editor("een@x.example"), editor("twee@x.example"), editor("drie@x.example")
    page = InitiativeFactory(parent=waterhoven, published=False, owner=author)
    for writer in (first, second, author):
        write(page, writer, summary=f"Van {writer.pk}.")
        page = Contribution.objects.get(pk=page.pk).specific
    assert writers_since_placing(page) == {first.pk, second.pk, author.pk}
    assert readers_of(page) == {third.pk}


def test_what_was_placed_already_was_read(waterhoven: MunicipalityPage) -> None:
    first, second = editor("een@x.example"), editor("twee@x.example")
    page = InitiativeFactory(parent=waterhoven, published=False)
    write(page, first, summary="Eerst.")
    Page.objects.get(pk=page.pk).get_latest_revision().publish()
    page = Contribution.objects.get(pk=page.pk).specific
    write(page, second, summary="Daarna.")
    page = Contribution.objects.get(pk=page.pk).specific
    assert writers_since_placing(page) == {second.pk}
    assert readers_of(page) == {first.pk}


def test_an_approval_by_one_of_the_writers_places_nothing(
    waterhoven: MunicipalityPage, offered: Offered, person: Person
) -> None:
    author, helper = person("author", "GM9901"), editor("twee@x.example")
    editor("drie@x.example")
    state = offered(waterhoven, author)
    page = page_of(state).specific
    write(page, helper, summary="Mee geschreven.")
    write(Contribution.objects.get(pk=page.pk).specific, author, summary="En weer terug.")
    state = TaskState.objects.get(pk=state.pk)
    with pytest.raises(reading.NotAReaderError):
        reading.answer(state, helper, approve=True, revision=page_of(state).latest_revision_id)
    TaskState.objects.filter(pk=state.pk).update(status="approved", finished_by=helper)
    with pytest.raises(PermissionDenied):
        publish(state.workflow_state, helper)
    assert not page_of(state).live


# --- a person is one person


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("jan@waterhoven.example", "jan@waterhoven.example"),
        ("jan+2@waterhoven.example", "jan@waterhoven.example"),
        ("Jan+a+b@Waterhoven.example", "jan@waterhoven.example"),
        (" jan@waterhoven.example ", "jan@waterhoven.example"),
        ("jan.2@waterhoven.example", "jan.2@waterhoven.example"),
        ("jan", "jan"),
        ("", ""),
    ],
)
def test_what_stands_after_a_plus_is_the_same_mailbox(address: str, same: str) -> None:
    assert mailbox(address) == same


def test_a_second_account_of_the_same_mailbox_does_not_read_along(waterhoven: MunicipalityPage) -> None:
    jan, again, other = editor("jan@x.example"), editor("jan+2@x.example"), editor("ander@x.example")
    page = InitiativeFactory(parent=waterhoven, published=False)
    write(page, jan)
    assert readers_of(page) == {other.pk}
    EmailAddress.objects.create(user=other, email="JAN+werk@x.example", verified=True)
    assert not {jan.pk, again.pk, other.pk} & readers_of(page)


# --- files


@pytest.fixture
def placed(waterhoven: MunicipalityPage) -> tuple[InitiativePage, Document, Image]:
    """A page on the site with a document and a picture."""
    collection = open_section(waterhoven).collection
    image = Image.objects.create(title="Beeld", file=picture("beeld.png"), collection=collection)
    page = InitiativeFactory(parent=waterhoven, image=image)
    document = Document.objects.create(title="Stuk", file=ContentFile(b"x", name="stuk.txt"), collection=collection)
    Attachment.objects.create(contribution=page, document=document)
    return page, document, image


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("action", ["edit", "delete"])
@pytest.mark.parametrize("kind", ["document", "image"])
def test_a_file_of_a_placed_page_stays_as_it_is(
    kind: str, action: str, role: str, placed: tuple[InitiativePage, Document, Image], person: Person
) -> None:
    page, document, image = placed
    file, app = (document, "wagtaildocs") if kind == "document" else (image, "wagtailimages")
    client = client_for(person(role, "GM9901"))
    new = ContentFile(b"heel anders", name="anders.txt") if kind == "document" else picture("anders.png")
    data = {"title": "Anders", "file": new, "collection": file.collection_id, "tags": "", "description": "Anders"}
    address = reverse(f"{app}:{action}", args=[file.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, data, follow=True)
    assert "een collega mee" in answer.content.decode()
    same = type(file).objects.get(pk=file.pk)
    assert (same.title, same.file.name) == (file.title, file.file.name)
    # Once it is off the site it is theirs to change.
    Page.objects.filter(pk=page.pk).update(live=False)
    del data["file"]
    client.post(address, data)
    changed = type(file).objects.filter(pk=file.pk).first()
    assert changed is None or changed.title == "Anders"


def test_placing_a_page_opens_no_file_of_another_section(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, offered: Offered, person: Person
) -> None:
    theirs = Document.objects.create(
        title="Geheim", file=ContentFile(b"x", name="geheim.txt"), collection=open_section(veldersloot).collection
    )
    author, reader = person("author", "GM9901"), editor("lezer@x.example")
    page = InitiativeFactory(parent=waterhoven, published=False, owner=author)
    draft = page.get_latest_revision_as_object()
    # However it came there: no form takes it.
    draft.attachments.add(Attachment(document=theirs))
    draft.read_attachments()
    draft.confirm(draft.findings())
    draft.save_revision(user=author)
    page = Contribution.objects.get(pk=page.pk).specific
    reading.offer(page, author)
    state = Contribution.objects.get(pk=page.pk).specific.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        reading.answer(state, reader, approve=True, revision=page_of(state).latest_revision_id)
    assert not page_of(state).live
    assert client_for(reader).get(theirs.url).status_code == 404


# --- themes and contacts of what is placed


def test_themes_and_contact_of_a_placed_page_wait_for_a_reader(waterhoven: MunicipalityPage, person: Person) -> None:
    author = person("author", "GM9901")
    contact = ContactFactory(parent=waterhoven, title="Coördinator", visibility="public")
    page = InitiativeFactory(parent=waterhoven, themes=["sleutelpersonen"], contact=contact)
    draft = page.get_latest_revision_as_object()
    draft.themes.set([])
    draft.contact = None
    draft.save_revision(user=author)
    placed = InitiativePage.objects.get(pk=page.pk)
    assert [theme.slug for theme in placed.theme_list()] == ["sleutelpersonen"]
    assert placed.contact_id == contact.pk
