"""Lists: what is right for each file that somebody uploads at `/beheer/importeren/`, or gives to the command."""

from __future__ import annotations

import io
from io import StringIO
from typing import Any

import openpyxl
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from exchange.contributions.models import Contribution
from exchange.contributions.text import plain_text
from exchange.importing.models import Upload
from exchange.themes.models import Keyword

from .world import World


def _adds(world: World, name: str, number: int) -> Upload:
    """So many rows would be added, and none is left out."""
    upload = world.tried(name)
    assert (upload.outcomes, upload.errors) == ({"added": number}, [])
    return upload


def csv_double_header(world: World) -> None:
    answer = world.upload("lijst.csv")
    said = answer if isinstance(answer, str) else str(answer.errors)
    assert "text" in said
    assert "twee" in said or "dubbel" in said


def csv_empty_line_first(world: World) -> None:
    _adds(world, "lijst.csv", 1)


def csv_errors_round_trip(world: World) -> None:
    client = world.client()
    upload = world.upload("lijst.csv", client)
    assert isinstance(upload, Upload)
    assert len(upload.errors) == 1
    content = client.get(reverse("upload_errors", args=[upload.pk])).content.decode("utf-8-sig")
    for cell in world.mistakes(client, upload)[-1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    mended = ("\ufeff" + content.replace("lopend", "running")).encode()
    again = world.upload(SimpleUploadedFile("fouten.csv", mended), client)
    assert isinstance(again, Upload)
    assert again.errors == []
    client.post(reverse("upload", args=[again.pk]), {"begin": "1"})
    world.go_on(client, again)
    draft = _only_draft()
    assert draft.title == "+1 op school"
    assert plain_text(draft.approach) == "- eerst bellen" or plain_text(draft.approach).endswith("eerst bellen")
    assert "'" not in plain_text(draft.approach)
    assert [keyword.name for keyword in draft.keywords.all()] == ["@buurt"]


def csv_header_case(world: World) -> None:
    _adds(world, "lijst.csv", 1)


def csv_line_separator_in_cell(world: World) -> None:
    _adds(world, "lijst.csv", 2)


def csv_mac_roman(world: World) -> None:
    upload = world.upload("lijst.csv")
    if isinstance(upload, str):
        assert "UTF-8" in upload
    else:
        assert [row[1]["title"] for row in upload.records] == ["Buurtbus één in coördinatie"]


def csv_old_mac_line_ends(world: World) -> None:
    _adds(world, "lijst.csv", 2)


def csv_one_broken_byte(world: World) -> None:
    upload = world.tried("lijst.csv")
    assert upload.records[0][1]["title"] == "Buurtbus één in coördinatie"
    assert "\ufffd" in upload.records[1][1].get("text", "") or upload.errors


def csv_sep_line(world: World) -> None:
    _adds(world, "lijst.csv", 1)


def import_excel_date(world: World) -> None:
    cells = list(openpyxl.load_workbook(io.BytesIO(world.file("lijst.xlsx").read())).worksheets[0].values)
    drafts = world.imported("lijst.xlsx")
    assert len(drafts) == len(cells) - 1 == 2
    column = [str(name).lower() for name in cells[0]].index("start")
    for draft, row in zip(drafts, cells[1:], strict=True):
        told = row[column]
        if told is not None and hasattr(told, "date"):
            assert draft.started_at == told.date()


def import_lone_surrogate(world: World) -> None:
    upload = world.tried("lijst.jsonl")
    assert sum(upload.outcomes.values()) + len(upload.errors) == 2
    assert sum(upload.outcomes.values()) >= 1


def import_start_date(world: World) -> None:
    (draft,) = world.imported("lijst.csv")
    assert draft.started_at.isoformat() == "2026-03-01"


def keywords_unicode(world: World) -> None:
    world.imported("lijst.jsonl")
    assert list(Keyword.objects.values_list("name", flat=True)) == ["geïnteresseerd"]


def municipality_everyday_names(world: World) -> None:
    out, err = StringIO(), StringIO()
    call_command("import_contributions", str(world.folder / "lijst.csv"), "--dry-run", stdout=out, stderr=err)
    said = out.getvalue() + err.getvalue()
    assert "municipality:" not in said, said
    suggested = Client().get("/api/v1/suggest", {"q": "Den Haag"}).content.decode()
    assert "Gravenhage" in suggested


def slug_arabic_import(world: World) -> None:
    drafts = world.imported("lijst.csv")
    slugs = [draft.slug for draft in drafts]
    assert len(drafts) == 3
    assert all(slugs)
    assert len(set(slugs)) == 3


def summary_abbreviation(world: World) -> None:
    (draft,) = world.imported("lijst.csv")
    assert 0 < len(draft.summary) <= 280
    assert not draft.summary.rstrip("…").rstrip().endswith(("o.a.", "o.a"))


def text_wrapped_and_lists(world: World) -> None:
    draft = world.from_paste((world.folder / "tekst.txt").read_text())
    whole = "Wij staan elke week met de kar op het plein en zetten koffie voor wie langs komt. Buren helpen mee."
    assert whole in _paragraphs(draft.approach)
    listed = next(draft for draft in world.imported("lijst.csv") if draft.title == "Koffiekar")
    words = [part.removeprefix("- ") for part in _paragraphs(listed.approach)]
    assert words == ["Dit doen we:", "bel de buren", "zet de kar neer"]


def xlsx_error_cells(world: World) -> None:
    upload = world.tried("lijst.xlsx")
    assert [error[0] for error in upload.errors] == [2, 3]
    assert all("formule" in error[2] for error in upload.errors)


def xlsx_explanation_first(world: World) -> None:
    upload = world.upload("lijst.xlsx")
    if isinstance(upload, str):
        assert "blad" in upload
    else:
        assert upload.outcomes.get("added", 0) >= 1
        assert upload.errors == []


def xlsx_hidden_first_sheet(world: World) -> None:
    _adds(world, "lijst.xlsx", 1)


def xlsx_stray_far_cell(world: World) -> None:
    _adds(world, "lijst.xlsx", 1)


def xlsx_wrong_dimension(world: World) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        _adds(world, name, 3)


def xlsx_x000d(world: World) -> None:
    drafts = world.imported("lijst.xlsx")
    assert len(drafts) == 1
    parts = _paragraphs(drafts[0].approach)
    assert len(parts) == 2
    assert "_x000D_" not in "".join(parts)


def _only_draft() -> Any:
    return Contribution.objects.get().specific.get_latest_revision_as_object()


def _paragraphs(value: object) -> list[str]:
    """The paragraphs and list items of a rich or stream field, one by one."""
    html = BeautifulSoup(str(value), "html.parser")
    return [" ".join(part.get_text(" ").split()) for part in html.find_all(["p", "li"])]
