"""Dates as people and their programs write them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping

# The day that Excel counts from, and the serials that are days people mean: from 1954 to 2118.
_EXCEL = datetime.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
# Of years that two digits stand for: 70 is 1970, 69 is 2069.
_CENTURY = 70
_YEARS = range(1900, 2200)
# In Dutch and English, as far as they are written out: no fewer letters than three.
_MONTHS = (
    "januari january", "februari february", "maart mrt march mar", "april", "mei may", "juni june", "juli july",
    "augustus august", "september", "oktober october okt oct", "november", "december",
)  # fmt: skip
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})([-/. ])(?P<month>\d{{1,2}})\2{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:e|ste|de|st|nd|rd|th)?[-/. ](?:of )?(?P<word>[a-z]+)[-/. ]{_YEAR}",
        rf"(?P<word>[a-z]+) (?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_YEAR}",
    )
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
# A time behind a date says nothing of the day.
_TIME = re.compile(r"(?:T| )(?:om )?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?uur)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_WEEKDAY = re.compile(
    r"^(?:ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?"
    r"|mon|tue|wed|thu|fri|sat|sun|[a-z]{3,6}day)[,.]? ",
    re.IGNORECASE,
)
_DASHES = re.compile(" ?[-\u2010-\u2015\u2212/.] ?")
# What ends an abbreviation or parts the day from the year.
_POINTS = re.compile(r"(?<=[a-z])[.,]+|,", re.IGNORECASE)


def date_in(text: str) -> datetime.date | None:
    """The date in a text, day before month as Dutch people write it; None where it is no whole date.

    So 2026-03-01, 1-3-2026, 01.03.26, 1 maart 2026, zo 1 mrt '26, March 1, 2026, and 46082 as Excel counts.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if _SERIAL.fullmatch(plain):
        return _EXCEL + datetime.timedelta(days=int(plain[:5])) if int(plain[:5]) in _SERIALS else None
    plain = _WEEKDAY.sub("", _TIME.sub("", plain))
    plain = " ".join(_POINTS.sub(" ", _DASHES.sub(_dash, plain)).split())
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    return _date(found.groupdict()) if found else None


def _dash(found: re.Match[str]) -> str:
    """Every dash as one, without spaces around; a point stays a point."""
    sign = found.group().strip()
    return found.group() if sign == "." else sign if sign == "/" else "-"


def _date(parts: Mapping[str, str | None]) -> datetime.date | None:
    word = parts.get("word")
    month = _month(word.lower()) if word else int(parts["month"] or 0)
    digits = (parts["year"] or "").removeprefix("'")
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < _CENTURY else 1900
    try:
        return datetime.date(year, month, int(parts["day"] or 0)) if year in _YEARS else None
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of a month; 0 where it is none."""
    is_it = (any(len(word) > 2 and name.startswith(word) for name in names.split()) for names in _MONTHS)
    return next((at for at, found in enumerate(is_it, start=1) if found), 0)
