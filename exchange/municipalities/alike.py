"""The municipalities like one, from the register in the database. The rule itself is in `similarity`."""

from __future__ import annotations

from functools import lru_cache

from .models import Municipality
from .similarity import Profile, Similar, similar


def municipalities_like(code: str) -> list[Similar]:
    """The municipalities most like this one, nearest first; none where it does not exist any more."""
    places = Municipality.objects.current().order_by("code")
    rows = places.values_list("code", "population", "land_area", "safety_region_code", "province_code", "name")
    return list(_like(code, tuple(rows)))


@lru_cache(maxsize=64)
def _like(code: str, rows: tuple[tuple[str, int, object, str, str, str], ...]) -> tuple[Similar, ...]:
    profiles = {row[0]: Profile(row[0], row[1], float(str(row[2])) if row[2] else None, *row[3:]) for row in rows}
    return tuple(similar(profiles[code], list(profiles.values()))) if code in profiles else ()
