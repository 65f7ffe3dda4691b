"""Who may read what, in every way out: page, list, hit, count, API, file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, PageViewRestriction

from exchange.accounts.models import User
from exchange.accounts.viewer import VISITOR
from exchange.contributions import closed_pages
from exchange.contributions.attached import Attachment
from exchange.contributions.files import PUBLIC_COLLECTION
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Committed
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory, LessonFactory

READERS = {
    "visitor": None,
    "member of the municipality": ("member", "GM9901"),
    "author of the municipality": ("author", "GM9901"),
    "member elsewhere": ("member", "GM9910"),
    "editor elsewhere": ("editor", "GM9910"),
    "platform editor": ("platform_editor", None),
    "administrator": ("administrator", None),
}
# Who may read something published in Waterhoven (GM9901), by its visibility.
ALLOWED = {
    "public": set(READERS),
    "members": set(READERS) - {"visitor"},
    "own": {"member of the municipality", "author of the municipality", "administrator"},
}
MATRIX = [(visibility, reader, reader in ALLOWED[visibility]) for visibility in ALLOWED for reader in READERS]


@pytest.fixture
def client_of(signed_in: Callable[..., Client], veldersloot: MunicipalityPage) -> Callable[[str], Client]:
    def make(reader: str) -> Client:
        role = READERS[reader]
        return Client() if role is None else signed_in(*role)

    return make


def found(client: Client, **parameters: str) -> list[int]:
    answer = client.get("/api/v1/search", parameters).json()
    assert answer["count"] == len(answer["results"])
    return [result["id"] for result in answer["results"]]


@pytest.mark.parametrize(("visibility", "reader", "allowed"), MATRIX)
def test_a_contribution_shows_only_to_who_may_read_it(
    waterhoven: MunicipalityPage,
    client_of: Callable[[str], Client],
    committed: Committed,
    visibility: str,
    reader: str,
    allowed: bool,
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Zeldzaamwoord hier", visibility=visibility)
    client = client_of(reader)
    expected = [page.pk] if allowed else []
    assert client.get(page.url).status_code == (200 if allowed else 404)
    for address in (waterhoven.url, "/", "/zoeken/?q=zeldzaamwoord", "/themas/sleutelpersonen/"):
        assert (b"Zeldzaamwoord" in client.get(address).content.replace(b'value="zeldzaamwoord"', b"")) is allowed, (
            address
        )
    assert found(client, q="zeldzaamwoord") == expected
    assert found(client, kind="initiative") == expected
    facets = client.get("/api/v1/search").json()["facets"]
    assert [value["count"] for value in facets["theme"] if value["value"] == "sleutelpersonen"] == (
        [1] if allowed else []
    )


@pytest.mark.parametrize("factory", [InitiativeFactory, LessonFactory, ContactFactory])
@pytest.mark.parametrize("reader", READERS)
def test_the_page_the_queryset_and_the_index_agree_for_every_kind(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed, factory: type, reader: str
) -> None:
    with committed():
        for visibility in ALLOWED:
            factory(parent=waterhoven, visibility=visibility)
    client = client_of(reader)
    readable = {page.pk for page in Contribution.objects.all() if client.get(page.url).status_code == 200}
    assert set(found(client)) == readable
    assert len(readable) == sum(reader in readers for readers in ALLOWED.values())


def test_a_draft_shows_to_nobody_by_its_address(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, published=False)
    for reader in READERS:
        client = client_of(reader)
        assert client.get(page.full_url).status_code == 404
        assert found(client) == []


def test_under_an_unpublished_department_nothing_shows(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed
) -> None:
    with committed():
        department = DepartmentFactory(parent=waterhoven)
        page = InitiativeFactory(parent=department, title="Zeldzaamwoord")
    with committed():
        department.unpublish()
    for reader in READERS:
        client = client_of(reader)
        assert client.get(page.url).status_code == 404
        assert found(client, q="zeldzaamwoord") == []
        assert b"Zeldzaamwoord" not in client.get(waterhoven.url).content


def test_where_a_script_set_a_restriction_nothing_below_it_shows(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven)
    with committed():
        restriction = PageViewRestriction.objects.create(page=waterhoven.page_ptr, restriction_type="login")
    assert client_of("administrator").get(page.url).status_code == 404
    assert found(client_of("administrator")) == []
    with committed():
        restriction.delete()
    assert found(Client()) == [page.pk]


# --- the contact behind an initiative


def test_a_members_contact_is_invisible_to_a_visitor_everywhere(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed
) -> None:
    with committed():
        contact = ContactFactory(
            parent=waterhoven, title="Zeldzame kwartiermaker", person_name="Wie Dan Ook", phone="000 111 22 33"
        )
        page = InitiativeFactory(parent=waterhoven, contact=contact)
    visitor, member = Client(), client_of("member elsewhere")
    for address in (page.url, waterhoven.url, "/", "/zoeken/?q=kwartiermaker", "/themas/sleutelpersonen/"):
        content = visitor.get(address).content
        for secret in (b"Zeldzame", b"Wie Dan Ook", b"000 111 22 33", contact.url.encode()):
            assert secret not in content, address
    assert visitor.get(contact.url).status_code == 404
    assert found(visitor, q="kwartiermaker") == []
    assert found(visitor, kind="contact") == []
    # Its role leads members to the initiative too, and to the contact first.
    assert found(member, q="kwartiermaker") == [contact.pk, page.pk]
    assert b"Zeldzame kwartiermaker" in member.get(page.url).content


def test_nobody_finds_a_person_by_name_or_number(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], committed: Committed
) -> None:
    with committed():
        ContactFactory(parent=waterhoven, person_name="Wiedanook Verzonnen", phone="0001112233")
    assert found(client_of("administrator"), q="wiedanook") == []
    assert found(client_of("administrator"), q="0001112233") == []


# --- files


def add_file(page: Contribution, section: MunicipalityPage, kind: str) -> str:
    """Put a document or an image on a page, and give its address."""
    collection = open_section(section).collection
    if kind in {"image", "rendition"}:
        image = Image.objects.create(title="Foto", file=get_test_image_file(), collection=collection)
        page.image = image
        page.save_revision().publish()
        rendition = Rendition.objects.create(
            image=image, filter_spec="width-100", file=get_test_image_file(), width=100, height=100
        )
        return f"/media/{(image if kind == 'image' else rendition).file.name}"
    document = Document.objects.create(
        title="Draaiboek", file=ContentFile(b"inhoud", name="draaiboek.txt"), collection=collection
    )
    page.attachments.add(Attachment(document=document))
    page.save_revision().publish()
    return str(document.url)


def is_served(client: Client, address: str) -> bool:
    response: Any = client.get(address)
    if response.status_code != 200:
        return False
    # Reading it to the end closes the file.
    return bool(b"".join(response.streaming_content))


@pytest.mark.parametrize("kind", ["document", "image", "rendition"])
@pytest.mark.parametrize(("visibility", "reader", "allowed"), MATRIX)
def test_a_file_is_served_to_who_may_read_its_page(
    waterhoven: MunicipalityPage,
    client_of: Callable[[str], Client],
    visibility: str,
    reader: str,
    allowed: bool,
    kind: str,
) -> None:
    page = InitiativeFactory(parent=waterhoven, visibility=visibility)
    address = add_file(page, waterhoven, kind)
    assert is_served(client_of(reader), address) is allowed


@pytest.mark.parametrize("kind", ["document", "image", "rendition"])
def test_a_file_of_a_draft_is_there_for_who_edits_in_that_section_only(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client], kind: str
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    address = add_file(page, waterhoven, kind)
    InitiativePage.objects.get(pk=page.pk).unpublish()
    allowed = {reader for reader in READERS if is_served(client_of(reader), address)}
    assert allowed == {"author of the municipality", "administrator"}


def test_a_file_on_a_members_page_stays_closed_in_the_public_collection(
    waterhoven: MunicipalityPage, client_of: Callable[[str], Client]
) -> None:
    page = InitiativeFactory(parent=waterhoven, visibility="members")
    address = add_file(page, waterhoven, "document")
    Document.objects.update(collection=Collection.objects.get(name=PUBLIC_COLLECTION))
    assert not is_served(Client(), address)
    Attachment.objects.all().delete()
    assert is_served(Client(), address)


def test_no_file_lies_open_by_its_path(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven, visibility="members")
    add_file(page, waterhoven, "document")
    path = Document.objects.get().file.name
    assert Client().get(f"/media/{path}").status_code == 404
    assert Client().get("/media/../exchange.sqlite3").status_code == 404


def test_an_account_that_was_closed_is_a_visitor(
    waterhoven: MunicipalityPage, person: Callable[..., User], committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, visibility="own")
    user = person("member", "GM9901")
    client = Client()
    client.force_login(user)
    assert client.get(page.url).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(page.url).status_code == 404


@pytest.mark.django_db
def test_the_rule_never_walks_through_all_pages_for_each_contribution() -> None:
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, "wagtailcore_page")
    assert indexes[closed_pages.NAME]["columns"] == ["numchild", "depth", "path", "live"]
    if connection.vendor == "sqlite":
        plan = Contribution.objects.visible_to(VISITOR).explain()
        assert f"SEARCH U0 USING COVERING INDEX {closed_pages.NAME}" in plan
