"""What is rare in documents and seen by every reader of them: pages on their side, stamps on scans, signs, numbers."""

from __future__ import annotations

import pytest

from exchange.contributions.documents import UnreadableError, read_document
from exchange.contributions.reader.symbols import sign_of
from exchange.contributions.wrapping import joined

from .making import a_docx, a_pdf, an_odt, par, run, text_p

LINES = [
    (60.0, 760.0, 24.0, "Koffiekar"),
    (60.0, 700.0, 11.0, "Wij staan elke week met de koffiekar op het plein van de"),
    (60.0, 686.0, 11.0, "wijk en zetten koffie voor wie langskomt. De buren helpen"),
    (60.0, 672.0, 11.0, "ons daarbij."),
]
READ = [
    "Koffiekar",
    "Wij staan elke week met de koffiekar op het plein van de wijk en zetten koffie voor wie langskomt. De buren "
    "helpen ons daarbij.",
]


def texts(content: bytes, kind: str) -> list[str]:
    return [line.text for line in read_document(content, kind).lines]


def turned(said: int, quarters: int) -> bytes:
    """A page of which the letters are turned by quarters to the left, and that says itself how it is shown."""
    turns = ["", "0 1 -1 0 842 0 cm", "-1 0 0 -1 595 842 cm", "0 -1 1 0 0 595 cm"]
    box = b"[0 0 842 595]" if quarters % 2 else b"[0 0 595 842]"
    lines = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in LINES)
    content = a_pdf([[]], extra=f"q {turns[quarters]}\n{lines}Q\n")
    # The places of the objects shift; PDFium finds them itself.
    return content.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox %s /Rotate %d" % (box, said))


@pytest.mark.parametrize("said", [0, 90, 180, 270])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_pdf_is_read_however_its_page_lies(said: int, quarters: int) -> None:
    assert texts(turned(said, quarters), "pdf") == READ


def test_what_is_filled_in_stands_right_on_a_page_that_lies() -> None:
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (elke week) /F 4 /Rect [200 690 400 706] >>"
    content = a_pdf([[(60, 760, 11, "Naam"), (60, 695, 11, "Aanpak"), (60, 600, 11, "Slot")]], fields=[field])
    lying = content.replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert texts(lying, "pdf") == texts(content, "pdf") == ["Naam", "Aanpak elke week", "Slot"]


def scan(size: str, words: str) -> bytes:
    picture = f"q {size} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    return a_pdf([[(60.0, 40.0, 8.0, words)], [(60.0, 700.0, 11.0, "Met tekst.")]], extra=picture)


def test_a_stamp_on_a_scan_hides_no_scan() -> None:
    assert read_document(scan("500 0 0 700 40 60", "Ingekomen 1 maart 2026"), "pdf").note
    # A logo beside a few words is no scan.
    assert not read_document(scan("100 0 0 50 40 760", "Ingekomen 1 maart 2026"), "pdf").note
    # Nor is a picture behind a whole text.
    assert not read_document(scan("500 0 0 700 40 60", "woord " * 60), "pdf").note.startswith("x")


def test_a_form_that_only_adobe_shows_is_said() -> None:
    content = a_pdf([[(60.0, 700.0, 11.0, "Please wait...")]])
    form = content.replace(b"/AcroForm << ", b"/NeedsRendering true /AcroForm << /XFA [(template) 99 0 R] ")
    with pytest.raises(UnreadableError, match="Adobe"):
        read_document(form, "pdf")


def test_signs_of_items_that_a_program_wrote_apart() -> None:
    items = [(80.0, 700.0, 11.0, "bel de buren"), (80.0, 680.0, 11.0, "zet de kar neer")]
    bullets = [(66.0, 700.0, 11.0, "\u00b7"), (66.0, 680.0, 11.0, "\u00b7")]
    numbers = [(66.0, 700.0, 11.0, "1."), (66.0, 680.0, 11.0, "2.")]
    assert texts(a_pdf([[*items, *bullets]]), "pdf") == ["- bel de buren", "- zet de kar neer"]
    assert texts(a_pdf([[*items, *numbers]]), "pdf") == ["1. bel de buren", "2. zet de kar neer"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("de oud-", "collega’s", "de oud-collega’s"),
        ("het oud-", "ste huis", "het oudste huis"),
        ("niet-", "westerse", "niet-westerse"),
        ("niet-", "temin", "niettemin"),
        ("een ex-", "gedetineerde", "een ex-gedetineerde"),
        ("een ex-", "pert", "een expert"),
        ("non-", "profit", "non-profit"),
        ("inwo-", "ners", "inwoners"),
    ],
)
def test_beginnings_that_keep_their_hyphen(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


# --- DOCX and ODT


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0B3", "\u2265"), ("Symbol", "F061", "\u03b1"), ("Symbol", "B7", "\u2022"), ("Symbol", "F033", "3"),
        ("Wingdings", "F0FC", "\u2713"), ("Wingdings", "F04A", "\u263a"), ("Wingdings 2", "F0FC", "\u2713"),
        ("Calibri", "2192", "\u2192"), ("Wingdings", "F0C8", ""), ("Symbol", "zz", ""), ("Symbol", "D800", ""),
    ],
)  # fmt: skip
def test_signs_by_their_place_in_a_font(font: str, code: str, sign: str) -> None:
    assert sign_of(font, code) == sign


def test_a_sign_that_says_something_stays_in_the_text() -> None:
    body = par(run("Minstens ") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 60"))
    assert texts(a_docx(body), "docx") == ["Minstens \u2265 60"]


def test_a_formula_is_no_other_number() -> None:
    formula = (
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:f><m:num><m:r><m:t>1</m:t>"
        "</m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert texts(a_docx(par(formula)), "docx") == ["1/2"]
    strict = formula.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
    )
    assert texts(a_docx(par(strict)), "docx") == ["1/2"]


def test_a_list_that_begins_elsewhere_does() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert texts(a_docx(par(run("a"), item) + par(run("b"), item), numbering=numbering), "docx") == ["5. a", "6. b"]


def test_letters_may_be_seen_in_a_paragraph_whose_style_hides_them() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = par(run("geheim ") + run("wel", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Weg"/>')
    assert texts(a_docx(body, styles=styles), "docx") == ["wel"]


def test_a_list_of_an_odt_goes_on_counting() -> None:
    style = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        "</text:list-style>"
    )

    def listed(items: str, more: str = "") -> str:
        return f'<text:list text:style-name="N" {more}>{items}</text:list>'

    one, five = (
        f"<text:list-item>{text_p('a')}</text:list-item>",
        f'<text:list-item text:start-value="5">{text_p("b")}</text:list-item>',
    )
    body = listed(one + five) + text_p("tussen") + listed(one, 'text:continue-numbering="true"') + listed(one)
    assert texts(an_odt(body, automatic=style), "odt") == ["1. a", "5. b", "tussen", "6. a", "1. a"]


def test_a_value_that_an_odt_does_not_show_is_not_read() -> None:
    body = text_p('Wij <text:variable-set text:display="none">geheim</text:variable-set>helpen')
    assert texts(an_odt(body), "odt") == ["Wij helpen"]
