"""A card out of what is written already: headings lead the way, nothing gets lost, and a bad file is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import docx
import odfdo
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model

from exchange.contributions.documents import Line
from exchange.contributions.text import plain_text
from exchange.contributions.uploads import check_document
from exchange.initiatives.models import InitiativePage
from exchange.publishing.prefill import lines_of, prefill, themes_in
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person
from tests.contributions import making
from tests.factories import UserFactory
from tests.search.test_documents import a_bomb, a_pdf, an_encrypted_pdf

TEXT = """# Inloop met sleutelpersonen

## Samenvatting
Elke week een inloop. Een vast gezicht helpt.

## Aanleiding
Bewoners wisten de weg niet.

## Aanpak
Eerst zoeken we een ruimte.

## Planning
In het voorjaar.

## Resultaten
Zestig bezoekers.
"""
PLAIN = """Inloop met sleutelpersonen

Aanleiding
Bewoners wisten de weg niet.

Wat we doen
Eerst zoeken we een ruimte."""


def test_headings_say_which_field_a_text_belongs_to() -> None:
    found = prefill(lines_of(TEXT))
    assert found.title == "Inloop met sleutelpersonen"
    assert found.summary == "Elke week een inloop. Een vast gezicht helpt."
    assert found.texts == {
        "problem": "Bewoners wisten de weg niet.",
        "approach": "Eerst zoeken we een ruimte.\n\nPlanning\n\nIn het voorjaar.",
        "results": "Zestig bezoekers.",
    }


def test_a_text_without_marks_has_headings_by_their_looks() -> None:
    found = prefill(lines_of(PLAIN))
    assert found.title == "Inloop met sleutelpersonen"
    assert found.texts == {"problem": "Bewoners wisten de weg niet.", "approach": "Eerst zoeken we een ruimte."}
    assert found.summary == "Bewoners wisten de weg niet."


def test_a_text_without_any_heading_is_the_approach() -> None:
    sentence = "Wij gaan elke dinsdag met vrijwilligers langs in de wijk om koffie te drinken. " * 5
    found = prefill([Line(sentence)])
    assert found.texts["approach"].split() == sentence.split()
    assert found.title.startswith("Wij gaan elke dinsdag")
    assert len(found.title) <= 100


LETTER = """Postbus 12
0000 AA Waterhoven

Betreft: koffiekar in de wijk

Beste collega,

Ouderen in onze wijk zien te weinig mensen en vragen om een plek.

Aanpak: elke week een kar
Wij bellen de buren."""


def test_a_letter_is_about_its_subject_and_not_about_its_address() -> None:
    found = prefill(lines_of(LETTER))
    assert found.title == "Koffiekar in de wijk"
    assert found.summary == "Ouderen in onze wijk zien te weinig mensen en vragen om een plek."
    assert found.texts["approach"].endswith("elke week een kar\n\nWij bellen de buren.")
    assert "Postbus 12" in found.texts["approach"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Aanvraag", "Titel\tKoffiekar in de wijk", "Aanleiding\tEenzaamheid", "Aanpak", "Elke week een kar."],
        [
            "Aanvraag",
            "Naam van het initiatief",
            "Koffiekar in de wijk",
            "Aanleiding: Eenzaamheid",
            "Aanpak",
            "Elke week een kar.",
        ],
    ],
)
def test_the_cells_of_a_form_are_labels_and_what_belongs_to_them(lines: list[str]) -> None:
    found = prefill([Line(line) for line in lines])
    assert found.title == "Koffiekar in de wijk"
    assert found.texts["problem"] == "Eenzaamheid"
    assert found.texts["approach"].endswith("Elke week een kar.")


def test_the_title_of_a_document_goes_before_what_stands_above_it() -> None:
    lines = [
        Line("Gemeente Waterhoven"),
        Line("Koffiekar in de wijk", is_heading=True),
        Line("Aanpak", is_heading=True),
    ]
    assert prefill([*lines, Line("Elke week een kar.")]).title == "Koffiekar in de wijk"
    title = Line("De kar", is_heading=True, is_title=True)
    assert prefill([*lines, title, Line("Elke week een kar.")]).title == "De kar"


def test_words_of_a_heading_that_say_more_than_its_field_are_kept() -> None:
    found = prefill([Line("Titel van dit stuk"), Line("Resultaten na een jaar: zestig bezoekers", is_heading=True)])
    assert found.texts == {"results": "Resultaten na een jaar: zestig bezoekers"}


def test_wrapped_lines_are_one_paragraph_and_items_stay_items() -> None:
    text = "Koffiekar\n\nAanpak\n\nWij staan elke week met de kar op het\nplein en zetten koffie.\n- bel\n- schenk"
    found = prefill(lines_of(text))
    assert found.texts == {
        "approach": "Wij staan elke week met de kar op het plein en zetten koffie.\n\n- bel\n\n- schenk"
    }


@given(st.lists(st.builds(Line, st.text(st.characters(codec="utf-8"), max_size=150), st.booleans()), max_size=12))
def test_nothing_that_is_pasted_gets_lost(lines: list[Line]) -> None:
    found = prefill(lines)
    kept = "".join([found.title, found.summary, *found.texts.values()])
    assert len(found.title) <= 100
    assert len(found.summary) <= 280
    for line in lines:
        if not line.is_heading and any(other.is_heading for other in lines):
            assert "".join(line.text.split()) in "".join(kept.split()) or len(line.text.strip()) > 100


def test_themes_are_those_whose_words_stand_most_in_it() -> None:
    words = [(1, ["opvang", "azc"]), (2, ["werk"]), (3, ["zorg"]), (4, ["wonen"]), (5, ["huis"])]
    text = "Opvang in het AZC, met zorg en zorg en zorg. Wonen bij de opvang. Netwerk, thuis."
    assert themes_in(text, words) == [1, 3, 4]


def a_report() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_heading("Inloop met sleutelpersonen", 0)
    made.add_heading("Aanleiding", 1)
    made.add_paragraph("Bewoners van het azc wisten de weg niet.")
    made.add_heading("Aanpak", 1)
    made.add_paragraph("Eerst zoeken we een ruimte.")
    made.save(out)
    return out.getvalue()


def a_report_in_odt() -> bytes:
    made, out = odfdo.Document("text"), io.BytesIO()
    for part in (
        odfdo.Header(1, "Inloop met sleutelpersonen"),
        odfdo.Header(2, "Aanleiding"),
        odfdo.Paragraph("Bewoners van het azc wisten de weg niet."),
        odfdo.Header(2, "Aanpak"),
        odfdo.Paragraph("Eerst zoeken we een ruimte."),
    ):
        made.body.append(part)
    made.save(out)
    return out.getvalue()


@pytest.fixture
def writer(client: Client, waterhoven: MunicipalityPage, person: Person) -> Client:
    client.force_login(person("author", "GM9901"))
    return client


def send(client: Client, **data: object) -> str:
    response = client.post(reverse("card_from_text"), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("make", "name"), [(a_report, "plan.docx"), (a_report_in_odt, "Plan.ODT")])
def test_a_document_becomes_a_draft_in_the_own_section(writer: Client, make: Callable[[], bytes], name: str) -> None:
    html = send(writer, file=SimpleUploadedFile(name, make()))
    assert "Kijk het na" in html
    page = InitiativePage.objects.get().get_latest_revision_as_object()
    assert (page.title, page.live, page.municipality_id) == ("Inloop met sleutelpersonen", False, "GM9901")
    assert plain_text(page.problem) == "Bewoners van het azc wisten de weg niet."
    assert plain_text(page.approach) == "Eerst zoeken we een ruimte."
    assert "Inloop met sleutelpersonen" in html
    # The file itself is not kept.
    assert not get_document_model().objects.exists()


def test_a_pdf_and_pasted_text_become_a_draft(writer: Client) -> None:
    send(writer, file=SimpleUploadedFile("draaiboek.pdf", a_pdf()))
    send(writer, text=TEXT)
    assert set(InitiativePage.objects.values_list("title", flat=True)) == {
        "Draaiboek met een checklist voor de kookplaten.",
        "Inloop met sleutelpersonen",
    }


def with_macros() -> bytes:
    out = io.BytesIO(a_report())
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.docx", with_macros(), "macro"),
        ("plan.docx", a_bomb(), "te groot"),
        ("plan.docx", b"<svg onload='alert(1)'/>", "kapot"),
        ("plan.svg", b"<svg onload='alert(1)'/>", "Alleen tekst in PDF, DOCX, ODT"),
        ("plan.pdf", b"MZ this runs", "geen echt PDF"),
        ("plan.pdf", b"%PDF-1.4 and nothing", "kapot"),
        ("plan.pdf", an_encrypted_pdf(), "wachtwoord"),
        ("plan", b"tekst", "Alleen tekst in PDF, DOCX, ODT"),
    ],
    ids=["macros", "bomb", "svg as docx", "svg", "exe as pdf", "broken pdf", "locked pdf", "no extension"],
)
def test_a_bad_file_says_what_to_do_and_makes_nothing(writer: Client, name: str, content: bytes, says: str) -> None:
    assert says in send(writer, file=SimpleUploadedFile(name, content))
    assert not InitiativePage.objects.exists()


def test_a_file_with_too_much_in_it_says_which_limit_it_met_and_makes_nothing(writer: Client) -> None:
    content = making.a_docx(making.par(making.run("a")) * 30_000)
    said = send(writer, file=SimpleUploadedFile("plan.docx", content))
    assert "20.000 alinea" in said
    assert "plak dat" in said
    assert not InitiativePage.objects.exists()


def test_nothing_at_all_says_what_to_do(writer: Client) -> None:
    assert "Plak een tekst of kies een bestand" in send(writer)


def test_who_may_not_write_anywhere_is_led_to_joining(client: Client, waterhoven: MunicipalityPage) -> None:
    assert client.get(reverse("card_from_text")).headers["Location"].startswith("/inloggen/")
    client.force_login(UserFactory())
    assert client.get(reverse("card_from_text")).headers["Location"] == reverse("join")


def test_two_gigabytes_are_refused_before_anything_is_read(writer: Client) -> None:
    class Unread(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("something was read")

    large = {"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Unread()}
    response = writer.post(
        reverse("card_from_text"), b"x", content_type="multipart/form-data; boundary=x", **cast(Any, large)
    )
    assert response.status_code == 400
    assert "hoogstens 30 MB" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "is_fine"),
    [
        ("plan.docx", a_report(), True),
        ("plan.docx", with_macros(), False),
        ("lijst.csv", b"naam;telefoon", True),
        ("lijst.csv", b"\x7fELF\x00\x00", False),
        ("lijst.xlsx", b"no zip", False),
    ],
)
def test_the_admin_looks_inside_an_upload_too(
    client: Client, person: Person, waterhoven: MunicipalityPage, name: str, content: bytes, is_fine: bool
) -> None:
    client.force_login(person("editor", "GM9901"))
    response = client.post(
        reverse("wagtaildocs:add"), {"title": "Plan", "file": SimpleUploadedFile(name, content)}, follow=True
    )
    assert response.status_code == 200
    assert get_document_model().objects.exists() == is_fine
    file = SimpleUploadedFile(name, content)
    if is_fine:
        check_document(file)
    else:
        with pytest.raises(ValidationError):
            check_document(file)


@pytest.mark.parametrize("name", ["plan.docm", "plaatje.svg", "plaatje.html"])
def test_what_may_run_is_no_document_and_no_picture(
    client: Client, person: Person, waterhoven: MunicipalityPage, name: str
) -> None:
    client.force_login(person("editor", "GM9901"))
    file = SimpleUploadedFile(name, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    client.post(reverse("wagtaildocs:add"), {"title": "Plan", "file": file})
    file.seek(0)
    client.post(reverse("wagtailimages:add"), {"title": "Plan", "file": file})
    assert not list(Path(settings.MEDIA_ROOT).rglob(f"*{Path(name).suffix}"))
    assert not get_document_model().objects.exists()
