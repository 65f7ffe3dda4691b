"""Importing a file in the admin: tried first, then drafts of the own section; nothing of anybody else."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.contributions.models import Contribution
from exchange.importing import uploading
from exchange.importing.models import Upload
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person, SectionOf
from tests.factories import InitiativeFactory

HEAD = "external_id;kind;municipality;title;summary;themes"
ROWS = [
    "1;;;Inloop in het azc;Elke week koffie.;sleutelpersonen",
    "2;;;;Zonder titel.;wmo",
    "3;lesson;GM9901;Les een;Wat wij leerden.;wmo",
    "4;;GM9910;Van de buren;Niet van ons.;wmo",
    "1;;;Nog een keer;Dubbel nummer.;wmo",
]


def a_csv(rows: list[str] | None = None, head: str = HEAD, encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    text = "\n".join([head, *(ROWS if rows is None else rows)])
    return SimpleUploadedFile("lijst.csv", text.encode(encoding))


@pytest.fixture
def author(client: Client, waterhoven: MunicipalityPage, section_of: SectionOf, person: Person) -> Client:
    section_of("GM9910")
    client.force_login(person("author", "GM9901"))
    return client


def send(client: Client, file: SimpleUploadedFile) -> Upload:
    response = client.post(reverse("imports"), {"file": file})
    assert response.status_code == 302, response.content.decode()
    return Upload.objects.latest("pk")


def work(client: Client, upload: Upload) -> Upload:
    """Press the button until there is nothing left to do."""
    for _ in range(100):
        upload.refresh_from_db()
        if not upload.is_working:
            return upload
        client.post(reverse("upload", args=[upload.pk]))
    raise AssertionError("no end")


def test_a_file_is_tried_then_becomes_drafts_and_what_is_wrong_is_told(author: Client) -> None:
    upload = work(author, send(author, a_csv()))
    assert upload.state == Upload.State.CHECKED
    assert upload.outcomes == {"added": 2}
    assert [(line, reason.split(":")[0]) for line, _id, reason in upload.errors] == [
        (3, "title"), (5, "municipality"), (6, "external_id"),
    ]  # fmt: skip
    # Trying keeps nothing.
    assert not Contribution.objects.exists()
    page = author.get(reverse("upload", args=[upload.pk])).content.decode()
    assert "2 nieuwe concepten" in page
    assert "hier mag je niet schrijven" in page

    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    upload = work(author, upload)
    assert (upload.state, upload.outcomes, len(upload.errors)) == (Upload.State.DONE, {"added": 2}, 3)
    initiative = InitiativePage.objects.get()
    assert (initiative.live, initiative.is_imported, initiative.municipality_id) == (False, False, "GM9901")
    assert initiative.owner == upload.writer
    assert initiative.latest_revision.user == upload.writer
    assert "Inloop in het azc" in author.get(reverse("writing")).content.decode()


def test_the_rows_that_are_left_out_come_back_as_a_file_without_formulas(author: Client) -> None:
    upload = work(author, send(author, a_csv(["9;;GM0000;=cmd();Tekst.;wmo"])))
    text = author.get(reverse("upload_errors", args=[upload.pk])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert (rows[0]["line"], rows[0]["title"]) == ("2", "'=cmd()")
    assert "GM0000" in rows[0]["reason"]


def test_the_same_file_again_changes_nothing_and_keeps_what_a_person_wrote(author: Client) -> None:
    for _ in range(2):
        upload = work(author, send(author, a_csv(ROWS[:1])))
        author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
        upload = work(author, upload)
    assert upload.outcomes == {"unchanged": 1}
    draft = InitiativePage.objects.get().get_latest_revision_as_object()
    draft.title = "Ons eigen woord"
    draft.save_revision(user=upload.writer)
    other = "1;;;Een andere titel;Elke week thee.;sleutelpersonen"
    upload = work(author, send(author, a_csv([other])))
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    upload = work(author, upload)
    assert upload.kept == [[2, "1", ["title"]]]
    draft = InitiativePage.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.summary) == ("Ons eigen woord", "Elke week thee.")


def test_it_goes_on_where_it_stopped(author: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "STEP", 2)
    rows = [f"{number};;;Titel {number};Tekst.;wmo" for number in range(5)]
    upload = work(author, send(author, a_csv([*rows, "3;;;Dubbel;Tekst.;wmo"])))
    # What stands twice is seen across the steps.
    assert [error[0] for error in upload.errors] == [7]
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    author.post(reverse("upload", args=[upload.pk]))
    upload.refresh_from_db()
    assert (upload.done, upload.is_working, InitiativePage.objects.count()) == (2, True, 2)
    assert "2 van 6" in author.get(reverse("upload", args=[upload.pk])).content.decode()
    assert work(author, upload).outcomes == {"added": 5}


def test_somebody_elses_text_and_what_is_read_along_are_left_alone(
    author: Client, waterhoven: MunicipalityPage, person: Person
) -> None:
    InitiativeFactory(parent=waterhoven, external_id="1", title="Van een collega", owner=person("author", "GM9901"))
    upload = work(author, send(author, a_csv(ROWS[:1])))
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    assert work(author, upload).outcomes == {"updated": 1}
    page = InitiativePage.objects.get()
    # What is on the site stays until somebody read along.
    assert (page.title, page.live, page.has_unpublished_changes) == ("Van een collega", True, True)


def test_excel_works_and_bad_files_say_what_to_do(author: Client) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["title", "text"])
    book.worksheets[0].append(["Uit Excel", "Een tekst."])
    book.save(out)
    assert work(author, send(author, SimpleUploadedFile("Lijst.XLSX", out.getvalue()))).outcomes == {"added": 1}
    for name, content, says in (
        ("lijst.csv", b"title;text\n", "geen rijen"),
        ("lijst.pdf", b"%PDF-1.4", "eindigt op"),
        ("lijst.xlsx", b"no zip", "kapot"),
        ("lijst.csv", b"title;text\n" + b"a;b\n" * 2001, "meer dan 2000"),
    ):
        page = author.post(reverse("imports"), {"file": SimpleUploadedFile(name, content)})
        assert says in page.content.decode(), name


def test_a_file_is_forgotten_after_a_month_and_what_was_imported_stays(author: Client) -> None:
    upload = work(author, send(author, a_csv(ROWS[:1])))
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    work(author, upload)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=29)):
        call_command("tidy", stdout=io.StringIO())
        assert Upload.objects.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        call_command("tidy", stdout=io.StringIO())
    assert not Upload.objects.exists()
    assert InitiativePage.objects.exists()


def test_a_file_is_for_who_sent_it(author: Client, person: Person) -> None:
    upload = send(author, a_csv())
    other = Client()
    other.force_login(person("editor", "GM9901"))
    for name in ("upload", "throw_away_upload", "upload_errors"):
        assert other.post(reverse(name, args=[upload.pk])).status_code == 404
    author.post(reverse("throw_away_upload", args=[upload.pk]))
    assert not Upload.objects.exists()
