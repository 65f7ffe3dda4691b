"""Rows out of CSV, Excel and JSON lines; what cannot be read is said, and stops no other row."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from exchange.importing.files import UnreadableFileError, read


def test_csv_with_commas_semicolons_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('title,text\n"Een, twee","Regel een\nregel twee"\n\nDrie,vier\n', encoding="utf-8")
    assert [(record.line, record.values["title"]) for record in read(path).records] == [(2, "Een, twee"), (5, "Drie")]
    path.write_text("title;text\nEen;Twee\n", encoding="utf-8-sig")
    assert [record.values for record in read(path).records] == [{"title": "Een", "text": "Twee"}]


def test_csv_as_excel_on_windows_saves_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("title;text\nCoördinator;Eén\n".encode("cp1252"))
    assert [record.values["title"] for record in read(path).records] == ["Coördinator"]


def test_a_row_with_too_many_cells_is_a_bad_row_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("title,text\nEen,twee,drie\nVier,vijf\n", encoding="utf-8")
    records = read(path).records
    assert "3 cellen" in records[0].error
    assert records[1].error == ""


def test_excel_with_dates_and_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["title", "start", "text"],
        ["Een", datetime.date(2026, 3, 1), None],
        [None, None, None],
        ["Twee", "", 5],
    ):
        sheet.append(row)
    book.save(path)
    book.close()
    assert [(record.line, record.values) for record in read(path).records] == [
        (2, {"title": "Een", "start": "2026-03-01", "text": ""}),
        (4, {"title": "Twee", "start": "", "text": "5"}),
    ]


def test_json_lines_with_lists_and_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"title": "Een", "themes": ["wmo", "jeugd"]}\n{kapot\n[1]\n\n{"title": null}\n', encoding="utf-8")
    records = read(path).records
    assert records[0].values == {"title": "Een", "themes": "wmo;jeugd"}
    assert [bool(record.error) for record in records] == [False, True, True, False]
    assert [record.line for record in records] == [1, 2, 3, 5]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("rows.pdf", b"%PDF", "eindigt op"),
        ("rows.xlsx", b"geen zip", "kapot"),
        ("rows.csv", b"PK\x03\x04\x00\x00", "geen tekstbestand"),
        ("rows.csv", b"", "leeg"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=says):
        read(path)
