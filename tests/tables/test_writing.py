"""Every export of the exchange, Wagtail's own ones too, opens right in a Dutch Excel and runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from exchange.sections.models import MunicipalityPage
from exchange.tables.writing import csv_lines
from search.models import SearchedQuestion
from tests.factories import InitiativeFactory

FORMULA = '=HYPERLINK("https://elders.example/";"klik")'


def test_a_line_has_semicolons_the_mark_of_utf_8_and_no_formula() -> None:
    rows: list[list[object]] = [["wie", "wat"], [None, FORMULA], ["é", "a;b\nc"], [3, "-5\x0b"]]
    assert "".join(csv_lines(rows)).startswith("\ufeffwie;wat\r\n")
    found = list(csv.reader(io.StringIO("".join(csv_lines(rows)).removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert found == [["wie", "wat"], ["", f"'{FORMULA}"], ["é", "a;b\nc"], ["3", "'-5\n"]]


def exports(patterns: list[URLPattern | URLResolver], names: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of the views that export, as far as they need no arguments."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from exports(one.url_patterns, (*names, *([one.namespace] if one.namespace else [])))
            continue
        view = getattr(one.callback, "view_class", None)
        if one.name and view and issubclass(view, SpreadsheetExportMixin) and not one.pattern.converters:
            yield ":".join((*names, one.name))


@pytest.mark.django_db
def test_wagtails_own_exports_are_safe_too(waterhoven: MunicipalityPage, signed_in: Callable[..., Client]) -> None:
    InitiativeFactory(parent=waterhoven, title=FORMULA)
    SearchedQuestion.objects.create(question=f"{FORMULA}\x0b", week="2026-11-23", times=2, hits=0)
    client = signed_in("administrator")
    tried = 0
    for name in sorted(set(exports(get_resolver().url_patterns))):
        answer = client.get(reverse(name), {"export": "csv"})
        if not answer.headers.get("Content-Type", "").startswith("text/csv"):
            continue
        text = answer.getvalue().decode()
        assert text.startswith("\ufeff"), name
        cells = [cell for row in csv.reader(io.StringIO(text[1:]), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], name
        book = openpyxl.load_workbook(io.BytesIO(client.get(reverse(name), {"export": "xlsx"}).getvalue()))
        assert "f" not in {cell.data_type for row in book.worksheets[0] for cell in row}, name
        tried += 1
    assert tried > 3


@pytest.mark.django_db
def test_the_questions_of_visitors_come_out_as_text(signed_in: Callable[..., Client]) -> None:
    SearchedQuestion.objects.create(question=f"{FORMULA}\x0b", week="2026-11-23", times=2, hits=0)
    client = signed_in("platform_editor")
    (name,) = [one for one in set(exports(get_resolver().url_patterns)) if one == "searchedquestion:index"]
    text = client.get(reverse(name), {"export": "csv"}).getvalue().decode()
    assert f"'{FORMULA}"[:10] in text
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse(name), {"export": "xlsx"}).getvalue()))
    assert FORMULA in [cell.value and str(cell.value).strip() for row in book.worksheets[0] for cell in row]
