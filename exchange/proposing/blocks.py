"""What a document is made of, whatever the kind of file: headings, paragraphs, lists and tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """`level`: 1 is the title of the document."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """`to_fill_in`: something that the officer still writes; it stands out."""

    text: str
    to_fill_in: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one row of headers. `caption` says what it is of."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True)
class Document:
    """A document. `language`: of its own words, such as `nl-NL`."""

    title: str
    language: str
    blocks: tuple[Block, ...]
