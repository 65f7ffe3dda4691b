"""What runs, loads or hides something in an ODT, ODS or ODP."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .packed import Parts
from .reasons import Reason, RefusedError
from .xml import walk

_MACROS = ("basic/", "scripts/")
_ELEMENTS = {
    "object-ole": Reason.OBJECTS, "plugin": Reason.OBJECTS, "applet": Reason.OBJECTS, "floating-frame": Reason.OUTSIDE,
    "dde-source": Reason.FIELDS, "dde-connection-decl": Reason.FIELDS, "dde-link": Reason.FIELDS,
    "dde-connection": Reason.FIELDS, "table-source": Reason.OUTSIDE, "cell-range-source": Reason.OUTSIDE,
    "section-source": Reason.OUTSIDE, "database-display": Reason.OUTSIDE, "execute-macro": Reason.MACROS,
    "script": Reason.MACROS,
}  # fmt: skip
# Pressed by a reader, not loaded.
_PRESSED = {"a", "bookmark", "hyperlink"}
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|\\\\|\.\./|/)", re.IGNORECASE)


def look(parts: Parts) -> None:
    """Look through the parts.

    Raises:
        RefusedError: there is something in it that runs, loads or hides.
    """
    for name in parts.names:
        if name.lower().startswith(_MACROS):
            raise RefusedError(Reason.MACROS)
        if _is_object(name):
            raise RefusedError(Reason.OBJECTS)
    for name in parts.names:
        if name.lower().endswith(("content.xml", "styles.xml")):
            walk(parts.read(name), _element)


def _is_object(name: str) -> bool:
    """A file where charts and formulas have a folder: an object of another program."""
    return "/" not in name and re.match(r"obj(?:ect)? ?\w+$", name, re.IGNORECASE) is not None


def _element(name: str, values: Mapping[str, str]) -> None:
    if reason := _ELEMENTS.get(name):
        raise RefusedError(reason)
    address = values.get("href", "").strip()
    if address.lower().startswith(("vnd.sun.star.script:", "macro:", "javascript:", "service:")):
        raise RefusedError(Reason.MACROS)
    if values.get("action") == "execute":
        raise RefusedError(Reason.STARTS)
    if name not in _PRESSED and _ELSEWHERE.match(address) and values.get("type", "simple") == "simple":
        if name == "event-listener" and values.get("action") != "execute":
            return
        raise RefusedError(Reason.OUTSIDE)
