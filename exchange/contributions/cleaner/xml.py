"""The elements of an XML part as they come by, by the last part of their name: no entity, no doctype, no memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from .reasons import Reason, RefusedError

Start = Callable[[str, Mapping[str, str]], None]


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def walk(
    content: bytes, start: Start, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None
) -> None:
    """Tell of each element.

    Raises:
        RefusedError: it is no XML, or has a doctype.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, values: start(local(name), {local(key): values[key] for key in values})
    parser.StartDoctypeDeclHandler = _refuse
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError(Reason.BROKEN) from error


def _refuse(*doctype: object) -> None:
    raise RefusedError(Reason.BROKEN)
