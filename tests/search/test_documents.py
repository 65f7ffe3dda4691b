"""Attachments: what stands in them is found, and whatever is in them harms nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from io import StringIO

import docx
import odfdo
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter
from wagtail.documents import get_document_model

from exchange.contributions.attached import Attachment, DocumentText
from exchange.contributions.documents import UnreadableError, read_document
from exchange.dashboard.to_do import to_do
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search import extraction
from tests.conftest import Committed, Person
from tests.contributions import making
from tests.factories import InitiativeFactory

SENTENCE = "Draaiboek met een checklist voor de kookplaten."


def a_docx() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(SENTENCE)
    made.save(out)
    return out.getvalue()


def an_odt() -> bytes:
    made, out = odfdo.Document("text"), io.BytesIO()
    made.body.append(odfdo.Paragraph(SENTENCE))
    made.save(out)
    return out.getvalue()


def a_pdf() -> bytes:
    """The smallest PDF with a line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({SENTENCE}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def an_encrypted_pdf() -> bytes:
    writer, out = PdfWriter(io.BytesIO(a_pdf())), io.BytesIO()
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 250_000_000)
    return out.getvalue()


@pytest.mark.parametrize(("make", "extension"), [(a_docx, "docx"), (an_odt, "odt"), (a_pdf, "pdf")])
def test_the_text_of_a_document_is_read(make: Callable[[], bytes], extension: str) -> None:
    assert [line.text for line in read_document(make(), extension).lines] == [SENTENCE]


@pytest.mark.parametrize(
    ("content", "extension", "says"),
    [
        (b"%PDF-1.4 this is no document", "pdf", "kapot"),
        (b"", "docx", "kapot"),
        (b"PK\x03\x04 nothing more", "odt", "kapot"),
        (an_encrypted_pdf(), "pdf", "wachtwoord"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"locked", "docx", "wachtwoord"),
        (a_bomb(), "docx", "te groot"),
    ],
    ids=["broken pdf", "empty docx", "broken odt", "encrypted pdf", "encrypted docx", "zip bomb"],
)
def test_a_document_that_cannot_be_read_says_why(content: bytes, extension: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_document(content, extension)


def attach(page: InitiativePage, content: bytes, name: str) -> None:
    document = get_document_model().objects.create(title="Draaiboek", file=ContentFile(content, name=name))
    Attachment.objects.create(contribution=page, document=document)


def work() -> None:
    call_command("search_index", "push", stdout=StringIO())


def test_what_stands_in_an_attachment_is_found_and_the_hit_names_it(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Koken met elkaar")
    attach(page, a_docx(), "draaiboek.docx")
    with committed():
        work()
    result = Client().get("/api/v1/search", {"q": "kookplaat"}).json()["results"][0]
    assert result["title"] == "Koken met elkaar"
    assert "<mark>kookplaten</mark>" in result["highlights"][0]
    assert "In de bijlage: Draaiboek" in Client().get("/zoeken/", {"q": "kookplaat"}).content.decode()


def test_an_attachment_of_what_somebody_may_not_read_is_not_found(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, visibility="own")
    attach(page, a_docx(), "draaiboek.docx")
    with committed():
        work()
    assert Client().get("/api/v1/search", {"q": "kookplaat"}).json()["count"] == 0


def test_a_broken_document_is_told_to_who_may_mend_it_and_not_tried_again(
    waterhoven: MunicipalityPage, committed: Committed, person: Person
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Koken met elkaar")
    attach(page, b"nothing", "kapot.pdf")
    with committed():
        work()
    assert DocumentText.objects.get().text == ""
    assert extraction.extract_pending() == 0
    told = to_do(person("editor", "GM9901")).unread
    assert [one.page.title for one in told] == ["Koken met elkaar"]
    assert "kapot" in told[0].lacks
    assert Client().get("/api/v1/search", {"q": "koken"}).json()["count"] == 1


def test_a_new_version_of_a_document_is_read_again(waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven)
    attach(page, b"nothing", "draaiboek.docx")
    work()
    document = get_document_model().objects.get()
    document.file = ContentFile(a_docx(), name="draaiboek.docx")
    document.file_hash = ""
    document._set_document_file_metadata()
    document.save()
    with committed():
        work()
    assert Client().get("/api/v1/search", {"q": "kookplaat"}).json()["count"] == 1


def a_scan() -> bytes:
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_told_wherever_its_writer_looks_and_to_nobody_else(
    waterhoven: MunicipalityPage, committed: Committed, person: Person
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Koken met elkaar")
    attach(page, a_scan(), "scan.pdf")
    with committed():
        work()
    client = Client()
    client.force_login(person("editor", "GM9901"))
    for address in (page.url, reverse("writing"), reverse("wagtailadmin_pages:edit", args=[page.pk])):
        assert "waarschijnlijk is het een scan" in client.get(address).content.decode(), address
    assert "scan" not in Client().get(page.url).content.decode().replace("scan.pdf", "").replace("/scan", "")


def test_of_an_attachment_that_is_too_long_the_beginning_is_found_and_its_writer_is_told(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven)
    attach(page, making.a_docx(making.par(making.run(SENTENCE)) * 21_000), "lang.docx")
    with committed():
        work()
    assert Client().get("/api/v1/search", {"q": "kookplaat"}).json()["count"] == 1
    assert "meer dan" in DocumentText.objects.get().problem
