"""What is in a document and no reader sees, or we do not read, is told to its writer: it may name somebody."""

from __future__ import annotations

import pytest

from exchange.contributions.documents import read_document

from .making import a_docx, an_odt, cell, par, row, run, table, text_p

HIDDEN, INSIDE = "verborgen tekst", "Er zit een ander document in"
SHOWN = par(run("Elke week koffie."))
SECRET = '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize(
    "body",
    [
        SHOWN + par(run("Noor", "<w:vanish/>")),
        SHOWN + table(row(cell(par(run("Noor"))), properties="<w:hidden/>")),
    ],
)
def test_hidden_text_of_a_docx_is_told(body: str) -> None:
    read = read_document(a_docx(body), "docx")
    assert HIDDEN in read.note
    assert "Noor" not in read.text


@pytest.mark.parametrize(
    "body",
    [
        text_p("Elke week koffie.") + '<text:section text:display="none">' + text_p("Noor") + "</text:section>",
        text_p('Elke week <text:span text:style-name="T1">Noor</text:span> koffie.'),
        text_p("Elke week koffie.") + text_p('<text:hidden-paragraph text:is-hidden="true"/>Noor'),
        text_p('Elke week <text:hidden-text text:is-hidden="true">Noor</text:hidden-text> koffie.'),
    ],
)
def test_hidden_text_of_an_odt_is_told(body: str) -> None:
    read = read_document(an_odt(body, automatic=SECRET), "odt")
    assert HIDDEN in read.note
    assert "Noor" not in read.text


def test_a_document_within_a_document_is_told() -> None:
    read = read_document(a_docx(SHOWN + '<w:altChunk r:id="r9"/>'), "docx")
    assert INSIDE in read.note
    assert HIDDEN not in read.note
    # What is told fits in what is kept of it.
    both = read_document(a_docx(SHOWN + par(run("Noor", "<w:vanish/>")) + '<w:altChunk r:id="r9"/>'), "docx").note
    assert HIDDEN in both
    assert INSIDE in both
    assert len(both) <= 200


@pytest.mark.parametrize(
    "body",
    [
        SHOWN,
        SHOWN + par(run(" ", "<w:vanish/>")),
        SHOWN + par(run("Toch te zien", '<w:vanish w:val="0"/>')),
    ],
)
def test_what_hides_nothing_is_not_asked_about(body: str) -> None:
    assert read_document(a_docx(body), "docx").note == ""
