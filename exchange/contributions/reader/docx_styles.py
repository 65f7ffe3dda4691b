"""What the styles and lists of a DOCX say: which paragraphs are headings, what is hidden, how items are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .packed import Attributes, Walker
from .paper import TITLE

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
WORD = dict.fromkeys(_WORD, "w")
# Names of styles, as Word, LibreOffice and others write them.
_HEADING = re.compile(r"^(?:heading|kop)\s*(\d?)$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
_NO_HEADING = re.compile(r"^(?:subtitle|ondertitel)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|inhopg|contents)\b", re.IGNORECASE)
# Above this, an outline level means running text.
_TEXT_LEVEL = 9
_LONGEST_CHAIN = 20


def is_on(attributes: Attributes) -> bool:
    """Is a property on, that stands there without a value or with one?"""
    return attributes.get("w:val", "1").lower() not in {"0", "false", "off"}


def heading_level(name: str) -> int | None:
    """The level that the name of a style gives; None for one that says nothing of headings."""
    if _TITLE.match(name):
        return TITLE
    found = _HEADING.match(name)
    return int(found[1] or 1) if found else None


@dataclass
class Style:
    """One style, as far as it says who sees a text and what it is."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    number: str = ""
    number_level: int = 0
    is_hidden: bool | None = None
    is_bold: bool | None = None


class Styles(Walker):
    """The styles of a document."""

    namespaces = WORD

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[str, Style] = {}
        self._style = Style()

    def start_w_style(self, attributes: Attributes) -> None:
        self._style = Style()
        self._styles[attributes.get("w:styleId", "")] = self._style

    def start_w_name(self, attributes: Attributes) -> None:
        self._style.name = attributes.get("w:val", "")

    def start_w_basedon(self, attributes: Attributes) -> None:
        self._style.base = attributes.get("w:val", "")

    def start_w_outlinelvl(self, attributes: Attributes) -> None:
        level = attributes.get("w:val", "")
        self._style.outline = int(level) if level.isdigit() else None

    def start_w_numid(self, attributes: Attributes) -> None:
        self._style.number = attributes.get("w:val", "")

    def start_w_ilvl(self, attributes: Attributes) -> None:
        level = attributes.get("w:val", "")
        self._style.number_level = int(level) if level.isdigit() else 0

    def start_w_vanish(self, attributes: Attributes) -> None:
        self._style.is_hidden = is_on(attributes)

    def start_w_b(self, attributes: Attributes) -> None:
        self._style.is_bold = is_on(attributes)

    def level(self, name: str) -> int | None:
        """0 where a style is that of the title, from 1 where it is one of headings, None where it is neither."""
        for style in self._chain(name):
            if _NO_HEADING.match(style.name):
                return None
            level = heading_level(style.name)
            if level is not None:
                return level
            if style.outline is not None:
                return level_of_outline(style.outline)
        return None

    def is_contents(self, name: str) -> bool:
        """Is it a style of a table of contents?"""
        return any(_CONTENTS.match(style.name) for style in self._chain(name))

    def is_hidden(self, name: str) -> bool:
        return next((style.is_hidden for style in self._chain(name) if style.is_hidden is not None), False)

    def is_bold(self, name: str) -> bool:
        return next((style.is_bold for style in self._chain(name) if style.is_bold is not None), False)

    def number(self, name: str) -> tuple[str, int]:
        """The list that a style puts its paragraphs in, and how deep; no list: empty."""
        return next(((style.number, style.number_level) for style in self._chain(name) if style.number), ("", 0))

    def _chain(self, name: str) -> Iterator[Style]:
        """A style and those it is based on."""
        for _step in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.base


def level_of_outline(outline: int) -> int | None:
    return outline + 1 if outline < _TEXT_LEVEL else None


@dataclass
class _List:
    """The levels of a list: what each is marked with, and where it begins to count."""

    formats: dict[int, str] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering(Walker):
    """The lists of a document. It counts: ask for the items in the order of the text."""

    namespaces = WORD
    skipped = frozenset({"w:numPicBullet"})

    def __init__(self) -> None:
        super().__init__()
        self._abstract: dict[str, _List] = {}
        self._used: dict[str, str] = {}
        self._changed: dict[str, _List] = {}
        self._counts: dict[str, int] = {}
        self._number, self._list, self._level = "", _List(), 0

    def start_w_abstractnum(self, attributes: Attributes) -> None:
        self._list = self._abstract[attributes.get("w:abstractNumId", "")] = _List()

    def start_w_lvl(self, attributes: Attributes) -> None:
        level = attributes.get("w:ilvl", "")
        self._level = int(level) if level.isdigit() else 0

    def start_w_start(self, attributes: Attributes) -> None:
        start = attributes.get("w:val", "")
        self._list.starts[self._level] = int(start) if start.isdigit() else 1

    def start_w_lvloverride(self, attributes: Attributes) -> None:
        self.start_w_lvl(attributes)

    def start_w_startoverride(self, attributes: Attributes) -> None:
        self.start_w_start(attributes)

    def start_w_numfmt(self, attributes: Attributes) -> None:
        self._list.formats[self._level] = attributes.get("w:val", "")

    def start_w_num(self, attributes: Attributes) -> None:
        self._number = attributes.get("w:numId", "")
        # Of what is changed for one use of a list only where it begins to count is looked at.
        self._list = self._changed[self._number] = _List()

    def start_w_abstractnumid(self, attributes: Attributes) -> None:
        self._used[self._number] = attributes.get("w:val", "")

    def marker(self, number: str, level: int) -> str:
        """What stands before the next item of a list: its number, a dash, or nothing."""
        found = self._abstract.get(self._used.get(number, ""))
        if found is None:
            return ""
        kind = found.formats.get(level, "bullet")
        if kind == "none":
            return ""
        if kind == "bullet" or level:
            return "- "
        first = self._changed[number].starts.get(level, found.starts.get(level, 1))
        self._counts[number] = self._counts.get(number, first - 1) + 1
        return f"{self._counts[number]}. "
