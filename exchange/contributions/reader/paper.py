"""Where the walks write what they read: paragraphs within cells, boxes and notes become lines in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from exchange.contributions.wrapping import unwrapped

from .limits import Budget

# Cells no longer than this stand on one line: numbers and names; a sentence has a line of its own.
CELL = 40
# A bold line that may be a heading is no longer than this.
BOLD_HEADING = 80
_SENTENCE_ENDS = (".", ",", ";", ":", "!", "?")
_NO_HEADING_ENDS = (".", ",", ";", "!")
TITLE = 0
# How a box to tick stands in the text.
CHECKED, UNCHECKED = "☒", "☐"


@dataclass(frozen=True)
class Piece:
    """A line of the text.

    Attributes:
        level: 0 for the title of the document, from 1 for headings, None for text.
        is_bold: all of it is.
    """

    text: str
    level: int | None = None
    is_bold: bool = False


@dataclass
class Paragraph:
    """A paragraph that is being read.

    Attributes:
        marker: what stands before an item of a list.
        is_joined: its end was deleted, so what follows belongs to it.
        is_hidden: no reader sees it.
        is_unseen: its style hides its letters, but for those that say otherwise.
        is_strong: its style is bold.
        is_bold: all that was read of it is bold.
        lines: what hangs on it, and stands after it: text boxes and notes.
    """

    level: int | None = None
    marker: str = ""
    is_joined: bool = False
    is_hidden: bool = False
    is_unseen: bool = False
    is_strong: bool = False
    is_bold: bool = True
    parts: list[str] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """Its lines: one, or more where the writer broke it."""
        text = "".join(self.parts)
        if self.is_hidden or not text.strip():
            return []
        if self.level is not None:
            return [Piece(" ".join(text.split()), self.level)]
        texts = [" ".join(one.split()) for one in unwrapped(text)]
        return [Piece((self.marker if n == 0 else "") + one, is_bold=self.is_bold) for n, one in enumerate(texts)]


@dataclass
class Cell:
    """A cell that is being read."""

    lines: list[Piece] = field(default_factory=list)


@dataclass
class Row:
    """A row that is being read: a list for each cell."""

    cells: list[list[Piece]] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """Short cells on one line, parted by tabs; else cell after cell."""
        filled = [cell for cell in self.cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 and _is_short(cell[0]) for cell in filled):
            return [Piece("\t".join(cell[0].text for cell in filled)), *self.lines]
        return [*(piece for cell in filled for piece in cell), *self.lines]


def _is_short(piece: Piece) -> bool:
    return piece.level is None and len(piece.text) <= CELL and not piece.text.endswith(_SENTENCE_ENDS)


class Paper:
    """Takes what a walk meets, and keeps the lines.

    Attributes:
        lines: what is finished.
        written: how many characters were taken, hidden ones left out.
        unread: what is in the document and was left out: `hidden` text, or another document that was put `inside`.
    """

    def __init__(self, budget: Budget) -> None:
        self.lines: list[Piece] = []
        self.written = 0
        self.unread: set[str] = set()
        self._budget = budget
        self._open: list[Paragraph | Cell | Row] = []
        # Paragraphs that end in the next one, by how deep they lie.
        self._joined: dict[int, Paragraph] = {}

    @property
    def paragraph(self) -> Paragraph | None:
        """The one that is being read."""
        last = self._open[-1] if self._open else None
        return last if isinstance(last, Paragraph) else None

    def start(self, part: Paragraph | Cell | Row) -> None:
        """A paragraph, cell or row begins within what is open."""
        if isinstance(part, Paragraph):
            before = self._joined.pop(len(self._open), None)
            if before is not None:
                part.parts, part.lines = before.parts, before.lines
        else:
            self._flush(len(self._open), self._sink())
        host = self.paragraph
        if host is not None and "".join(host.parts[-1:]).endswith(_SENTENCE_ENDS):
            # A box or note stands between two sentences: they are not glued where it is taken out.
            host.parts.append(" ")
        self._open.append(part)

    def add(self, text: str, *, is_bold: bool = False) -> None:
        """Text of the paragraph that is open. Text outside any paragraph is nothing a reader sees."""
        paragraph = self.paragraph
        if paragraph is None:
            return
        paragraph.parts.append(text)
        self._budget.take(len(text))
        if text.strip() and not paragraph.is_hidden:
            paragraph.is_bold &= is_bold
            self.written += len(text)

    def hang(self, lines: list[Piece]) -> None:
        """Lines that stand after the paragraph that is open, such as those of its note."""
        self._sink().extend(lines)

    def end(self) -> None:
        """What was begun last is finished."""
        part = self._open.pop()
        self._flush(len(self._open) + 1, part.lines)
        if isinstance(part, Paragraph):
            self._end_paragraph(part)
        elif isinstance(part, Cell) and self._open and isinstance(self._open[-1], Row):
            self._open[-1].cells.append(part.lines)
        else:
            self._sink().extend(part.pieces() if isinstance(part, Row) else part.lines)

    def _end_paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.is_joined:
            self._joined[len(self._open)] = paragraph
            return
        self._sink().extend([*paragraph.pieces(), *paragraph.lines])
        self._budget.end_paragraph()

    def close(self) -> list[Piece]:
        """Finish all that is open, as where reading stopped, and give the lines."""
        self._budget = Budget()
        while self._open:
            self.end()
        self._flush(0, self.lines)
        return self.lines

    def _flush(self, depth: int, sink: list[Piece]) -> None:
        """A paragraph that waits for one that never comes is finished itself."""
        waiting = self._joined.pop(depth, None)
        if waiting is not None:
            sink.extend([*waiting.pieces(), *waiting.lines])

    def _sink(self) -> list[Piece]:
        return self._open[-1].lines if self._open else self.lines


def with_headings(pieces: list[Piece]) -> list[Piece]:
    """Where nothing is marked as a heading, short lines that are bold throughout are."""
    if any(piece.level for piece in pieces):
        return pieces
    return [replace(piece, level=1) if _looks_like_heading(piece) else piece for piece in pieces]


def _looks_like_heading(piece: Piece) -> bool:
    is_short = len(piece.text) <= BOLD_HEADING and not piece.text.endswith(_NO_HEADING_ENDS)
    return piece.level is None and piece.is_bold and is_short and not piece.text.startswith("- ")
