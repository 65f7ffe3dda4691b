"""Can somebody at a municipality find her new town, its contacts or our search trail? No.

A member of Waterhoven looks for what is at Veldersloot about violence, as somebody with a role and at every address
that answers questions. What is seen by design is asserted too: docs/security.md says why.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.auditing.models import Act, AuditEntry
from exchange.contributions.attached import Attachment
from exchange.contributions.choices import Readers, Visibility
from exchange.contributions.documents import read_document
from exchange.following.digest import send_digests, week_of
from exchange.following.models import Follow, FollowKind, ListItem, ReadingList
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from search import log
from search.models import Entry
from tests.conftest import Committed, Person
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory
from tests.gate.world import picture
from tests.publishing.conftest import client_for, write

pytestmark = pytest.mark.django_db
# Who looks is of the first, what is looked for is at the second.
A, B = "GM9901", "GM9910"
THEME = "vrouwenopvang"
ROLES = ["member", "author", "editor"]


@dataclass
class World:
    """What there is at the other municipality: by what it is, the page, and the word that nobody may learn."""

    section: MunicipalityPage
    maker: User
    pages: dict[str, Any] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def hidden_words(self, but: str = "") -> list[str]:
        return [secret(what) for what in (*self.pages, "list", "file", "picture") if what not in {but, "shared"}]


def secret(what: str) -> str:
    return f"zwijg{what}q"


def sought(what: str) -> str:
    """What is looked for with: a page repeats what was asked."""
    return f"vind{what}x"


@pytest.fixture
def world(veldersloot: MunicipalityPage, waterhoven: MunicipalityPage, person: Person, committed: Committed) -> World:
    with committed():
        made = World(veldersloot, person("editor", B))
        about: dict[str, Any] = {"parent": veldersloot, "themes": [THEME], "owner": made.maker}

        def words(what: str) -> dict[str, Any]:
            word = secret(what)
            return {"title": f"{word} {sought(what)}", "summary": word, "keywords": [word], "slug": word}

        own, editors = {"visibility": Visibility.OWN}, {"limited_to": Readers.EDITORS}
        pages = made.pages
        pages["own"] = InitiativeFactory(**about, **words("own"), **own)
        pages["draft"] = LessonFactory(**about, **words("draft"), published=False)
        pages["waiting"] = InitiativeFactory(**about, **words("waiting"), published=False)
        pages["owncontact"] = ContactFactory(**about, **words("owncontact"), **own, person_name=secret("owncontact"))
        pages["limited"] = ContactFactory(
            **about, **words("limited"), **editors, person_name=secret("limited"), phone="000 000 00 01"
        )
        pages["down"] = InitiativeFactory(**about, **words("down"))
        pages["shared"] = ContactFactory(**about, **words("shared"), person_name=secret("shared"))
        # What is for all names the contact that is not.
        pages["open"] = InitiativeFactory(
            parent=veldersloot, themes=[THEME], title="Opvang", slug="opvang", contact=pages["limited"]
        )
        Redirect.add_redirect("/oude-opvang", pages["down"])
        files(made)
    with committed():
        pages["down"].unpublish()
        write(pages["waiting"], made.maker)
        reading.offer(Page.objects.get(pk=pages["waiting"].pk).specific, made.maker)
        kept = ReadingList.objects.create(owner=made.maker, title=secret("list"))
        ListItem.objects.create(reading_list=kept, contribution=pages["open"])
        made.addresses.append(reverse("reading_list", args=[kept.pk]))
    del pages["open"]
    return made


def files(made: World) -> None:
    collection = open_section(made.section).collection
    document = Document.objects.create(
        title=secret("file"), file=ContentFile(b"x", name=f"{secret('file')}.txt"), collection=collection
    )
    image = Image.objects.create(
        title=secret("picture"), file=picture(f"{secret('picture')}.png"), collection=collection
    )
    page = made.pages["own"]
    page.image = image
    page.save_revision().publish()
    Attachment.objects.create(contribution=page, document=document)
    made.addresses += [reverse("wagtaildocs_serve", args=[document.pk, document.filename]), image.file.url]


def addresses(world: World) -> Iterator[str]:
    """Every address that answers a question about the other municipality, its pages, files, lists and people."""
    yield from ("/", "/oude-opvang/", "/sitemap.xml", "/lijsten/", "/volgen/", "/themas/", f"/themas/{THEME}/")
    yield from (str(world.section.url), f"/mensen/{B}/", f"/logboek/{B}/", f"/logboek/{B}/bestand/", "/logboek/")
    yield from (
        f"/gemeenten-zoals/{B}/",
        f"/onze-bijdrage/{B}/2026/",
        "/account/gegevens/",
        "/schrijven/",
        "/meelezen/",
    )
    yield from world.addresses
    for query in (f"thema={THEME}", f"gemeente={B}", "q=opvang", "q=geweld"):
        yield from (f"/zoeken/?{query}", f"/api/v1/search?{query}", f"/zoeken/feed/?{query}")
    for what, page in world.pages.items():
        yield from (f"/zoeken/?q={sought(what)}", f"/api/v1/search?q={sought(what)}", f"/zoeken/feed/?q={sought(what)}")
        yield from (f"/api/v1/suggest?q={sought(what)[:6]}", f"/zoeken/lijkt-op/?title=opvang {sought(what)}")
        yield from (f"/pagina/{page.pk}/", str(page.url), f"/schrijven/{page.pk}/", f"/schrijven/{page.pk}/klaar/")
        yield from (f"/vergelijk/?p={page.pk}", f"/vergelijk/?initiatief={page.pk}", f"/voorstel/?p={page.pk}")
        yield from (f"/toepassingen/{page.pk}/", f"/toepassing/nieuw/{page.pk}/", f"/toets/{page.pk}/")
        yield from (f"/meelezen/{page.pk}/", f"/meelezen/{page.pk}/kijk/", f"/lijsten/erbij/{page.pk}/")
    for place in ("", "pages/", "documents/", "images/", "pages/search/?q=zwijg", "aanspreekpunten/", "initiatieven/"):
        yield f"/beheer/{place}"
    yield from ("/beheer/searchedquestion/", "/beheer/reports/site-history/", "/beheer/choose-page/search/?q=zwijg")


def told_to(client: Client, address: str) -> str:
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    return (body.decode("utf-8", "replace") + str(dict(response.headers))).lower()


@pytest.mark.parametrize("role", ROLES)
def test_who_looks_from_elsewhere_finds_nothing_that_is_hidden(world: World, person: Person, role: str) -> None:
    client = client_for(person(role, A))
    # An editor elsewhere reads what is limited to editors: that is what the section chose.
    words = world.hidden_words(but="limited" if role == "editor" else "")
    told = [
        (address, word) for address in addresses(world) for text in [told_to(client, address)] for word in words
        if word in text.replace(address.lower(), "")
    ]  # fmt: skip
    assert told == []


def test_the_same_addresses_tell_it_to_who_may_know(world: World) -> None:
    """The probe itself: who is of the municipality finds what is not found from elsewhere."""
    client = client_for(world.maker)
    found = {
        what for what in (*world.pages, "list", "file")
        for address in addresses(world) if secret(what) in told_to(client, address).replace(address.lower(), "")
    }  # fmt: skip
    assert found >= {"own", "owncontact", "limited", "shared", "list", "file", "draft", "waiting"}


@pytest.mark.parametrize("role", ["member", "author"])
def test_no_count_gives_away_what_is_hidden(world: World, person: Person, role: str) -> None:
    client = client_for(person(role, A))
    seen = client.get("/api/v1/search", {"theme": THEME}).json()
    # The shared contact and the open initiative.
    assert seen["count"] == 2
    assert {
        one["count"] for facet in seen["facets"].values() for one in facet if one["value"] in {THEME, B}
    } <= {2}  # fmt: skip


def test_what_is_limited_to_a_role_is_in_no_index_for_nobody(world: World) -> None:
    assert not Entry.objects.filter(page_id=world.pages["limited"].pk, is_listed=True).exists()
    assert secret("limited") not in told_to(client_for(world.maker), f"/api/v1/search?q={sought('limited')}")


@pytest.mark.parametrize(
    ("role", "limit", "reads"),
    [
        ("member", Readers.ALL, True), ("member", Readers.WRITERS, False), ("member", Readers.EDITORS, False),
        ("author", Readers.WRITERS, True), ("author", Readers.EDITORS, False),
        ("editor", Readers.WRITERS, True), ("editor", Readers.EDITORS, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [A, B])
def test_a_section_limits_a_contact_to_a_role(
    world: World, person: Person, role: str, limit: Readers, reads: bool, place: str
) -> None:
    contact = world.pages["shared"]
    contact.limited_to = limit
    contact.save()
    client = client_for(person(role, place))
    assert (client.get(contact.url).status_code == 200) is reads
    assert (secret("shared") in told_to(client, f"/themas/{THEME}/")) is reads
    assert Client().get(contact.url).status_code == 404


def test_what_is_for_everybody_and_limited_to_a_role_is_for_no_visitor(world: World) -> None:
    contact = world.pages["limited"]
    contact.visibility = Visibility.PUBLIC
    contact.save()
    assert Client().get(contact.url).status_code == 404


def test_no_weekly_mail_names_what_is_hidden(world: World, person: Person, committed: Committed) -> None:
    user = person("editor", A)
    for kind, value in ((FollowKind.MUNICIPALITY, B), (FollowKind.THEME, THEME), (FollowKind.SEARCH, "q=opvang")):
        Follow.objects.create(user=user, kind=kind, value=value)
    with committed():
        assert send_digests(week_of(timezone.localdate() + datetime.timedelta(days=7))) == 1
    said = "".join(str(one.body) for one in mail.outbox if one.to == [user.email])
    assert "Opvang" in said
    assert [word for word in world.hidden_words() if word in said.lower()] == []


@pytest.mark.parametrize("role", ["member", "author", "editor"])
def test_what_colleagues_asked_is_shown_to_no_municipality(world: World, person: Person, role: str) -> None:
    log.note("zwijgende vraag", 0, by_member=True)
    client = client_for(person(role, A))
    for address in ("/beheer/searchedquestion/", "/account/gegevens/", f"/logboek/{B}/", "/api/v1/suggest?q=zwijgende"):
        assert "zwijgende vraag" not in told_to(client, address)


# --- what is seen, by design


def test_what_members_share_is_read_by_members_and_by_no_visitor(world: World, person: Person) -> None:
    contact = world.pages["shared"]
    assert secret("shared") in told_to(client_for(person("member", A)), contact.url)
    assert Client().get(contact.url).status_code == 404


def reads_of(contact: Any) -> list[tuple[int | None, str]]:
    noted = AuditEntry.objects.filter(page_id=contact.pk, action=Act.PERSON_READ)
    return list(noted.values_list("who", "municipality"))


def test_the_section_sees_in_its_log_who_of_elsewhere_read_how_to_reach_a_person(
    world: World, person: Person, signed_in: Callable[..., Client]
) -> None:
    contact, reader = world.pages["shared"], person("member", A)
    client = client_for(reader)
    for _ in range(3):
        client.get(contact.url)
    assert reads_of(contact) == [(reader.pk, B)]
    assert reader.email in client_for(world.maker).get(f"/logboek/{B}/bestand/").content.decode("utf-8-sig")
    # Who works there, and what names nobody, is nobody's business.
    signed_in("member", B).get(contact.url)
    nameless = ContactFactory(parent=world.section, title="Loket", person_name="")
    client.get(nameless.url)
    assert len(reads_of(contact)) == 1
    assert reads_of(nameless) == []


def _said(content: bytes) -> str:
    """A page, or the text of a document."""
    if not content.startswith(b"PK"):
        return content.decode()
    return "\n".join(line.text for line in read_document(content, "docx").lines)


def test_it_is_noted_too_where_another_page_or_a_proposal_shows_how_to_reach_her(world: World, person: Person) -> None:
    contact = world.pages["shared"]
    contact.phone = "000 000 00 00"
    contact.save()
    initiative = InitiativeFactory(parent=world.section, contact=contact)
    for address in (world.section.url, f"/voorstel/?initiatief={initiative.pk}&soort=docx"):
        for where, reader in ((A, person("member", A)), (B, person("member", B))):
            client = client_for(reader)
            for _ in range(2):
                assert contact.phone in _said(client.get(address).content), address
            assert ((reader.pk, B) in reads_of(contact)) is (where == A)
    assert len(reads_of(contact)) == 2
    # A page of a section that shows nobody notes nobody.
    hidden = ContactFactory(parent=world.section, title="Stil", phone="000 000 00 00", published=False)
    assert reads_of(hidden) == []


def test_a_visitor_costs_no_row(world: World) -> None:
    contact = world.pages["shared"]
    contact.visibility = Visibility.PUBLIC
    contact.save()
    before = AuditEntry.objects.count()
    assert Client().get(contact.url).status_code == 200
    assert AuditEntry.objects.count() == before
