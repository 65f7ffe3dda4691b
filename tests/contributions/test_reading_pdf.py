"""A PDF gives paragraphs: broken lines and words are whole, headers are out, and what was filled in is read."""

from __future__ import annotations

import pytest

from exchange.contributions.reader import pdf
from exchange.contributions.reader.limits import Budget, LimitMetError
from exchange.contributions.reader.paper import Paper, Piece, with_headings

from .making import a_pdf

TITLE = (60.0, 760.0, 24.0, "Koffiekar in de wijk")


def read(content: bytes) -> list[Piece]:
    paper = Paper(Budget())
    pdf.read(content, paper)
    return with_headings(paper.close())


def texts(content: bytes) -> list[str]:
    return [piece.text for piece in read(content)]


def lines(*written: str, y: float = 700, x: float = 60, size: float = 11) -> list[tuple[float, float, float, str]]:
    """Lines under each other, a usual distance apart."""
    return [(x, y - number * 14, size, text) for number, text in enumerate(written)]


def field(kind: str, value: str, *, y: float, x: float = 60, flags: int = 4, more: str = "") -> str:
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /{kind} /T (veld{y}{x}) /V {value} /F {flags} "
        f"/Rect [{x} {y} {x + 200} {y + 16}] {more} >>"
    )


LONG = (
    "Wij staan elke week met de koffiekar op het plein van de",
    "wijk en zetten koffie voor wie langskomt. De buren helpen",
    "mee met bakken en schenken.",
)


def test_lines_become_paragraphs_by_where_they_stand() -> None:
    page = [TITLE, *lines(*LONG), *lines("Een tweede alinea begint na wat wit.", y=640)]
    assert read(a_pdf([page])) == [
        Piece("Koffiekar in de wijk", 0),
        Piece(" ".join(LONG)),
        Piece("Een tweede alinea begint na wat wit."),
    ]


def test_a_short_line_ends_its_paragraph() -> None:
    page = lines(*LONG[:2], "mee met bakken.", "Elke dinsdag komt ook de huisarts langs op het plein in", "de wijk.")
    assert len(texts(a_pdf([page]))) == 2
    assert texts(a_pdf([lines("Postbus 12", "0000 AA Waterhoven", *LONG)]))[:2] == ["Postbus 12", "0000 AA Waterhoven"]


def test_larger_lines_are_headings() -> None:
    page = [TITLE, (60.0, 730.0, 14.0, "Aanpak"), *lines(*LONG)]
    assert [piece.level for piece in read(a_pdf([page]))] == [0, 1, None]


def test_words_that_were_broken_are_whole() -> None:
    page = lines(
        "Wij helpen de vluchte-",
        "lingen uit het azc met taal-",
        "en zwemles, en de noodop-",
        "vang van Noord-",
        "Holland.",
    )
    assert texts(a_pdf([page])) == [
        "Wij helpen de vluchtelingen uit het azc met taal- en zwemles, en de noodopvang van Noord-Holland."
    ]


def test_items_stay_items_and_a_long_one_is_whole() -> None:
    page = [
        *lines("\x95 Bel eerst de buren.", "\x95 Zet de kar neer op een plek waar iedereen langs komt", y=700),
        *lines("en niet achteraf.", y=672, x=70),
        *lines("\x95 Schenk koffie.", y=658),
    ]
    assert texts(a_pdf([page])) == [
        "- Bel eerst de buren.",
        "- Zet de kar neer op een plek waar iedereen langs komt en niet achteraf.",
        "- Schenk koffie.",
    ]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on_in_the_next() -> None:
    left = lines("Eerste kolom loopt door in de", "tweede kolom op de pagina met", y=400)
    right = lines("de rest van de zin.", "Daarna begint hier iets heel nieuws.", y=700, x=320)
    assert texts(a_pdf([[*left, *right]])) == [
        "Eerste kolom loopt door in de tweede kolom op de pagina met de rest van de zin.",
        "Daarna begint hier iets heel nieuws.",
    ]


def test_headers_and_page_numbers_are_left_out_and_a_paragraph_goes_on_past_its_note() -> None:
    first = [
        (60.0, 800.0, 9.0, "Gemeente Waterhoven"),
        *lines("Deze zin gaat verder op de volgende bladzijde, want hij is", y=700),
        (60.0, 100.0, 8.0, "1 Zie het besluit van mei."),
        (60.0, 40.0, 9.0, "Pagina 1 van 2"),
    ]
    second = [
        (60.0, 800.0, 9.0, "Gemeente Waterhoven"),
        *lines("erg lang en dan is hij klaar.", y=700),
        (60.0, 40.0, 9.0, "Pagina 2 van 2"),
    ]
    assert texts(a_pdf([first, second])) == [
        "Deze zin gaat verder op de volgende bladzijde, want hij is erg lang en dan is hij klaar.",
        "1 Zie het besluit van mei.",
    ]


def test_what_was_filled_in_stands_beside_its_label() -> None:
    page = [TITLE, *lines("Aanpak:", y=700), *lines("Akkoord", y=600, x=90), *lines("Einde.", y=500)]
    fields = [
        field("Tx", "(Elke week een kar.)", y=696, x=120),
        field("Btn", "/Ja", y=597, x=70, more="/AS /Ja /AP << /N << /Ja 3 0 R /Off 3 0 R >> >>"),
        field("Ch", "(Waterhoven)", y=540, more="/Ff 131072 /Opt [(Elders) (Waterhoven)]"),
        field("Tx", "(geheim)", y=520, more="/Ff 8192"),
        field("Tx", "(verborgen)", y=470, flags=2),
        "<< /Type /Annot /Subtype /Text /Contents (Klopt dit?) /Rect [60 450 80 470] >>",
        "<< /Type /Annot /Subtype /FreeText /Contents (Met de pen erbij.) /DA (/F1 12 Tf) /Rect [60 400 200 420] >>",
    ]
    assert texts(a_pdf([page], fields=fields)) == [
        "Koffiekar in de wijk",
        "Aanpak: Elke week een kar.",
        "☒ Akkoord",
        "Waterhoven",
        "Einde.",
        "Met de pen erbij.",
    ]


def test_a_table_of_contents_is_left_out_and_one_line_of_dots_is_not() -> None:
    contents = [f"{number}. Kopje . . . . . . . . {number}" for number in (1, 2, 3)]
    assert texts(a_pdf([lines("Inhoud", *contents, "Tekst.")])) == ["Inhoud", "Tekst."]
    assert texts(a_pdf([lines("Kosten ........ 60")])) == ["Kosten ........ 60"]


def test_what_stands_beside_the_page_is_not_read() -> None:
    assert texts(a_pdf([[*lines("Op de bladzijde.", y=700), *lines("Ernaast.", y=650, x=900)]])) == ["Op de bladzijde."]


@pytest.mark.parametrize("number", [501, 3000])
def test_of_many_pages_the_first_are_read(number: int) -> None:
    paper = Paper(Budget())
    with pytest.raises(LimitMetError, match="pages"):
        pdf.read(a_pdf([lines(f"Bladzijde {page} zegt iets.") for page in range(number)]), paper)
    assert len(paper.close()) == 500
