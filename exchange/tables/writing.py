"""The one way in which tables go out: as CSV that a Dutch Excel opens right, and without formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

from exchange.clean_text import clean_text

from .formulas import harmless

# Tells Excel that it is UTF-8.
_MARK = "\ufeff"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, the first with the mark of UTF-8. Nothing (None) is an empty cell."""
    # A Dutch Excel parts cells by semicolons.
    writer = csv.writer(_Echo(), delimiter=";")
    mark = _MARK
    for row in rows:
        yield mark + str(writer.writerow(["" if cell is None else harmless(clean_text(str(cell))) for cell in row]))
        mark = ""


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file to download.

    Args:
        name: of the file, with its extension.
    """
    response = HttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
