"""A document that is a trap harms nobody, and its writer hears which limit was met."""

from __future__ import annotations

import time
import zlib

import pytest

from exchange.contributions.documents import DocumentLines, UnreadableError, read_document

from .making import a_docx, a_pdf, an_odt, packed, par, run, text_p, written

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


def a_heavy_pdf() -> bytes:
    """A page that takes 300 MB to draw."""
    drawn = zlib.compress(b"0 0 m 1 1 l S\n" * 22_000_000, 9).decode("latin-1")
    return written(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
            f"<< /Length {len(drawn)} /Filter /FlateDecode >>\nstream\n{drawn}\nendstream",
        ]
    )


@pytest.mark.parametrize(
    ("content", "extension", "says"),
    [
        (a_docx(par(run("a")) * 50_000), "docx", "meer dan 20.000 alinea's"),
        (an_odt(text_p("a") * 50_000), "odt", "meer dan 20.000 alinea's"),
        (a_docx(par(run("woord " * 50_000))), "docx", "meer dan 200.000 tekens"),
        (an_odt(text_p('<text:s text:c="99999999"/>' * 50_000)), "odt", "meer dan 200.000 tekens"),
        (a_docx("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500), "docx", "te ingewikkeld"),
        (an_odt("<text:section>" * 5_000 + "</text:section>" * 5_000), "odt", "te ingewikkeld"),
        (a_docx(par("<w:r/>" * 510_000)), "docx", "te ingewikkeld"),
        (a_pdf([[(60, 700, 11, "Een zin.")]] * 600), "pdf", "meer dan 500 bladzijden"),
    ],
    ids=[
        "docx paragraphs",
        "odt paragraphs",
        "docx characters",
        "odt spaces",
        "docx deep",
        "odt deep",
        "runs",
        "pages",
    ],
)
def test_which_limit_was_met_is_told_and_what_came_before_is_kept(content: bytes, extension: str, says: str) -> None:
    assert says in read_document(content, extension).cut


@pytest.mark.parametrize(
    ("content", "extension", "says"),
    [
        (packed({"content.xml": f"{ENTITIES}]><a>&i;</a>"}), "odt", "kapot"),
        (packed({"_rels/.rels": f"{ENTITIES}]><a>&i;</a>"}), "docx", "kapot"),
        (packed({"content.xml": f"{ENTITIES}]><a>&a;</a>"}), "odt", "kapot"),
        (packed({"content.xml": " " * 40_000_000}), "odt", "uitpakken te groot"),
        (packed({"content.xml": "<a>"}), "odt", "kapot"),
        (packed({"something": "else"}), "docx", "kapot"),
        (a_heavy_pdf(), "pdf", "te veel om te lezen"),
    ],
    ids=["odt entities", "docx entities", "a doctype", "odt unpacked", "half odt", "no docx", "heavy pdf"],
)
def test_what_cannot_be_read_says_why_within_its_time(content: bytes, extension: str, says: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableError, match=says):
        read_document(content, extension)
    assert time.monotonic() - started < 21


def test_a_pdf_with_pages_that_are_pictures_says_so() -> None:
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 8 0 R /Resources << /XObject << /I 9 0 R >> >> >>"
    )
    words = "BT /F1 9 Tf 9 700 Td (Een zin.) Tj ET"
    content = written(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            "/Resources << /Font << /F1 6 0 R >> >> >>",
            page,
            f"<< /Length {len(words)} >>\nstream\n{words}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "null",
            "<< /Length 22 >>\nstream\nq 9 0 0 9 0 0 cm /I Do Q\nendstream",
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
            "/BitsPerComponent 8 /Length 1 >>"
            "\nstream\nx\nendstream",
        ]
    )
    read = read_document(content, "pdf")
    assert [line.text for line in read.lines] == ["Een zin."]
    assert "plaatje" in read.note
    assert not read.cut


def test_what_comes_out_is_clean() -> None:
    content = a_docx(par(run("Cafe\u0301\u200b \u202ekoffie\ufeff\u00ad kar\u2028")))
    assert read_document(content, "docx") == DocumentLines(
        read_document(a_docx(par(run("Café koffie kar"))), "docx").lines
    )


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("Café Zoë\r\n\r\ntaal- en zwemles".encode("cp1252"), ["Café Zoë", "taal- en zwemles"]),
        ("\ufeffeen\x00\ntwee".encode("utf-16"), ["een", "twee"]),
        (b"", []),
    ],
    ids=["windows", "wide", "empty"],
)
def test_a_file_of_text_is_read_line_by_line_in_its_own_encoding(content: bytes, lines: list[str]) -> None:
    assert [line.text for line in read_document(content, "txt").lines] == lines


def test_what_only_calls_itself_text_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="kapot"):
        read_document(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff\x00", "txt")
