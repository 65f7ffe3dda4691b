"""Dates as people and their programs write them."""

from __future__ import annotations

import datetime
import re

# The day that Excel counts from, and the serials that are days people mean: from 1954 to 2118.
_EXCEL = datetime.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_MONTHS = ("jan", "feb", "m(?:aa)?rt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DUTCH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.ASCII | re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
# A time behind a date says nothing of the day.
_TIME = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)


def date_in(text: str) -> datetime.date | None:
    """The date of 2026-03-01, 1-3-2026, 1/3/2026, 1 maart 2026, or 46082 as Excel counts; None for anything else."""
    text = text.strip()
    if (time := _TIME.search(text)) and time.end() == len(text):
        text = text[: time.start()]
    try:
        return _read(text)
    except ValueError:
        return None


def _read(text: str) -> datetime.date | None:
    if _ISO.fullmatch(text):
        return datetime.date.fromisoformat(text)
    if dutch := _DUTCH.fullmatch(text):
        return datetime.date(int(dutch[4]), int(dutch[3]), int(dutch[1]))
    if (written := _WRITTEN.fullmatch(text)) and (month := _month(written[2])):
        return datetime.date(int(written[3]), month, int(written[1]))
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _EXCEL + datetime.timedelta(days=int(float(text)))
    return None


def _month(word: str) -> int:
    return next((at for at, begin in enumerate(_MONTHS, start=1) if re.match(begin, word, re.IGNORECASE)), 0)
