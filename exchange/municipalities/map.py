"""The Netherlands on a plane: from degrees to the units of our map, and borders as one line. Pure.

Plate carrée with the middle parallel of the country true to scale: over three degrees of latitude nobody sees the
difference with the national grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

WIDTH, HEIGHT = 600, 700
# The edges of what is drawn, in degrees (WGS84).
WEST, NORTH = 3.3, 53.6
MIDDLE = 52.15
# Units to a degree of latitude.
SCALE = 238.0

Ring = Sequence[Sequence[float]]


def project(latitude: float, longitude: float) -> tuple[int, int]:
    """Where a place is on the map.

    Args:
        latitude, longitude: degrees, WGS84.
    """
    x = (longitude - WEST) * math.cos(math.radians(MIDDLE)) * SCALE
    y = (NORTH - latitude) * SCALE
    return round(x), round(y)


def line(geometries: Iterable[dict[str, Any]]) -> str:
    """The borders of geometries (GeoJSON, polygons and multipolygons) as the `d` of one SVG path."""
    return "".join(_ring(ring) for geometry in geometries for ring in _rings(geometry))


def _rings(geometry: dict[str, Any]) -> Iterable[Ring]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)


def _ring(ring: Ring) -> str:
    """One closed line, in steps from point to point; points that fall together are one."""
    points = [project(latitude, longitude) for longitude, latitude, *_ in ring]
    kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    if len(kept) < 4:  # Smaller than can be seen.
        return ""
    steps = [(here[0] - before[0], here[1] - before[1]) for before, here in pairwise(kept[:-1])]
    return f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"
