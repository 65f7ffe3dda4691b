"""A whole import: added once, updated by the source, kept where a person edited, and safe to stop and run again."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.accounts.models import User
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.importing.files import Record
from exchange.importing.run import Options, run
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.themes.models import Theme
from search.models import Entry
from search.projection import find_drift, project_dirty
from tests.conftest import Committed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROWS: list[dict[str, str]] = [
    {"external_id": "a", "municipality": "GM9901", "title": "Inloop", "text": "Koffie op dinsdag.", "themes": "wmo"},
    {"external_id": "b", "municipality": "Veldersloot", "title": "Maatje", "summary": "Een buur.", "tags": "buur;plek"},
    {"external_id": "c", "municipality": "GM9901", "kind": "lesson", "title": "Ga langs", "text": "Schrijf later."},
    {"external_id": "d", "municipality": "GM9901", "kind": "contact", "title": "Regisseur", "text": "Bel over opvang."},
]


def write_csv(tmp_path: Path, rows: list[dict[str, str]]) -> Path:
    path = tmp_path / "rows.csv"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def command(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_contributions", path, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def imported(tmp_path: Path, committed: Committed) -> Path:
    path = write_csv(tmp_path, ROWS)
    with committed():
        assert "4 added, 0 updated, 0 unchanged, 0 left out." in command(path, publish=True)
    return path


def everything() -> dict[str, Any]:
    pages = {page.external_id: page for page in Contribution.objects.all()}
    return {
        key: (page.title, page.summary, page.live, page.latest_revision_id, sorted(t.slug for t in page.theme_list()))
        for key, page in pages.items()
    }


def test_rows_become_published_pages_that_are_found(imported: Path, client: Client) -> None:
    page = InitiativePage.objects.get(external_id="a")
    assert (page.live, page.safety_check, page.is_imported) == (True, "imported", True)
    assert page.municipality_id == "GM9901"
    assert LessonPage.objects.get().happened == "<p>Schrijf later.</p>"
    assert ContactPage.objects.get().visibility == "members"
    found = client.get("/api/v1/search?q=koffie").json()
    assert [result["external_id"] for result in found["results"]] == ["a"]
    assert found["results"][0]["themes"] == ["wmo", "zorg-welzijn-jeugd"]
    assert client.get("/api/v1/search").json()["count"] == 3
    assert "Niet geplaatst door deze gemeente" in client.get(page.url).content.decode()


def test_running_again_changes_nothing(imported: Path) -> None:
    before, versions = everything(), list(Entry.objects.order_by("pk").values_list("pk", "version"))
    assert "0 added, 0 updated, 4 unchanged, 0 left out." in command(imported, publish=True)
    assert everything() == before
    assert list(Entry.objects.order_by("pk").values_list("pk", "version")) == versions


def test_without_publish_it_stays_a_draft(tmp_path: Path, client: Client) -> None:
    path = write_csv(tmp_path, ROWS)
    command(path)
    assert not Contribution.objects.filter(live=True).exists()
    assert command(path, publish=True).startswith("0 added, 4 updated")
    assert Contribution.objects.filter(live=True).count() == 4


def test_what_the_source_changed_is_updated(imported: Path, tmp_path: Path, committed: Committed) -> None:
    changed = [ROWS[0] | {"title": "Inloop op woensdag", "themes": "wmo;jeugdhulp"}, *ROWS[1:]]
    with committed():
        assert "1 updated, 3 unchanged" in command(write_csv(tmp_path, changed), publish=True)
    page = InitiativePage.objects.get(external_id="a")
    assert page.title == "Inloop op woensdag"
    assert {theme.slug for theme in page.theme_list()} == {"wmo", "jeugdhulp"}
    assert find_drift() == []


def edit(user: User, **fields: Any) -> InitiativePage:
    page: InitiativePage = InitiativePage.objects.get(external_id="a")
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish()
    return page


def test_a_field_that_a_person_edited_is_kept_and_reported(imported: Path, tmp_path: Path) -> None:
    edit(UserFactory(), title="Onze inloop")
    changed = [ROWS[0] | {"title": "Inloop anders", "status": "stopped"}, *ROWS[1:]]
    said = command(write_csv(tmp_path, changed), publish=True)
    page = InitiativePage.objects.get(external_id="a")
    assert (page.title, page.phase) == ("Onze inloop", "stopped")
    assert "line 2 (a): kept what a person edited: title" in said
    again = command(write_csv(tmp_path, changed), publish=True)
    assert "0 updated, 4 unchanged" in again
    assert InitiativePage.objects.get(external_id="a").title == "Onze inloop"


def test_a_draft_of_a_person_is_not_published_by_an_import(imported: Path, tmp_path: Path) -> None:
    page = InitiativePage.objects.get(external_id="a")
    page.summary = "Nog niet klaar."
    page.save_revision(user=UserFactory())
    command(write_csv(tmp_path, [ROWS[0] | {"status": "pilot"}]), publish=True)
    live = InitiativePage.objects.get(external_id="a")
    assert (live.summary, live.phase) == ("Koffie op dinsdag.", "running")
    draft = live.get_latest_revision_as_object()
    assert (draft.summary, draft.phase) == ("Nog niet klaar.", "pilot")


def test_themes_and_keywords_that_a_person_chose_are_kept(imported: Path, tmp_path: Path) -> None:
    page = InitiativePage.objects.get(external_id="a")
    page.themes.set(list(Theme.objects.filter(slug="sggg")))
    page.save_revision(user=UserFactory()).publish()
    said = command(write_csv(tmp_path, [ROWS[0] | {"themes": "jeugdhulp"}]), publish=True)
    assert "themes" in said
    assert [theme.slug for theme in InitiativePage.objects.get(external_id="a").theme_list()] == ["sggg"]


def test_saving_without_a_change_is_no_edit(imported: Path, tmp_path: Path) -> None:
    edit(UserFactory())
    command(write_csv(tmp_path, [ROWS[0] | {"text": "Thee op vrijdag."}]), publish=True)
    assert "Thee op vrijdag." in str(InitiativePage.objects.get(external_id="a").approach)


BAD = [
    {"external_id": "e", "municipality": "GM0000", "title": "Nergens", "text": "Niets."},
    {"external_id": "f", "municipality": "GM9901", "title": "", "text": "Niets."},
    {"external_id": "a", "municipality": "GM9901", "title": "Nog een keer", "text": "Dubbel."},
    {"external_id": "g", "municipality": "GM9901", "title": "Afdeling", "text": "Tekst.", "department": "Bestaat niet"},
]


def test_bad_rows_go_to_the_error_file_and_the_others_go_in(tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    said = command(write_csv(tmp_path, [*ROWS, *BAD]), errors=errors)
    assert "4 added, 0 updated, 0 unchanged, 4 left out." in said
    with errors.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["line"], row["external_id"]) for row in rows] == [("6", "e"), ("7", "f"), ("8", "a"), ("9", "g")]
    assert "GM0000" in rows[0]["reason"]
    assert "al op regel 2" in rows[2]["reason"]
    assert "--open-sections" in rows[3]["reason"]


def test_sections_are_opened_when_asked(tmp_path: Path) -> None:
    command(write_csv(tmp_path, BAD[3:]), open_sections=True)
    department = DepartmentPage.objects.get(title="Bestaat niet")
    assert InitiativePage.objects.get(external_id="g").department_id == department.pk
    assert MunicipalityPage.objects.get(municipality="GM9901").has_joined


def test_a_dry_run_tells_everything_and_changes_nothing(tmp_path: Path) -> None:
    said = command(write_csv(tmp_path, [*ROWS, *BAD]), dry_run=True, open_sections=True)
    assert said.rstrip().splitlines()[-1].startswith("Dry run, nothing changed: 5 added")
    assert not Contribution.objects.exists()
    assert not DepartmentPage.objects.exists()
    assert not MunicipalityPage.objects.get(municipality="GM9901").has_joined


def test_unknown_columns_and_an_unknown_theme_are_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [ROWS[0] | {"kleur": "rood"}])
    assert "Unknown columns, left out: kleur." in command(path)
    with pytest.raises(CommandError, match="bestaat-niet"):
        command(path, theme="bestaat-niet")
    with pytest.raises(CommandError, match=r"eindigt op \.csv"):
        command(tmp_path / "rows.pdf")
    with pytest.raises(CommandError, match="No such file"):
        command(tmp_path / "weg.csv")


def test_a_default_theme_goes_to_rows_without_one(tmp_path: Path) -> None:
    command(write_csv(tmp_path, ROWS), theme="sggg", publish=True)
    themes = {page.external_id: [theme.slug for theme in page.theme_list()] for page in Contribution.objects.all()}
    assert (themes["a"], themes["b"]) == (["wmo"], ["sggg"])


def test_a_row_that_changed_kind_is_refused(imported: Path, tmp_path: Path) -> None:
    assert "was eerder initiative" in command(write_csv(tmp_path, [ROWS[0] | {"kind": "lesson"}]))


class KilledError(Exception):
    """As if the process was stopped."""


def test_killed_half_way_and_run_again_it_ends_the_same(committed: Committed, section_of: Any) -> None:
    rows = [
        Record(
            number,
            {"external_id": str(number), "municipality": "GM9901", "title": f"Nummer {number}", "text": "Tekst."},
        )
        for number in range(2, 122)
    ]
    seen = []

    def die_in_the_second_batch(done: int) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise KilledError

    with committed(), pytest.raises(KilledError):
        run(rows, Options(publish=True), progress=die_in_the_second_batch)
    half = Contribution.objects.count()
    assert 0 < half < len(rows)
    with committed():
        report = run(rows, Options(publish=True))
    assert (report.outcomes["added"], report.outcomes["unchanged"]) == (len(rows) - half, half)
    project_dirty()
    assert Contribution.objects.filter(live=True).count() == Entry.objects.filter(is_listed=True).count() == len(rows)
    assert find_drift() == []
