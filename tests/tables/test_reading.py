"""Tables as a person sees them in their own program; and whatever a file does, it gives rows or says why not."""

from __future__ import annotations

import csv
import datetime
import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odfdo import Cell, Document, Row, Table
from openpyxl.utils.datetime import MAC_EPOCH

from exchange.clean_text import clean_text
from exchange.tables.headings import Columns
from exchange.tables.lines import Limits, RefusedError
from exchange.tables.reader import read as read_here
from exchange.tables.reading import UnreadableFileError, read

COLUMNS = Columns(
    names={one: one for one in ("title", "text", "start", "external_id")}, others={"titel": "title"}, needed=("title",)
)


def rows(content: bytes | str, kind: str = "csv", limits: Limits | None = None) -> list[dict[str, str]]:
    data = content.encode() if isinstance(content, str) else content
    records = read(data, kind, COLUMNS, limits).records
    assert not [record.error for record in records if record.error]
    return [record.values for record in records]


def excel(*lines: list[Any], change: Callable[[Any], None] = lambda book: None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    change(book)
    book.save(out)
    return out.getvalue()


def rewritten(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same Excel file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one, change(data) if one.filename.endswith(part) else data)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "title;text\nBus;Rijdt\n", "title,text\nBus,Rijdt\n", "title\ttext\nBus\tRijdt\n", "title|text\nBus|Rijdt\n",
        "Title; TEXT \nBus;Rijdt\n", '"Title\n";"text "\nBus;Rijdt\n', "\ufefftitle;text\nBus;Rijdt\n",
        "Titel;text\rBus;Rijdt",
        "sep=;\ntitle;text\nBus;Rijdt\n", '"sep=,"\r\ntitle,text\r\nBus,Rijdt\r\n', "sep=\t\ntitle\ttext\nBus\tRijdt",
        "\n;;\n\ntitle;text\nBus;Rijdt", "Onze lijst\n\ntitle;text\nBus;Rijdt\n", "title;text\rBus;Rijdt\r",
        "title;text\r\nBus;Rijdt\r", "title;text;;\nBus;Rijdt;;\n", "*title*;text:\nBus;Rijdt\n",
    ],
)  # fmt: skip
def test_a_list_is_read_however_its_program_writes_it(text: str) -> None:
    assert [(row["title"], row["text"]) for row in rows(text)] == [("Bus", "Rijdt")]


def test_commas_in_the_text_do_not_part_cells_where_semicolons_do() -> None:
    assert rows("title;text\nBus;Nu, straks, later, altijd\n")[0]["text"] == "Nu, straks, later, altijd"


def test_a_cell_keeps_its_line_breaks_and_the_lines_their_numbers() -> None:
    records = read('title;text\n\nEen;"a\nb"\nTwee;c\u2028d\n'.encode(), "csv", COLUMNS).records
    assert [(one.line, one.values["text"]) for one in records] == [(3, "a\nb"), (5, "c\nd")]


def test_a_quotation_mark_that_never_ends_costs_one_row_and_is_named() -> None:
    records = read(b'title;text\nEen;a\nTwee;"b\nDrie;c\nVier;d\n', "csv", COLUMNS).records
    assert [(one.line, bool(one.error)) for one in records] == [(2, False), (3, True), (4, False), (5, False)]
    assert "aanhalingsteken" in records[1].error


def test_a_formula_that_failed_is_named_in_text_too_and_not_in_a_column_that_nobody_reads() -> None:
    records = read(b"title;text;saldo\n#N/B;a;1\nBus;b;#VERW!\n", "csv", COLUMNS).records
    assert [bool(one.error) for one in records] == [True, False]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title;Text;text\na;b;c", r"'Text'.* 2, 3"),
        ("naam;tekst\na;b", "kolom title"),
        ("", "leeg"),
        ("\n;;\n", "leeg"),
        ("title;text\n" + "a;b\n" * 11, "meer dan 10 rijen"),
        ("title;" + ";".join(map(str, range(30))) + "\na", "meer dan 20 kolommen"),
        ("title;text\n" + ("a;" + "b" * 900 + "\n") * 6, "meer dan 5000 tekens"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read(text.encode(), "csv", COLUMNS, Limits(rows=10, columns=20, cell=1000, characters=5000))


def test_a_cell_that_is_too_long_is_named() -> None:
    (record,) = read(b"title;text\nBus;" + b"x" * 2000, "csv", COLUMNS, Limits(cell=1000)).records
    assert "te lang" in record.error


def test_columns_that_are_not_known_stay_apart() -> None:
    assert rows("title;x;x;;text\na;1;2;3;b")[0] == {"title": "a", "x (2)": "1", "x (3)": "2", "text": "b", "(D)": "3"}


def test_an_excel_sheet_shows_what_a_person_sees() -> None:
    def formats(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["D2"].number_format, sheet["E2"].number_format = "0000", "0%"
        sheet["D3"].number_format = '"GM"0000'

    moment = datetime.datetime.fromisoformat("2026-03-01 14:30")
    content = excel(
        ["Title ", "TEXT", "start", "code", "deel", "ja"],
        ["Een", "regel\nregel", datetime.date(2026, 3, 1), 344, 0.5, True],
        ["Twee", 1.0, moment, 45, 0.125, None],
        change=formats,
    )
    assert [list(row.values()) for row in rows(content, "xlsx")] == [
        ["Een", "regel\nregel", "2026-03-01", "0344", "50%", "WAAR"],
        ["Twee", "1", "2026-03-01 14:30:00", "GM0045", "0.125", ""],
    ]


def test_days_count_from_1904_where_the_file_says_so() -> None:
    def from_1904(book: Any) -> None:
        book.epoch = MAC_EPOCH

    content = excel(["title", "start"], ["Een", datetime.date(2026, 3, 1)], change=from_1904)
    assert rows(content, "xlsx")[0]["start"] == "2026-03-01"


@pytest.mark.parametrize("dimension", [b"A1", b"A1:B2", b"A1:XFD1048576"])
def test_what_a_sheet_says_of_its_size_is_not_believed(dimension: bytes) -> None:
    content = excel(["title", "text"], ["Een", "a"], ["Twee", "b"])
    content = rewritten(content, "sheet1.xml", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="' + dimension + b'"'))
    assert [row["title"] for row in rows(content, "xlsx")] == ["Een", "Twee"]


def test_stray_cells_far_away_cost_nothing_and_are_no_rows() -> None:
    def stray(book: Any) -> None:
        book.worksheets[0]["XFD1048576"] = " "
        book.worksheets[0]["XFD200000"] = "x"
        book.worksheets[0]["XFD2"] = "notitie"

    content = excel(["title", "text"], ["Een", "a"], change=stray)
    begun = time.monotonic()
    found = rows(content, "xlsx")
    assert time.monotonic() - begun < 5
    assert [row["title"] for row in found] == ["Een"]
    assert found[0]["(XFD)"] == "notitie"


def test_the_sheet_with_the_columns_is_read_of_those_that_can_be_seen() -> None:
    def sheets(book: Any) -> None:
        first = book.worksheets[0]
        first.sheet_state = "hidden"
        book.create_sheet("Uitleg").append(["Vul het volgende blad in"])
        book.create_sheet("Lijst").append(["title", "text"])
        book["Lijst"].append(["Echt", "a"])

    table = read(excel(["title", "text"], ["Verborgen", "x"], change=sheets), "xlsx", COLUMNS)
    assert [one.values["title"] for one in table.records] == ["Echt"]
    assert (table.sheet, table.others) == ("Lijst", ("Uitleg",))


def test_formulas_that_failed_or_were_never_calculated_are_named() -> None:
    content = excel(["title", "text", "saldo"], ["=NA()", "a"], ["Twee", "b"], ["Drie", "c", "#REF!"])
    content = rewritten(
        content,
        "sheet1.xml",
        lambda xml: xml.replace(b'<c r="B3"', b'<c r="B3" t="e"><v>#N/A</v></c><c r="D9"'),
    )
    records = read(content, "xlsx", COLUMNS).records
    assert ["uitkomst" in records[0].error, "#N/A" in records[1].error, records[2].error] == [True, True, ""]


def test_signs_that_excel_escapes_are_read_back() -> None:
    content = excel(["title", "text"], ["a_x000D_b _x0041_ _x005F_x0041_", "c"])
    # openpyxl writes no escapes of its own; what it wrote stands in the file as it is.
    assert rows(content, "xlsx")[0]["title"] == "a\nb A _x0041_"


def test_what_was_merged_downwards_holds_for_each_line() -> None:
    content = excel(
        ["title", "text"], ["Een", "samen"], ["Twee", None], ["Drie", None], ["Vier", "eigen"],
        change=lambda book: book.worksheets[0].merge_cells("B2:B4"),
    )  # fmt: skip
    assert [row["text"] for row in rows(content, "xlsx")] == ["samen", "samen", "samen", "eigen"]


def opendocument(*lines: list[str], more: Callable[[Document], None] = lambda document: None) -> bytes:
    document, table, out = Document("spreadsheet"), Table("Lijst"), io.BytesIO()
    for line in lines:
        row = Row()
        for text in line:
            row.append_cell(Cell(text, text=text))
        table.append_row(row)
    document.body.clear()
    document.body.append(table)
    more(document)
    document.save(out)
    return out.getvalue()


def test_an_opendocument_sheet_is_read_the_same() -> None:
    content = opendocument(["Titel", "text"], ["Een", "a  b"], ["Twee", "#N/A"])
    records = read(content, "ods", COLUMNS).records
    assert [(one.line, one.values["title"], bool(one.error)) for one in records] == [
        (2, "Een", False),
        (3, "Twee", True),
    ]


def test_a_cell_that_stands_for_a_million_costs_nothing() -> None:
    def repeated(xml: bytes) -> bytes:
        far = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        far += b'table:number-columns-repeated="16000"/></table:table-row></table:table>'
        return xml.replace(b"</table:table>", far)

    content = rewritten(opendocument(["title"], ["Een"]), "content.xml", repeated)
    assert [row["title"] for row in rows(content, "ods")] == ["Een"]


def test_a_bomb_is_refused_before_it_bursts() -> None:
    """Small on disk, gigabytes in memory: a million equal rows, and texts that are used again and again."""
    head = b'<row r="1"><c t="inlineStr"><is><t>title</t></is></c></row>'
    body = b'<row><c t="inlineStr"><is><t>' + b"x" * 50 + b"</t></is></c></row>"
    content = rewritten(
        excel(["title"]),
        "sheet1.xml",
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + head + body * 1_500_000),
    )
    assert len(content) < 1_000_000
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError, match="rijen"):
        read(content, "xlsx", COLUMNS)
    with pytest.raises(UnreadableFileError):
        read(content, "xlsx", COLUMNS, Limits(rows=10**9, characters=10**12, seconds=3))
    assert time.monotonic() - begun < 20


def test_memory_is_bounded() -> None:
    cells = b"".join(b'<c t="inlineStr"><is><t>x</t></is></c>' for _ in range(3_000_000))
    content = rewritten(
        excel(["title"]), "sheet1.xml", lambda xml: xml.replace(b"<sheetData>", b"<sheetData><row>" + cells + b"</row>")
    )
    assert len(content) < 1_000_000
    with pytest.raises(UnreadableFileError, match=r"te groot|te veel|kapot"):
        read(content, "xlsx", COLUMNS, Limits(seconds=300))


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"geen zip", "xlsx", "kapot"),
        (b"geen zip", "ods", "kapot"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "xlsx", "wachtwoord"),
        (excel(["naam"], ["a"]), "xlsx", "kolom title"),
        (excel(), "xlsx", "leeg"),
        (excel(["title"], ["a"])[:-400], "xlsx", "kapot"),
        (b"x", "pdf", r"eindigt op \.csv"),
    ],
)
def test_a_broken_book_says_what_to_do(content: bytes, kind: str, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read(content, kind, COLUMNS)


def test_json_lines_say_what_is_wrong_with_each() -> None:
    lines = [
        '{"Title": "a", "text": ["x", "y"], "n": 1.0}', '{"title": "Leuk \\ud83d"}', "{kapot", "[1]", "[" * 100_000,
        '{"title": "a", "TITLE": "b"}', '{"title": {"a": 1}}', '{"title": null, "text": true}', "9" * 5000,
    ]  # fmt: skip
    records = read("\n".join(lines).encode(), "jsonl", COLUMNS).records
    assert records[0].values == {"title": "a", "text": "x;y", "n": "1"}
    assert records[1].values == {"title": "Leuk "}
    assert [bool(one.error) for one in records] == [False, False, True, True, True, True, True, False, True]


# --- whatever the cells, they come back; whatever the bytes, there is an answer

SIGNS = st.text(st.characters(), max_size=12)
TABLE = st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(SIGNS, min_size=width, max_size=width), max_size=5))


def here(content: bytes, kind: str) -> list[dict[str, str]]:
    """Read without a process of its own: for trying thousands."""
    answer = read_here(content, kind, COLUMNS, Limits(cell=10**6))
    return [values for _line, values, fault, _about in answer["rows"] if not fault]


def expected(table: list[list[str]]) -> list[list[str]]:
    cleaned = [[clean_text(cell) for cell in row] for row in table]
    return [row for row in cleaned if any(cell.strip() for cell in row)]


def is_plain(table: list[list[str]]) -> bool:
    """Without what stands for a formula that failed."""
    return not any(cell.strip().startswith(("#", "Err:")) for row in table for cell in row)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    table=TABLE.filter(is_plain),
    delimiter=st.sampled_from(";,\t|"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_as_csv_comes_back(table: list[list[str]], delimiter: str, ending: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    names = ["title", "text", "start"][: len(table[0]) if table else 1]
    writer.writerow(names)
    writer.writerows([[cell.replace("\x00", "") for cell in row] for row in table])
    content = out.getvalue().encode(encoding, "ignore")
    assert [[row[name] for name in names] for row in here(content, "csv")] == expected(table)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(table=TABLE.filter(is_plain))
def test_any_table_as_excel_comes_back(table: list[list[str]]) -> None:
    names = ["title", "text", "start"][: len(table[0]) if table else 1]
    cleaned = [[clean_text(cell) for cell in row] for row in table]

    def as_text(book: Any) -> None:
        for at, row in enumerate(cleaned, start=2):
            for column, text in enumerate(row, start=1):
                cell = book.worksheets[0].cell(at, column)
                cell.value, cell.data_type = text.replace("_x", "_x005F_x"), "s"

    found = here(excel(names, change=as_text), "xlsx")
    assert [[row[name] for name in names] for row in found] == expected(cleaned)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(content=st.binary(max_size=300), kind=st.sampled_from(["csv", "jsonl", "xlsx", "ods"]))
def test_any_bytes_give_rows_or_a_refusal(content: bytes, kind: str) -> None:
    for data in (content, b"title;text\n" + content, b'title;text\n"' + content):
        with suppress(RefusedError):
            read_here(data, kind, COLUMNS, Limits())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_an_excel_file_with_one_byte_changed_gives_rows_or_a_refusal(at: int, byte: int) -> None:
    content = bytearray(excel(["title", "text"], ["Een", 5], ["Twee", datetime.date(2026, 3, 1)]))
    content[at % len(content)] = byte
    with suppress(RefusedError):
        read_here(bytes(content), "xlsx", COLUMNS, Limits())
