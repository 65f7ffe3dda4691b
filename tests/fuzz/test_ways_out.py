"""Whatever text comes in, by whichever door, comes out of every way out: no error, and XML and JSON that can be read.

Text of all planes, with control characters and half surrogates, goes through a door, is placed, and is asked for as a
page, in search, as a feed, as a proposal, by the API, in mails, as a CSV, in the sitemap and in the admin.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pypdfium2
import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Comment

from exchange.accounts.models import User
from exchange.contributions.attached import Attachment
from exchange.contributions.drafts import create_draft
from exchange.contributions.models import Contribution
from exchange.importing.files import Record
from exchange.importing.run import Options, run
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from exchange.themes.models import Theme
from tests.conftest import Committed, Person
from tests.gate.world import picture
from tests.people.test_claims import SignIn, sign_in
from tests.publishing.test_card import fields
from tests.sections.test_opening import FORM

from .conftest import REQUESTS

pytestmark = pytest.mark.django_db

__all__ = ["sign_in"]

EXAMPLES = max(4, REQUESTS // 60)
# What broke something somewhere: signs that no XML holds, that end a line, that have no width, that turn around.
NASTY = st.sampled_from(
    "\x00\x01\x02\x08\x0b\x0c\x0e\x1b\x1f\x7f\x85\x9f\xad\u0301\u200b\u200d\u2028\u2029\u202e\u2066\ud800\udfff"
    "\ufdd0\ufeff\ufffe\uffff\U000e0041\U0001fffe\U0010ffff\U0001f600<>&\"'{}%=+-@;\r\n\t"
)
ANY = st.characters(exclude_categories=())
TEXT = st.text(st.one_of(NASTY, ANY, st.sampled_from("aeinz ")), min_size=1, max_size=60)

Door = Callable[[User, MunicipalityPage, str], None]


def posted(client: Client, address: str, data: Mapping[str, Any]) -> Any:
    """Post as a browser does, and what no browser would send: half surrogates too."""
    pairs = [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
    body = "&".join(f"{name}={quote(str(one).encode('utf-8', 'surrogatepass'))}" for name, one in pairs)
    response = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code < 500
    return response


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- the doors


def card(user: User, section: MunicipalityPage, text: str) -> None:
    posted(as_user(user), "/schrijven/initiatief/", fields(title=text, summary=text))


def card_as_one_goes(user: User, section: MunicipalityPage, text: str) -> None:
    posted(as_user(user), "/schrijven/bewaar/", fields(title=text, summary=text, page="", base="", once=text))


def paste(user: User, section: MunicipalityPage, text: str) -> None:
    posted(as_user(user), "/schrijven/uit-tekst/", {"text": f"Titel {text}\n\nAanpak\n{text}\n\nResultaat\n{text}"})


def editor_of_the_admin(user: User, section: MunicipalityPage, text: str) -> None:
    rich = {
        "blocks": [
            {
                "key": "a", "text": f"{text} vet", "type": "unstyled", "depth": 0, "entityRanges": [],
                "inlineStyleRanges": [{"offset": 1, "length": 3, "style": "BOLD"}],
            }
        ],
        "entityMap": {},
    }  # fmt: skip
    # With signs as they are, and behind a backslash.
    whole, escaped = json.dumps(rich, ensure_ascii=False), json.dumps(rich)
    sent = FORM | {
        "title": text, "slug": "", "summary": text, "trust": whole, "keywords": text, "themes": _theme(),
        "approach-count": "1", "approach-0-deleted": "", "approach-0-order": "0", "approach-0-type": "text",
        "approach-0-id": "", "approach-0-value": escaped, "safety_check": "done",
    }  # fmt: skip
    posted(as_user(user), f"/beheer/pages/add/initiatives/initiativepage/{section.pk}/", sent)


def model(user: User, section: MunicipalityPage, text: str) -> None:
    streams = {name: [("text", f"<p>{text}</p>")] for name in ("problem", "approach", "results")}
    values = {"title": f"T {text}", "summary": text, "trust": f"<p>{text}</p>", "keywords": [text], **streams}
    create_draft(user, InitiativePage, section, values | {"themes": Theme.objects.filter(slug="wmo")})


def imported(user: User, section: MunicipalityPage, text: str) -> None:
    values = {"municipality": "GM9901", "external_id": "1", "title": f"T {text}", "summary": text, "text": text}
    run([Record(2, values | {"themes": "wmo", "tags": text})], Options(writer=user))


def profile(user: User, section: MunicipalityPage, text: str) -> None:
    posted(as_user(user), "/account/", {"first_name": text, "last_name": text, "language": "nl"})
    posted(as_user(user), "/schrijven/initiatief/", fields(title=text, i_am_contact="on"))


def names_of_files(user: User, section: MunicipalityPage, text: str) -> None:
    """What an attachment and a picture are called, their keywords, and a remark beside the text."""
    model(user, section, text)
    collection, author = open_section(section).collection, as_user(user)
    document = Document.objects.create(title="Stuk", file=ContentFile(b"tekst", name="s.txt"), collection=collection)
    image = Image.objects.create(title="Beeld", file=picture("b.png"), collection=collection)
    sent = {"title": text, "tags": text, "collection": collection.pk}
    posted(author, f"/beheer/documents/edit/{document.pk}/", sent)
    posted(author, f"/beheer/images/{image.pk}/", sent | {"description": text})
    draft = InitiativePage.objects.get().get_latest_revision_as_object()
    draft.image = Image.objects.get(pk=image.pk)
    draft.attachments.add(Attachment(document=document, title=text))
    draft.wagtail_admin_comments.add(Comment(user=user, text=text, contentpath="title"))
    draft.save_revision(user=user)


DOORS: list[Door] = [card, card_as_one_goes, paste, editor_of_the_admin, model, imported, profile, names_of_files]
# A PDF takes a second or two: of these doors alone.
AS_PDF = frozenset({model, names_of_files})


def _theme() -> str:
    return str(Theme.objects.get(slug="wmo").pk)


# --- the ways out


def is_readable(content: bytes) -> None:
    """A page without signs that no reader sees."""
    text = content.decode("utf-8")
    assert not [sign for sign in text if (ord(sign) < 32 and sign not in "\t\r\n") or 0x7F <= ord(sign) < 0xA0]
    assert not any(sign in text for sign in "\ufffe\uffff\u202e\xad")


def xml_of(content: bytes) -> None:
    etree.fromstring(content)


def files_of(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            # An ODT has one that is empty by itself: keyboard shortcuts.
            if name.endswith((".xml", ".rels")) and archive.getinfo(name).file_size:
                xml_of(archive.read(name))


def pdf_of(content: bytes) -> None:
    """A PDF that can be opened, with text on each page. Which signs stand where is up to who reads it out."""
    with pypdfium2.PdfDocument(content) as document:
        assert len(document)
        assert all(page.get_textpage().get_text_range().strip() for page in document)


def get(client: Client, address: str, check: Callable[[bytes], object] = is_readable) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    check(response.getvalue())


def comes_out(
    page: Contribution, reader: User, keeper: User, section: MunicipalityPage, text: str, *, as_pdf: bool
) -> None:
    visitor, editor, administrator = Client(), as_user(reader), as_user(keeper)
    asked = urlencode({"q": text.encode("utf-8", "surrogatepass")[:300]})
    get(visitor, page.url or "")
    for question in ("", asked, urlencode({"q": page.title[:50]})):
        get(visitor, f"/zoeken/?{question}")
        get(visitor, f"/zoeken/feed/?{question}", xml_of)
        get(visitor, f"/api/v1/search?{question}", json.loads)
    get(visitor, f"/api/v1/suggest?{asked}", json.loads)
    get(visitor, f"/zoeken/lijkt-op/?{urlencode({'title': page.title})}")
    get(visitor, "/sitemap.xml", xml_of)
    for kind, check in {"docx": files_of, "odt": files_of, **({"pdf": pdf_of} if as_pdf else {})}.items():
        get(visitor, f"/voorstel/?initiatief={page.pk}&soort={kind}", check)
    get(editor, "/logboek/GM9901/bestand/")
    get(editor, f"/schrijven/{page.pk}/klaar/") if page.owner_id == reader.pk else None
    get(administrator, f"/beheer/pages/{section.pk}/")
    get(administrator, f"/beheer/pages/search/?{urlencode({'q': page.title[:20]})}")
    get(administrator, f"/beheer/pages/{page.pk}/history/")
    get(administrator, f"/beheer/pages/{page.pk}/edit/")
    get(administrator, "/beheer/documents/")
    get(administrator, "/beheer/images/")
    for message in mail.outbox:
        assert message.message().as_bytes()
        is_readable(f"{message.subject}{message.body}".encode())


def place(page: InitiativePage, author: User, editor: User) -> None:
    """What the writer lacked is filled in, and a colleague places it."""
    draft = page.get_latest_revision_as_object()
    draft.summary = draft.summary or "Kort."
    draft.themes.set(draft.theme_list() or list(Theme.objects.filter(slug="wmo")))
    draft.safety_check = "done"
    draft.confirm(draft.findings())
    draft.save_revision(user=author)
    page.refresh_from_db()
    reading.offer(page, author)
    page.refresh_from_db()
    state, revision = page.current_workflow_task_state, page.latest_revision_id
    reading.answer(state, editor, approve=True, revision=revision, comment=page.title)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_comes_in_comes_out(
    door: Door, waterhoven: MunicipalityPage, person: Person, committed: Committed
) -> None:
    author, editor, keeper = person("author", "GM9901"), person("editor", "GM9901"), person("administrator")
    placed = []

    @settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(text=TEXT)
    def through(text: str) -> None:
        mail.outbox.clear()
        Contribution.objects.all().delete()
        with committed():
            door(author, waterhoven, text)
            # What is left of it may be nothing: then the form says so.
            made = InitiativePage.objects.first()
            if made is None:
                return
            place(made, author, editor)
        page = InitiativePage.objects.get(pk=made.pk)
        comes_out(page, editor, keeper, waterhoven, text, as_pdf=door in AS_PDF)
        placed.append(page.pk)

    through()
    assert placed


def test_what_a_provider_says_of_somebody_comes_out(sign_in: SignIn, person: Person) -> None:
    """A name and an address as OpenID Connect brings them: on the account, in the list of people and in its file."""
    keeper = as_user(person("administrator"))
    seen = []

    @settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(text=TEXT, number=st.integers(min_value=1, max_value=10**9))
    def through(text: str, number: int) -> None:
        says = {"sub": str(number), "name": text, "given_name": text, "family_name": text, "preferred_username": text}
        for address in (f"n{number}@waterhoven.example", text):
            request, _response = sign_in({"userinfo": says | {"email": address}}, email_claim="preferred_username")
            if not isinstance(request.user, User):
                continue
            member = as_user(request.user)
            for page in ("/account/", "/account/gegevens/"):
                assert member.get(page).status_code < 500
            get(keeper, "/mensen/GM9901/")
            seen.append(request.user.pk)

    through()
    assert seen
