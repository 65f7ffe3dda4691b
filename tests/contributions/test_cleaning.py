"""Files that were stored before uploads were cleaned are cleaned afterwards, under the name they have."""

from __future__ import annotations

import io
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image as Picture
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image

from exchange.contributions.attached import DocumentText
from exchange.contributions.cleaning import Outcome, documents, images
from tests.gate.world import picture

pytestmark = pytest.mark.django_db
NAME = "Noor Verzonnen"


def report() -> bytes:
    written, document = io.BytesIO(), docx.Document()
    document.core_properties.author = NAME
    document.add_paragraph("Elke week koffie.")
    document.save(written)
    return written.getvalue()


def photo() -> bytes:
    written, noted = io.BytesIO(), Picture.Exif()
    noted[0x013B] = NAME
    Picture.new("RGB", (16, 16), "red").save(written, "JPEG", exif=noted)
    return written.getvalue()


@pytest.fixture
def stored(settings: Settings, tmp_path: Path) -> dict[str, Any]:
    """As they came before anything was cleaned: straight to the disk."""
    settings.MEDIA_ROOT = str(tmp_path)
    found: dict[str, Any] = {
        "report": Document.objects.create(title="Verslag", file=ContentFile(report(), "verslag.docx")),
        "broken": Document.objects.create(title="Kapot", file=ContentFile(b"geen zip", "kapot.docx")),
        "plain": Document.objects.create(title="Lijst", file=ContentFile(b"a;b", "lijst.csv")),
        "photo": Image.objects.create(title="Foto", file=picture("foto.jpg")),
    }
    Path(found["photo"].file.path).write_bytes(photo())
    found["photo"].get_rendition("width-8")
    return found


def content(file: Any) -> bytes:
    return Path(file.file.path).read_bytes()


def authors(file: Any) -> str:
    said: str = docx.Document(file.file.path).core_properties.author
    return said


def test_makers_go_names_and_texts_stay_and_what_cannot_be_cleaned_is_told(stored: dict[str, Any]) -> None:
    one = stored["report"]
    DocumentText.read(one)
    name, error, out = one.file.name, StringIO(), StringIO()
    assert authors(one) == NAME
    assert NAME.encode() in content(stored["photo"])
    with pytest.raises(CommandError, match="1 files stay"):
        call_command("clean_files", stderr=error, stdout=out)
    fresh = Document.objects.get(pk=one.pk)
    assert fresh.file.name == name
    assert authors(fresh) != NAME
    assert (fresh.file_size, fresh.file_hash) == (len(content(fresh)), fresh.text.file_hash)
    assert DocumentText.objects.get(document=fresh).text == "Elke week koffie."
    assert NAME.encode() not in content(stored["photo"])
    assert not stored["photo"].renditions.exists()
    assert f"document {stored['broken'].pk} (Kapot)" in error.getvalue()
    assert content(stored["broken"]) == b"geen zip"
    assert "documents: 1 cleaned, 1 could not be cleaned" in out.getvalue()
    assert not list(Path(fresh.file.path).parent.glob("*.part"))


def test_a_second_time_finds_documents_clean_and_goes_on_where_it_stopped(stored: dict[str, Any]) -> None:
    first = {one.number: one.outcome for one in documents()}
    again = {one.number: one.outcome for one in documents()}
    assert first[stored["report"].pk] is Outcome.CLEANED
    assert again[stored["report"].pk] is Outcome.WAS_CLEAN
    assert [one.number for one in documents(after=stored["report"].pk)] == [stored["broken"].pk]
    assert list(images(after=stored["photo"].pk)) == []


def test_looking_changes_nothing(stored: dict[str, Any]) -> None:
    before = {name: content(file) for name, file in stored.items()}
    with pytest.raises(CommandError):
        call_command("clean_files", "--dry-run", stderr=StringIO(), stdout=StringIO())
    assert {name: content(file) for name, file in stored.items()} == before
    assert stored["photo"].renditions.exists()


def test_a_file_that_is_gone_is_told(stored: dict[str, Any]) -> None:
    Path(stored["report"].file.path).unlink()
    told = {one.number: one for one in documents()}
    assert told[stored["report"].pk].outcome is Outcome.REFUSED
    assert "niet meer" in told[stored["report"].pk].why
