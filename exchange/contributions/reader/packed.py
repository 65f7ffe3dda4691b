"""Walking through the XML of a zipped document as it comes by: nothing is kept in memory, no entity is filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import ClassVar
from xml.parsers import expat

from .limits import DEEPEST, ELEMENTS, TEXT_UNPACKED, UNPACKED, LimitMetError, ReadError

Attributes = Mapping[str, str]
# What Office 97 files and Office files with a password begin with.
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


def opened(content: bytes) -> zipfile.ZipFile:
    """The parts of a document, after a look at how large they are.

    Raises:
        ReadError: it has a password, is no zip, or unpacks to too much.
    """
    if content.startswith(_OLD_OFFICE):
        raise ReadError("encrypted")
    packed = zipfile.ZipFile(io.BytesIO(content))
    if any(one.flag_bits & 0x1 for one in packed.infolist()):
        raise ReadError("encrypted")
    if sum(one.file_size for one in packed.infolist()) > UNPACKED:
        raise ReadError("unpacked")
    if any(one.file_size > TEXT_UNPACKED for one in packed.infolist() if one.filename.endswith((".xml", ".rels"))):
        raise ReadError("unpacked")
    return packed


class Walker:
    """One walk through an XML part.

    A method `start_w_p` is called where an element `w:p` begins, `end_w_p` where it ends, `text` with what stands
    between; names of methods are in lower case. `namespaces` says which prefix a namespace has here; names in `skipped`
    are left out with all they hold.
    """

    namespaces: ClassVar[Mapping[str, str]] = {}
    skipped: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.path: list[str] = []
        self._names: dict[str, str] = {}
        self._elements = 0
        # How deep the element lies that is left out, and whether its own end is still told.
        self._skip_from = 0
        self._tells_end = False

    def walk(self, packed: zipfile.ZipFile, part: str) -> None:
        """Walk through one part of a document; a part that is not there is empty.

        Raises:
            ReadError: it is no XML, or has entities of its own.
        """
        if part not in packed.namelist():
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        with packed.open(part) as file:
            try:
                parser.ParseFile(file)
            except expat.ExpatError as error:
                raise ReadError("broken") from error

    def parent(self, up: int = 1) -> str:
        """The name of the element around the one that is told of."""
        return self.path[-1 - up] if len(self.path) > up else ""

    def skip(self) -> None:
        """Leave out the element that begins, with all it holds."""
        self._skip_from, self._tells_end = len(self.path), False

    def skip_rest_of(self, name: str) -> None:
        """Leave out what else the nearest element of this name holds; its end is told."""
        if name in self.path:
            self._skip_from, self._tells_end = len(self.path) - self.path[::-1].index(name), True

    def text(self, text: str) -> None:
        """Text between elements."""

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._name(tag)
        self.path.append(name)
        self._elements += 1
        if len(self.path) > DEEPEST or self._elements > ELEMENTS:
            raise LimitMetError("complex")
        if self._skip_from:
            return
        if name in self.skipped:
            self.skip()
            return
        handler: Callable[[Attributes], None] | None = getattr(self, "start_" + _method(name), None)
        if handler is not None:
            handler({self._name(key): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if not self._skip_from or (self._tells_end and self._skip_from == len(self.path)):
            handler: Callable[[], None] | None = getattr(self, "end_" + _method(self.path[-1]), None)
            if handler is not None:
                handler()
        if self._skip_from == len(self.path):
            self._skip_from = 0
        self.path.pop()

    def _text(self, text: str) -> None:
        if not self._skip_from:
            self.text(text)

    def _name(self, tag: str) -> str:
        if tag not in self._names:
            namespace, _, local = tag.rpartition(" ")
            self._names[tag] = f"{self.namespaces.get(namespace, '')}:{local}"
        return self._names[tag]


def _method(name: str) -> str:
    return name.replace(":", "_").replace("-", "_").lower()


def _refuse(*doctype: object) -> None:
    # Neither format has one; it is the door of entities that fill the memory.
    raise ReadError("broken")
