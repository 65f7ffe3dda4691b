"""A council proposal: the right figures, only what the reader may see, in files that everybody can open and read."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import odfdo
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from exchange.adoptions.choices import Answer
from exchange.adoptions.models import SourceAnswer
from exchange.initiatives.models import InitiativePage
from exchange.proposing import pdf
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, SectionOf
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, LessonFactory

pytestmark = pytest.mark.django_db
MAILBOX = "inloop@waterhoven.example"
READERS: dict[str, Any] = {
    "visitor": None,
    "member elsewhere": ("member", "GM9910"),
    "member here": ("member", "GM9901"),
}


@pytest.fixture
def initiative(waterhoven: MunicipalityPage, section_of: SectionOf, committed: Committed) -> InitiativePage:
    """Waterhoven's initiative, which runs in two small municipalities; one of those only for members."""
    with committed():
        contact = ContactFactory(
            parent=waterhoven, title="Coördinator inloop", team_mailbox="inloop@waterhoven.example"
        )
        page: InitiativePage = InitiativeFactory(
            parent=waterhoven, title="Inloop", contact=contact, phase="running", staff="4_16", cost_yearly="25k_100k",
            problem=[("text", "<p>Niemand wist de weg.</p>")], core_elements=[("line", "Een vast gezicht")],
            confirmed_at=datetime.date(2026, 9, 1),
        )  # fmt: skip
        LessonFactory(parent=page, title="Eerst langsgaan", summary="Dan pas schrijven.")
        for code, visibility in (("GM9910", "public"), ("GM9911", "members")):
            made = AdoptionFactory(
                parent=section_of(code), initiative=page, visibility=visibility, staff="under_4",
                cost_yearly="under_5k", result="same",
            )  # fmt: skip
            SourceAnswer.objects.filter(adoption=made).update(answer=Answer.CONFIRMED)
    return page


def download(client: Client, kind: str, *pages: InitiativePage) -> bytes:
    response = client.get(reverse("propose"), {"initiatief": [page.pk for page in pages], "soort": kind})
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert "private" in response["Cache-Control"]
    return bytes(response.content)


def text_of(content: bytes) -> str:
    """All words of a DOCX."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def test_it_says_what_the_council_needs_with_figures_of_ones_own_size(
    initiative: InitiativePage, signed_in: Callable[..., Client]
) -> None:
    content = download(signed_in("member", "GM9926"), "docx", initiative)
    text = text_of(content)
    for expected in (
        "Voorstel aan het college: Inloop", "Gevraagd besluit", "Niemand wist de weg.", "Een vast gezicht",
        "Eerst langsgaan. Dan pas schrijven.", "Korenbeek (21.800 inwoners)",
        "Het loopt in 1 andere gemeenten van onze grootte", "Coördinator inloop, inloop@waterhoven.example",
        "Bevestigd op 1 september 2026", "CC BY 4.0", "verzonnen",
    ):  # fmt: skip
        assert expected in text, expected
    costs = docx.Document(io.BytesIO(content)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in costs.rows]
    # The source first, then who is of our size, then the others.
    assert [row[:3] for row in rows] == [
        ["Gemeente", "Inwoners", "Uren van de gemeente"],
        ["Waterhoven (bron)", "312.400", "4 tot 16 uur per week"],
        ["Veldersloot", "24.100", "minder dan 4 uur per week"],
        ["Esterbeek", "18.400", "minder dan 4 uur per week"],
    ]


@pytest.mark.parametrize("reader", READERS)
def test_what_a_reader_may_not_see_is_in_no_file(
    initiative: InitiativePage, signed_in: Callable[..., Client], reader: str
) -> None:
    account = READERS[reader]
    client = signed_in(*account) if account else Client()
    texts = [text_of(download(client, "docx", initiative)), _odt_text(download(client, "odt", initiative))]
    for text in texts:
        assert ("Esterbeek" in text) is (account is not None)
        assert ("inloop@waterhoven.example" in text) is (account is not None)
        assert "Veldersloot" in text


def _odt_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return re.sub(r"<[^>]+>", " ", parts.read("content.xml").decode())


def test_an_initiative_that_one_may_not_see_gives_nothing(initiative: InitiativePage) -> None:
    InitiativePage.objects.update(visibility="members")
    response = Client().get(reverse("propose"), {"initiatief": initiative.pk, "soort": "docx"})
    assert "Kies eerst een initiatief" in response.content.decode()


def test_several_initiatives_are_one_document(initiative: InitiativePage, section_of: SectionOf) -> None:
    other = InitiativeFactory(parent=section_of("GM9903"), title="Adviesraad", licence="all-rights",
                              problem=[("text", "<p>Alleen bij de bron.</p>")])  # fmt: skip
    text = text_of(download(Client(), "docx", initiative, other))
    assert "Inloop / Adviesraad" in text
    # Of who keeps all rights only facts are taken.
    assert "Alleen bij de bron." not in text


def test_a_docx_has_a_language_a_title_real_headings_and_table_headers(initiative: InitiativePage) -> None:
    content = download(Client(), "docx", initiative)
    file = docx.Document(io.BytesIO(content))
    assert file.core_properties.title == "Voorstel aan het college: Inloop"
    styles = [one.style.name for one in file.paragraphs if one.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 6
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert 'w:lang w:val="nl-NL"' in parts.read("word/styles.xml").decode()
        assert parts.read("word/document.xml").decode().count("w:tblHeader") == len(file.tables)


def test_an_odt_has_a_language_a_title_headings_and_table_headers(initiative: InitiativePage) -> None:
    file = odfdo.Document(io.BytesIO(download(Client(), "odt", initiative)))
    assert file.meta.title == "Voorstel aan het college: Inloop"
    assert file.language == "nl-NL"
    assert len(file.body.headers) >= 7
    assert len(file.body.get_elements("//table:table-header-rows")) == len(file.body.tables) == 3
    # What is still to fill in stands out, as in the other formats.
    marked = file.body.get_elements("//text:p[@text:style-name='to_fill_in']")
    assert marked
    assert all(str(one).startswith("[") for one in marked)
    style = file.get_style("paragraph", "to_fill_in")
    assert style is not None
    assert 'fo:background-color="#ffff00"' in style.serialize()


def test_a_pdf_is_tagged(initiative: InitiativePage) -> None:
    assert pdf.is_available(), "Pango is missing: see docs/installation.md"
    reader = PdfReader(io.BytesIO(download(Client(), "pdf", initiative)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Voorstel aan het college: Inloop"
    assert "Veldersloot" in "\n".join(page.extract_text() for page in reader.pages)


def test_where_pango_is_missing_there_is_no_button_and_no_error(
    initiative: InitiativePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_writer", lambda: None)
    address = reverse("propose")
    assert "PDF" not in Client().get(address, {"initiatief": initiative.pk}).content.decode()
    assert Client().get(address, {"initiatief": initiative.pk, "soort": "pdf"}).status_code == 404


def test_a_platform_puts_its_own_template_in_its_place(
    initiative: InitiativePage, settings: Settings, tmp_path: Path
) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Gemeente Voorbeeldstad"
    own.save(str(tmp_path / "eigen.docx"))
    settings.PROPOSAL_DOCX = str(tmp_path / "eigen.docx")
    file = docx.Document(io.BytesIO(download(Client(), "docx", initiative)))
    assert file.sections[0].header.paragraphs[0].text == "Gemeente Voorbeeldstad"


@pytest.mark.once
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_libreoffice_opens_it_with_the_same_figures(
    initiative: InitiativePage, kind: str, tmp_path: Path, is_ci: bool
) -> None:
    program = shutil.which("soffice")
    if program is None:
        message = "LibreOffice is not installed: whether it opens our documents was NOT checked."
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)
    source = tmp_path / f"voorstel.{kind}"
    source.write_bytes(download(Client(), kind, initiative))
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "voorstel.pdf").pages)
    flat = re.sub(r"\s+", " ", text)
    for expected in ("Voorstel aan het college: Inloop", "Veldersloot", "24.100", "minder dan 4 uur per week"):
        assert expected in flat, expected
