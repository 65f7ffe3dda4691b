"""From a row of text to a checked row, or a reason that a person can act on."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.importing.rows import BadRowError, Lookup, check, columns
from exchange.initiatives.models import InitiativePage

LOOKUP = Lookup(
    municipalities={
        "gm0344": ("GM0344",), "utrecht": ("GM0344",), "gm0001": ("GM0344",), "oud": ("GM0344", "GM0363"),
    },
    themes={"wmo": "wmo", "wmo en ondersteuning thuis": "wmo", "inburgering": "inburgering", "a": "a", "b": "b"},
)  # fmt: skip
GOOD = {"title": "Inloop", "municipality": "GM0344", "text": "Eerste zin. Tweede zin."}


def test_the_least_that_a_row_needs() -> None:
    row = check(2, GOOD, LOOKUP)
    assert (row.kind, row.municipality, row.own["status"]) == (InitiativePage.kind, "GM0344", "running")
    assert row.summary == "Eerste zin. Tweede zin."
    assert row.external_id.startswith("title-")


@pytest.mark.parametrize("name", ["GM0344", "gm0344", "Utrecht", " utrecht ", "GM0001"])
def test_a_municipality_by_code_name_or_dissolved_code(name: str) -> None:
    assert check(2, GOOD | {"municipality": name}, LOOKUP).municipality == "GM0344"


@pytest.mark.parametrize(
    ("status", "phase"),
    [("", "running"), ("stopped", "stopped"), ("Gestopt", "stopped"), ("vast geregeld", "secured"), ("PILOT", "pilot")],
)
def test_a_status_by_value_or_dutch_label(status: str, phase: str) -> None:
    assert check(2, GOOD | {"status": status}, LOOKUP).own["status"] == phase


def test_themes_by_slug_or_label_once_each() -> None:
    row = check(2, GOOD | {"themes": "Wmo en ondersteuning thuis; inburgering ;wmo;"}, LOOKUP)
    assert row.themes == ("wmo", "inburgering")
    assert check(2, GOOD, LOOKUP, default_theme="wmo").themes == ("wmo",)
    assert check(2, GOOD, LOOKUP).themes == ()


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2026-03-01", (2026, 3, 1)), ("1-3-2026", (2026, 3, 1)), ("2026-03-01T10:00", (2026, 3, 1))],
)
def test_a_date_as_people_write_it(start: str, expected: tuple[int, int, int]) -> None:
    assert check(2, GOOD | {"start": start}, LOOKUP).own["start"] == datetime.date(*expected).isoformat()


def test_a_long_text_gives_a_short_summary() -> None:
    assert len(check(2, GOOD | {"text": "Een zin. " * 100}, LOOKUP).summary) <= 280


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"title": ""}, "title: ontbreekt"),
        ({"title": "x" * 101}, "hoogstens 100"),
        ({"text": "", "summary": ""}, "text: ontbreekt"),
        ({"summary": "x" * 281}, "hoogstens 280"),
        ({"municipality": ""}, "municipality: ontbreekt"),
        ({"municipality": "GM0000"}, "geen code of naam"),
        ({"municipality": "oud"}, "GM0344, GM0363"),
        ({"themes": "bestaat niet"}, "themes: 'bestaat niet'"),
        ({"themes": "wmo;inburgering;a;b"}, "hoogstens 3"),
        ({"kind": "iets"}, "kind"),
        ({"kind": "adoption"}, "kan niet worden"),
        ({"status": "ooit"}, "status"),
        ({"start": "gisteren"}, "geen datum"),
        ({"start": "32-1-2026"}, "geen datum"),
        ({"start": "2026-02-01", "end": "2026-01-01"}, "voor start"),
        ({"source_url": "javascript:alert(1)"}, "geen adres"),
        ({"external_id": "x" * 101}, "external_id"),
    ],
)
def test_a_bad_row_says_which_column_and_why(cells: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRowError, match=reason):
        check(2, GOOD | cells, LOOKUP)


@given(st.dictionaries(st.sampled_from(columns()), st.text(max_size=120)))
def test_any_row_is_taken_or_refused_with_a_reason(cells: dict[str, str]) -> None:
    try:
        row = check(2, cells, LOOKUP)
    except BadRowError:
        return
    assert row.title
    assert len(row.summary) <= 280


@pytest.mark.parametrize(
    "text", ["taal; sport", "taal, sport", "#taal #;# sport", "taal\nsport", "Taal;sport;TAAL", "taal,,sport,"]
)
def test_keywords_as_people_part_and_mark_them(text: str) -> None:
    tags = check(2, GOOD | {"tags": text}, LOOKUP).tags
    assert [tag.lower().rstrip(" #") for tag in tags] == ["taal", "sport"]


def test_a_keyword_with_a_comma_where_semicolons_part_them() -> None:
    assert check(2, GOOD | {"tags": "taal, ook digitaal; sport"}, LOOKUP).tags == ("taal, ook digitaal", "sport")


def test_themes_parted_by_commas_and_one_with_a_comma_itself() -> None:
    lookup = Lookup(LOOKUP.municipalities, {"a": "a", "b": "b", "wonen, leven en zorg": "w"})
    assert check(2, GOOD | {"themes": "a, b"}, lookup).themes == ("a", "b")
    assert check(2, GOOD | {"themes": "Wonen, leven en zorg"}, lookup).themes == ("w",)
