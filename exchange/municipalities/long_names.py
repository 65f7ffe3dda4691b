"""Official names of municipalities that have more than one word, such as Bergen op Zoom: no first name is meant there.

From the register's own file, so that what only looks at words needs no database.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

REGISTER = Path(__file__).parent / "data" / "municipalities.csv"


@cache
def long_names() -> tuple[str, ...]:
    """The names, as CBS writes them."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if " " in row["name"])
