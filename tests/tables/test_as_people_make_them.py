"""Tables that people and their programs made in a way of their own: hidden parts, headings twice, marks and quotes."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from odfdo import Cell, Document, Row, Table

from exchange.importing.files import read_content, remarks
from exchange.tables.headings import plain
from exchange.tables.lines import Limits
from exchange.tables.reading import Table as Read
from exchange.tables.reading import read

from .test_reading import COLUMNS, excel, rows


def read_list(content: bytes | str, ending: str = "csv") -> Read:
    data = content.encode() if isinstance(content, str) else content
    return read_content(data, f"lijst.{ending}", Limits())


@pytest.mark.parametrize(
    "heading",
    ["Start datum", "start_datum", "STARTDATUM*", "start-datum:", "Startdatum (dd-mm-jjjj)", "Start\u00a0datum"],
)
def test_a_heading_is_known_however_it_is_typed_or_explained(heading: str) -> None:
    assert plain(heading) == "startdatum"


def test_headings_in_dutch_english_and_both() -> None:
    text = "Naam initiatief;Municipality;Omschrijving;Start date;Trefwoorden;Thema;Website\nA;B;C;D;E;F;G"
    assert list(read_list(text).records[0].values) == [
        "title", "municipality", "text", "start", "tags", "themes", "source_url",
    ]  # fmt: skip


def test_headings_that_stand_twice_under_each_other_are_no_row() -> None:
    assert [record.line for record in read_list("Titel;Tekst\ntitle;text\nA;B\nTitel;Tekst\nC;D").records] == [3, 5]
    assert [one["title"] for one in rows("Titel;text\ntitle;iets anders")] == ["title"]


def hide(book: Any) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True


def test_rows_that_are_hidden_in_excel_are_read_and_said() -> None:
    table = read_list(excel(["title", "text"], ["A", "a"], ["B", "b"], change=hide), "xlsx")
    assert [record.values["title"] for record in table.records] == ["A", "B"]
    assert "verborgen" in " ".join(remarks(table))
    assert not list(remarks(read_list(excel(["title", "text"], ["A", "a"]), "xlsx")))


def test_a_hidden_column_gives_way_to_one_of_the_same_name_that_is_seen() -> None:
    (found,) = rows(excel(["title", "text", "text"], ["A", "nu", "oud"], change=hide), "xlsx")
    assert found["text"] == "nu"
    # Where it stands alone it counts: numbers are often hidden.
    (found,) = rows(excel(["title", "text", "external_id"], ["A", "nu", "7"], change=hide), "xlsx")
    assert found["external_id"] == "7"


def test_rows_that_are_hidden_in_opendocument_are_said_too() -> None:
    table = Table("Blad1")
    for line in (["title"], ["A"], ["B"]):
        row = Row()
        for cell in line:
            row.append_cell(Cell(cell))
        if line == ["B"]:
            row.set_attribute("table:visibility", "filter")
        table.append_row(row)
    document = Document("spreadsheet")
    document.body.clear()
    document.body.append(table)
    out = BytesIO()
    document.save(out)
    assert read(out.getvalue(), "ods", COLUMNS).hidden == 1


def test_a_long_number_stays_whole() -> None:
    (found,) = rows(excel(["external_id", "title"], [1234567890123456, 20000000000000000]), "xlsx")
    assert (found["external_id"], found["title"]) == ("1234567890123456", "20000000000000000")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('title; text\nA; "b; c"\n', {"title": "A", "text": "b; c"}),
        ('title, text\nA, "b, c"\n', {"title": "A", "text": "b, c"}),
        ('\ufeff\ufeff"title";text\nA;b\n', {"title": "A", "text": "b"}),
    ],
)
def test_a_quote_counts_behind_a_space_and_behind_marks(text: str, cells: dict[str, str]) -> None:
    assert rows(text) == [cells]


@pytest.mark.parametrize("indent", [None, 1])
def test_one_list_of_objects_is_rows_too(indent: int | None) -> None:
    text = json.dumps([{"title": "A"}, {"title": "B"}], indent=indent)
    records = read(text.encode(), "json", COLUMNS).records
    assert [record.values for record in records] == [{"title": "A"}, {"title": "B"}]
    assert [record.line for record in records] == ([1, 1] if indent is None else [2, 5])


def test_a_comma_behind_an_object_is_no_fault() -> None:
    assert rows('{"title": "A"},\n{"title": "B"}\n', "jsonl") == [{"title": "A"}, {"title": "B"}]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_what_is_no_number_is_no_text_either(value: str) -> None:
    (record,) = read(f'{{"title": "A", "text": {value}}}'.encode(), "jsonl", COLUMNS).records
    assert record.error


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("columns", [["line", "reason", "title"], ["reason", "title"], ["title", "reason"]])
def test_the_file_of_mistakes_comes_back_as_typed_from_any_program(ending: str, columns: list[str]) -> None:
    cells = ["'+1 op school" if name == "title" else "fout" for name in columns]
    content = excel(columns, cells) if ending == "xlsx" else f"{';'.join(columns)}\n{';'.join(cells)}\n"
    assert [record.values for record in read_list(content, ending).records] == [{"title": "+1 op school"}]


def test_an_apostrophe_in_a_list_of_somebody_else_stays() -> None:
    assert read_list("title\n'+1 op school\n").records[0].values["title"] == "'+1 op school"


def test_a_sheet_of_something_else_that_has_names_is_not_the_list() -> None:
    def add(book: Any) -> None:
        for line in (["title", "text", "start"], ["B", "b", "1-3-2026"]):
            sheet = book.worksheets[-1] if len(book.worksheets) > 1 else book.create_sheet("Gegevens")
            sheet.append(line)

    content = excel(["Naam", "Functie"], ["A", "a"], change=add)
    table = read_list(content, "xlsx")
    assert [record.values["title"] for record in table.records] == ["B"]
    # Where it is the only one it is read.
    assert [record.values["title"] for record in read_list(excel(["Naam"], ["A"]), "xlsx").records] == ["A"]


def test_of_two_lists_the_first_is_read_also_where_the_second_has_more() -> None:
    def add(book: Any) -> None:
        sheet = book.create_sheet("Tweede")
        sheet.append(["title", "text", "start", "external_id"])
        sheet.append(["B", "b", "", "7"])

    table = read_list(excel(["title", "text", "start"], ["A", "a", ""], change=add), "xlsx")
    assert [record.values["title"] for record in table.records] == ["A"]
    assert table.others == ("Tweede",)
