"""Wagtail's own exports, of lists and reports, go out like ours: without formulas, and right in a Dutch Excel.

Wagtail writes CSV as it stands in the database, with commas and without the mark of UTF-8, and its XLSX stops at a
control character. All its exports share one mixin, so they are mended there, also those of reports that come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from exchange.clean_text import clean_text

from .writing import csv_lines


def mend() -> None:
    """Let every export of Wagtail go through our writer."""
    SpreadsheetExportMixin.stream_csv = _stream_csv
    SpreadsheetExportMixin.preprocess_field_value = _clean(SpreadsheetExportMixin.preprocess_field_value)


def _stream_csv(view: SpreadsheetExportMixin, queryset: QuerySet[Any]) -> Iterator[bytes]:
    def rows() -> Iterator[list[Any]]:
        yield [view.get_heading(queryset, field) for field in view.list_export]
        for item in queryset:
            row = view.to_row_dict(item)
            yield [view.preprocess_field_value(field, value, view.FORMAT_CSV) for field, value in row.items()]

    return (line.encode() for line in csv_lines(rows()))


def _clean(preprocess: Any) -> Any:
    """XML takes no control characters; an Excel file is XML."""

    def preprocess_field_value(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        found = preprocess(view, field, value, export_format)
        return clean_text(found) if isinstance(found, str) else found

    return preprocess_field_value
