"""A date is read however people and their programs write it; what may be two dates is none."""

from __future__ import annotations

import datetime

import pytest

from exchange.importing.dates import date_in


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01", "2026-3-1", "2026/03/01", "2026.03.01", "20260301", "1-3-2026", "01-03-2026", "1/3/2026",
        "01.03.2026", "01.03.26", "1-3-26", "1/3/'26", "1 - 3 - 2026", "1\u20113\u20112026", "1\u20133\u20132026",
        "1 maart 2026", "1 MAART 2026", "1 mrt. 2026", "1-mrt-26", "1 mrt '26", "1e maart 2026", "1 maart, 2026",
        "1\u00a0maart\u00a02026", "zo 1 mrt 2026", "zondag 1 maart 2026", "1 March 2026", "March 1, 2026",
        "March 1st, 2026", "46082", "46082.5", "46082,5", "2026-03-01T00:00:00Z", "2026-03-01 09:30:00.000",
        "01-03-2026 0:00", "1 maart 2026 om 9:30 uur", " 1-3-2026 ",
    ],
)  # fmt: skip
def test_the_first_of_march(text: str) -> None:
    assert date_in(text) == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 mei 2026", (2026, 5, 1)),
        ("1 may 2026", (2026, 5, 1)),
        ("3 sept 2026", (2026, 9, 3)),
        ("1-1-98", (1998, 1, 1)),
    ],
)
def test_other_days(text: str, day: tuple[int, int, int]) -> None:
    assert date_in(text) == datetime.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "n.v.t.", "2026", "maart 2026", "03-2026", "29-2-2025", "12/31/2026", "3/1/2026 12:00:00 AM",
        "2026-W10", "1 martini 2026", "1 ma 2026", "1-3-0026", "9999-12-31", "0344", "12345",
        "1-3-2026 en later", "1-3/2026",
    ],
)  # fmt: skip
def test_what_is_no_whole_date(text: str) -> None:
    assert date_in(text) is None
