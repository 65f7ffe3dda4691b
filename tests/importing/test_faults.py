"""What goes wrong with one row stops no other, is never hidden, and a step can always go on, begin again or be left."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

from exchange.importing import run, uploading, writing
from exchange.importing.models import Upload
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person

from .test_uploading import a_csv, author, send, work

__all__ = ["author"]

pytestmark = pytest.mark.django_db
ROWS = [f"{number};;;Titel {number};Tekst.;wmo" for number in range(3)]


def begun(author: Client, upload: Upload) -> Upload:
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    return work(author, upload)


def fails_on(monkeypatch: pytest.MonkeyPatch, title: str, error: Exception) -> None:
    write = writing.write

    def broken(row: Any, *args: Any, **kwargs: Any) -> Any:
        if row.title == title:
            raise error
        return write(row, *args, **kwargs)

    monkeypatch.setattr(run, "write", broken)


@pytest.mark.parametrize("error", [TypeError("ours"), KeyError("ours"), IntegrityError("ours"), RecursionError()])
def test_a_mistake_of_ours_leaves_out_that_row_with_its_line_and_is_told_in_the_log(
    author: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    fails_on(monkeypatch, "Titel 1", error)
    upload = begun(author, work(author, send(author, a_csv(ROWS))))
    assert [(line, "fout van ons" in reason) for line, _id, reason in upload.errors] == [(3, True)]
    assert sorted(page.title for page in InitiativePage.objects.all()) == ["Titel 0", "Titel 2"]
    assert [record.exc_info is not None for record in caplog.records if record.name == "exchange.importing.run"]
    assert "Titel 1" in author.get(reverse("upload_errors", args=[upload.pk])).content.decode()


def test_a_row_at_which_the_database_always_fails_is_left_out_and_the_others_go_in(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_on(monkeypatch, "Titel 1", OperationalError("string or blob too big"))
    upload = begun(author, work(author, send(author, a_csv(ROWS))))
    assert [line for line, _id, _reason in upload.errors] == [3]
    assert InitiativePage.objects.count() == 2


def test_a_step_that_fails_for_a_moment_is_told_and_taken_again(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = work(author, send(author, a_csv(ROWS)))
    author.post(reverse("upload", args=[upload.pk]), {"begin": "1"})
    with monkeypatch.context() as down:

        def broken(pk: int, rows: int) -> None:
            raise OperationalError("database is locked")

        down.setattr(uploading, "_step", broken)
        page = author.post(reverse("upload", args=[upload.pk]), follow=True).content.decode()
    assert "probeer het zo nog eens" in page
    # It does not press the button by itself again and again.
    assert "import.js" not in page
    assert work(author, upload).outcomes == {"added": 3}


def test_a_list_can_begin_again_and_what_was_imported_is_found_back(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "STEP", 2)
    upload = work(author, send(author, a_csv(ROWS)))
    address = reverse("upload", args=[upload.pk])
    author.post(address, {"begin": "1"})
    author.post(address)
    assert "Begin opnieuw" in author.get(address).content.decode()
    author.post(address, {"again": "1"})
    upload = work(author, upload)
    assert (upload.state, upload.outcomes) == (Upload.State.CHECKED, {"added": 1, "unchanged": 2})
    assert begun(author, upload).outcomes == {"added": 1, "unchanged": 2}
    assert InitiativePage.objects.count() == 3


def test_a_list_can_be_left_at_any_moment(author: Client) -> None:
    upload = send(author, a_csv(ROWS))
    page = author.get(reverse("upload", args=[upload.pk])).content.decode()
    assert reverse("throw_away_upload", args=[upload.pk]) in page
    author.post(reverse("throw_away_upload", args=[upload.pk]))
    assert author.post(reverse("upload", args=[upload.pk])).status_code == 404


def test_the_file_of_mistakes_comes_back_as_it_was_typed(author: Client) -> None:
    cells = ["+1 op school", "- eerst bellen", "lopend", "@buurt", "'s-Gravenhage", "'=eigen apostrof"]
    upload = work(author, send(author, a_csv([";".join(cells)], "title;text;status;tags;department;kleur")))
    content = author.get(reverse("upload_errors", args=[upload.pk])).content.decode("utf-8-sig")
    again = send(author, a_csv([content.replace("lopend", "running")], ""))
    columns = ["title", "text", "status", "tags", "department", "kleur"]
    assert [again.records[0][1][name] for name in columns] == [cells[0], cells[1], "running", *cells[3:]]
    assert again.unknown_columns == []


def test_a_date_of_any_form_is_imported_as_that_day(author: Client) -> None:
    written = [
        "2026-03-01",
        "1-3-2026",
        "01/03/2026",
        "1.3.2026",
        "1 maart 2026",
        "1 mrt. 2026",
        "46082",
        "2026-03-01 14:30",
    ]
    rows = [f"Titel {number};t;{date}" for number, date in enumerate(written)]
    upload = begun(author, work(author, send(author, a_csv(rows, "title;text;start"))))
    assert upload.errors == []
    days = {page.get_latest_revision_as_object().started_at.isoformat() for page in InitiativePage.objects.all()}
    assert days == {"2026-03-01"}


def test_what_was_guessed_of_a_file_is_told(author: Client, waterhoven: MunicipalityPage, person: Person) -> None:
    upload = send(author, a_csv(["Café;één"], "title;text", "mac_roman"))
    assert "Macintosh" in author.get(reverse("upload", args=[work(author, upload).pk])).content.decode()
