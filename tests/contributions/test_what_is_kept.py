"""What is uploaded: nothing of it runs, fetches or hides, it names no maker, and it is there whole or not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.comments import Comment
from wagtail.documents.models import Document
from wagtail.models import UploadedFile

from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section

from .making import a_pdf, kept, packed

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
NAME = "Noor Verzonnen"


def word(body: str = "", **parts: str) -> dict[str, str]:
    return {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"} | parts


def relation(kind: str, target: str = "x", mode: str = "") -> str:
    mode = f' TargetMode="{mode}"' if mode else ""
    said = f'Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}'
    return f'<Relationships xmlns="x"><Relationship {said}/></Relationships>'


def related(*said: str, of: str = "word/_rels/document.xml.rels") -> dict[str, str]:
    return {of: relation(*said)}


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def odf(body: str) -> dict[str, str]:
    return {"content.xml": f"<office:document-content {ODF}>{body}</office:document-content>"}


REFUSED = [
    ("docx", word() | {"word/vbaProject.bin": "x"}, "macro"),
    ("docx", word() | related("vbaProject", "programma.bin"), "macro"),
    ("docx", word() | {"[Content_Types].xml": '<Types xmlns="x"><Override PartName="/a" ContentType="application/'
                       'vnd.ms-word.document.macroEnabled.main+xml"/></Types>'}, "macro"),
    ("docx", word() | related("oleObject", "anders.bin"), "ander bestand"),
    ("docx", word() | related("oleObject", "file:///x", "External"), "ander bestand"),
    ("docx", word() | {"word/embeddings/a.bin": "x"}, "ander bestand"),
    ("docx", word() | {"WORD/Embeddings/a.xlsx": "x"}, "ander bestand"),
    ("docx", word() | related("package", "b.xlsx"), "ander bestand"),
    ("docx", word() | related("aFChunk", "b.html"), "ander bestand"),
    ("docx", word() | related("attachedTemplate", "https://elders.example/s.dotm", "External"), "andere plek"),
    ("docx", word() | related("attachedTemplate", "file://elders.example/s.dotm", "External"), "andere plek"),
    ("docx", word() | related("attachedTemplate", "\\\\elders.example\\s.dotm", "External"), "andere plek"),
    ("docx", word() | related("image", "https://elders.example/s.png", "External"), "andere plek"),
    ("docx", word() | related("frame", "https://elders.example/", "External"), "andere plek"),
    ("docx", word() | related("frame", "elders.docx"), "andere plek"),
    ("docx", word() | related("hyperlink", "x") | related("image", "//elders.example/a", "external",
                                                          of="word/_rels/header1.xml.rels"), "andere plek"),
    ("docx", word(field("DDEAUTO c:\\\\windows cmd")), "veld"),
    ("docx", word(field(" DD", "E excel")), "veld"),
    ("docx", word(field("includetext ", "https://elders.example/a.docx")), "veld"),
    ("docx", word('<w:fldSimple w:instr=" INCLUDEPICTURE x "/>'), "veld"),
    ("docx", word() | {"word/footer1.xml": f"<w:ftr {WORD}>{field('DDE x')}</w:ftr>"}, "veld"),
    ("docx", word("<w:object/>"), "ander bestand"),
    ("docx", word("<w:p>"), "kapot"),
    ("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"}, "macro"),
    ("xlsx", related("xlMacrosheet", "blad.xml", of="xl/_rels/workbook.xml.rels"), "macro"),
    ("xlsx", related("xlIntlMacrosheet", "blad.xml", of="xl/_rels/workbook.xml.rels"), "macro"),
    ("xlsx", {"xl/externalLinks/externalLink1.xml": "<x/>"}, "andere plek"),
    ("xlsx", related("connections", "c.xml", of="xl/_rels/workbook.xml.rels"), "andere plek"),
    ("xlsx", {"xl/activeX/a.bin": "x"}, "ander bestand"),
    ("pptx", {"ppt/slides/slide1.xml": '<p xmlns="x"><a action="ppaction://program"/></p>'}, "programma start"),
    ("pptx", related("video", "https://elders.example/f.mp4", "External", of="ppt/slides/_rels/slide1.xml.rels"),
     "andere plek"),
    ("pptx", {"ppt/embeddings/o.bin": "x"}, "ander bestand"),
    ("odt", odf("") | {"Basic/Standard/script-lb.xml": "<x/>"}, "macro"),
    ("odt", odf('<draw:object-ole xlink:href="./Object 1"/>'), "ander bestand"),
    ("odt", odf("") | {"Object 1": "x"}, "ander bestand"),
    ("odt", odf('<draw:plugin xlink:href="x"/>'), "ander bestand"),
    ("odt", odf('<draw:floating-frame xlink:href="https://elders.example"/>'), "andere plek"),
    ("odt", odf('<draw:image xlink:href="https://elders.example/p.png"/>'), "andere plek"),
    ("odt", odf('<text:section-source xlink:href="../geheim.odt"/>'), "andere plek"),
    ("odt", odf('<text:dde-connection-decl office:dde-application="soffice"/>'), "veld"),
    ("odt", odf('<script:event-listener xlink:href="vnd.sun.star.script:x?language=Basic"/>'), "macro"),
    ("ods", odf('<table:table-source xlink:href="file:///geheim.ods"/>'), "andere plek"),
    ("ods", odf('<office:dde-source office:dde-application="x"/>'), "veld"),
    ("odp", odf('<presentation:event-listener presentation:action="execute" xlink:href="cmd"/>'), "programma start"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "parts", "why"), REFUSED)
def test_what_runs_fetches_or_hides_is_refused_with_what_to_do(ending: str, parts: dict[str, str], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        kept(f"plan.{ending}", packed(parts))


ORDINARY = [
    ("docx", word(field(' PAGE \\* MERGEFORMAT') + field(' HYPERLINK "https://elders.example"')
                  + field(' TOC \\o "1-3" ') + "<w:t>DDE LINK OLE</w:t>")
     | related("hyperlink", "https://elders.example", "External")),
    ("docx", word() | related("attachedTemplate", "file:///C:\\Sjablonen\\Huisstijl.dotx", "External")),
    ("docx", word() | related("attachedTemplate", "Normal.dotm", "External")),
    ("xlsx", related("hyperlink", "mailto:team@waterhoven.example", "External", of="xl/worksheets/_rels/s.xml.rels")),
    ("odt", odf('<text:a xlink:type="simple" xlink:href="https://elders.example">x</text:a>'
                '<draw:image xlink:href="Pictures/a.png"/><draw:object xlink:href="./Object 1"/>')
     | {"Object 1/content.xml": "<x/>"}),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "parts"), ORDINARY)
def test_what_is_ordinary_is_kept_byte_for_byte(ending: str, parts: dict[str, str]) -> None:
    content = packed(parts)
    assert kept(f"plan.{ending}", content) == content


def with_action(action: str, at: str = "/OpenAction") -> bytes:
    document = pikepdf.open(io.BytesIO(a_pdf([[(72, 700, 12, "Inloop")]])))
    document.Root[at] = pikepdf.Object.parse(action.encode())
    out = io.BytesIO()
    # Packed, as real ones are: nothing of it can be read in the bytes.
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def pdf_with_file() -> bytes:
    document = pikepdf.open(io.BytesIO(a_pdf([[(72, 700, 12, "Inloop")]])))
    document.attachments["lijst.txt"] = b"geheim"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (with_action("<< /S /JavaScript /JS (app.alert(1)) >>"), "programma in"),
        (with_action("<< /Names [(a) << /S /JavaScript /JS (x) >>] >>", "/Iets"), "programma in"),
        (with_action("<< /S /Launch /F (cmd.exe) >>"), "programma start"),
        (with_action("[<< /O << /S /Launch /F (cmd.exe) >> >>]", "/Iets"), "programma start"),
        (with_action("<< /Type /Annot /Subtype /RichMedia >>", "/Iets"), "programma in"),
        (pdf_with_file(), "andere bestanden"),
        (b"%PDF-1.4 iets", "kapot"),
    ],
)
def test_a_pdf_that_runs_starts_or_holds_something_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        kept("plan.pdf", content)


def test_an_ordinary_pdf_is_kept_byte_for_byte() -> None:
    link = with_action("<< /S /URI /URI (https://elders.example) >>")
    assert kept("plan.pdf", link) == link


# --- who made it


def made_by_somebody() -> Iterator[tuple[str, bytes]]:
    out = io.BytesIO()
    text = docx.Document()
    run = text.add_paragraph("Inloop").runs[0]
    text.add_comment([run], "Klopt dit?", author=NAME, initials="NV")
    text.core_properties.author = text.core_properties.last_modified_by = NAME
    text.save(out)
    yield "docx", out.getvalue()
    out, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Inloop"
    sheet["A1"].comment = Comment("Klopt dit?", NAME)
    book.properties.creator = book.properties.lastModifiedBy = NAME
    book.save(out)
    yield "xlsx", out.getvalue()
    note = f"<office:annotation><dc:creator>{NAME}</dc:creator><text:p>Klopt dit?</text:p></office:annotation>"
    about = f"<meta:initial-creator>{NAME}</meta:initial-creator><dc:creator>{NAME}</dc:creator>"
    about += f'<meta:user-defined meta:name="Behandelaar">{NAME}</meta:user-defined>'
    meta = f"<office:document-meta {ODF}><office:meta>{about}</office:meta></office:document-meta>"
    yield "odt", packed(odf(f"<text:p>Inloop{note}</text:p>") | {"meta.xml": meta})
    struck = f'<w:ins w:id="1" w:author="{NAME}"><w:r><w:t>Inloop</w:t></w:r></w:ins>'
    app = f'<Properties xmlns="x"><Company>{NAME}</Company><Manager>{NAME}</Manager></Properties>'
    people = f'<w:people {WORD}><w:person w:author="{NAME}"/></w:people>'
    yield "docx", packed(word(struck) | {"docProps/app.xml": app, "word/people.xml": people})
    authors = f'<p:cmAuthorLst xmlns:p="x"><p:cmAuthor id="0" name="{NAME}" initials="NV"/></p:cmAuthorLst>'
    yield "pptx", packed({"ppt/commentAuthors.xml": authors, "ppt/slides/slide1.xml": "<x>Inloop</x>"})
    document = pikepdf.open(io.BytesIO(a_pdf([[(72, 700, 12, "Inloop")]])))
    document.docinfo["/Author"] = NAME
    with document.open_metadata() as said:
        said["dc:creator"] = [NAME]
    remark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=NAME, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = document.make_indirect(pikepdf.Array([remark]))
    out = io.BytesIO()
    document.save(out)
    yield "pdf", out.getvalue()


def all_of(ending: str, content: bytes) -> bytes:
    if ending == "pdf":
        document = pikepdf.open(io.BytesIO(content))
        out = io.BytesIO()
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        return out.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return b"\n".join(file.read(name) for name in file.namelist())


@pytest.mark.parametrize(("ending", "content"), list(made_by_somebody()))
def test_who_made_it_and_who_commented_is_taken_out_and_the_text_stays(ending: str, content: bytes) -> None:
    assert NAME.encode() in all_of(ending, content)
    after = all_of(ending, kept(f"plan.{ending}", content))
    assert NAME.encode() not in after
    assert b"Inloop" in after
    if ending == "docx" and b"Klopt" in after:
        assert docx.Document(io.BytesIO(kept("plan.docx", content))).paragraphs[0].text == "Inloop"


def test_what_is_signed_stays_as_it_is() -> None:
    signed = packed(word(f'<w:ins w:author="{NAME}"/>') | {"_xmlsignatures/sig1.xml": "<x/>"})
    assert kept("plan.docx", signed) == signed


# --- at every door


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/beheer/documents/add/", "file"),
        ("/beheer/documents/multiple/add/", "files[]"),
        ("/beheer/documents/chooser/create/", "document-chooser-upload-file"),
    ],
)
def test_every_door_of_documents_looks_inside_and_cleans(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], address: str, name: str
) -> None:
    client, collection = signed_in("author", "GM9901"), open_section(waterhoven).collection
    prefix = name.removesuffix("file") if name != "files[]" else ""

    def send(content: bytes) -> Any:
        about = {f"{prefix}title": "Plan", f"{prefix}collection": collection.pk}
        form = about | {name: SimpleUploadedFile("plan.docx", content)}
        return client.post(address, form, headers={"X-Requested-With": "XMLHttpRequest"})

    assert (
        "andere plek"
        in send(packed(word() | related("image", "https://elders.example/a", "External"))).content.decode()
    )
    assert not Document.objects.exists()
    send(packed(word(f'<w:ins w:author="{NAME}"/>')))
    stored = Document.objects.get()
    with stored.file.open("rb") as file:
        content = file.read()
    assert NAME.encode() not in all_of("docx", content)
    assert (stored.file_size, stored.file_hash != "") == (len(content), True)


@pytest.mark.django_db
def test_a_document_that_waits_for_its_form_names_no_maker_either(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    client, collection = signed_in("author", "GM9901"), open_section(waterhoven).collection
    file = SimpleUploadedFile("plan.docx", packed(word(f'<w:ins w:author="{NAME}"/>')))
    form = {"title": "x" * 300, "collection": collection.pk, "files[]": file}
    client.post("/beheer/documents/multiple/add/", form, headers={"X-Requested-With": "XMLHttpRequest"})
    with UploadedFile.objects.get().file.open("rb") as waiting:
        assert NAME.encode() not in all_of("docx", waiting.read())
