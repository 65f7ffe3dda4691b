"""From the lines of a PDF to paragraphs and headings, by where they stand and how large they are. Pure.

A PDF says where letters stand, not what they are. The order is that of the file, in which programs write column after
column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import quantiles

from exchange.contributions.wrapping import bullet_of, goes_on, is_item, joined, mended

from .paper import TITLE, Piece

# Shares of the height of a page in which headers and footers stand.
MARGIN = 0.12
# How much larger than the text letters of a heading are, and those of the title.
HEADING, OF_TITLE = 1.15, 1.4
# A heading is no longer than this, in characters.
LONGEST_HEADING = 120
# How much smaller than the text those of a note are.
NOTE = 0.93
# Of the usual distance between lines: what is more parts paragraphs.
GAP = 1.3
# A line of a table of contents; a page with a few of them has one, and it only repeats the headings.
_OF_CONTENTS = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}$")
_FEW = 3
# What stands before an item, and how far from it, in letters.
_MARKER = re.compile("[-–•·▪▫◦‣●○■□➢➤✓\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|(?:\\d{1,2}|[a-z])[.)]")
_FAR = 4
_PAGE_NUMBER = re.compile(
    r"^(?:pagina|pag\.?|blad|page|p\.?)?\s*-?\s*\d{1,4}\s*-?(?:\s*(?:van|/|of|-)\s*\d{1,4})?$|^[ivx]{1,5}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line of a page, in points from its left and its bottom.

    Attributes:
        is_alone: what was filled in, or stuck on: never part of what stands beside it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool = False
    is_alone: bool = False


@dataclass(frozen=True)
class Page:
    """The lines of a page, in the order of the file."""

    height: float
    lines: tuple[Line, ...]


@dataclass
class _Block:
    """A paragraph that is being put together."""

    lines: list[Line]
    text: str

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.text = joined(self.text, line.text)


@dataclass
class _Column:
    """Lines under each other: how far to the right they go, and how far they are apart."""

    lines: list[Line] = field(default_factory=list)

    @property
    def right(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def pitch(self) -> float:
        pairs = zip(self.lines, self.lines[1:], strict=False)
        gaps = [first.y - second.y for first, second in pairs if first.y - second.y > second.size / 2]
        usual = 1.2 * self.lines[0].size
        return min(quantiles(gaps, n=4)[0], 1.5 * self.lines[0].size) if len(gaps) > 1 else usual


def pieces_of(pages: Sequence[Page]) -> list[Piece]:
    """The paragraphs of a document, with the level of those that are headings."""
    pages = [replace(page, lines=tuple(_without_contents(_whole(_marked(page.lines))))) for page in pages]
    pages = without_running_lines(pages)
    sizes = Counter[float]()
    for line in (line for page in pages for line in page.lines):
        # What was filled in says nothing of the letters of the text.
        sizes[round(line.size, 1)] += 0 if line.is_alone else len(line.text)
    if not sizes:
        return []
    usual = sizes.most_common(1)[0][0]
    blocks: list[_Block] = []
    for page in pages:
        _add_page(blocks, page, usual)
    largest = max(block.lines[0].size for block in blocks)
    return [_piece(block, usual, largest) for block in blocks]


def _marked(lines: Sequence[Line]) -> list[Line]:
    """Lines with the sign or number of their item before them, where a program wrote those apart."""
    markers = [line for line in lines if _MARKER.fullmatch(line.text)]
    if not markers:
        return list(lines)
    others = [line for line in lines if not _MARKER.fullmatch(line.text)]
    for marker in markers:
        beside = [n for n, one in enumerate(others) if _is_marker_of(marker, one)]
        if beside:
            nearest = min(beside, key=lambda n: others[n].x0)
            others[nearest] = replace(others[nearest], text=f"{marker.text} {others[nearest].text}", x0=marker.x0)
    return others


def _is_marker_of(marker: Line, line: Line) -> bool:
    return abs(marker.y - line.y) < line.size / 2 and -line.size / 2 < line.x0 - marker.x1 < _FAR * line.size


def _whole(lines: Sequence[Line]) -> list[Line]:
    """Lines that a small raised number broke are one again."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and abs(last.y - line.y) < last.size / 2 and 0 <= line.x0 - last.x1 < last.size:
            found[-1] = replace(last, text=f"{last.text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _without_contents(lines: Sequence[Line]) -> Sequence[Line]:
    others = [line for line in lines if not _OF_CONTENTS.search(line.text)]
    return others if len(lines) - len(others) >= _FEW else lines


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Pages without the headers and footers that come back, and without page numbers."""
    seen = Counter((_shape(line), round(line.y)) for page in pages for line in page.lines if _is_in_margin(page, line))
    return [
        replace(
            page,
            lines=tuple(
                line
                for line in page.lines
                if line.is_alone
                or not _is_in_margin(page, line)
                or not (seen[_shape(line), round(line.y)] > 1 or _PAGE_NUMBER.match(line.text.strip()))
            ),
        )
        for page in pages
    ]


def _is_in_margin(page: Page, line: Line) -> bool:
    return not MARGIN * page.height < line.y < (1 - MARGIN) * page.height


def _shape(line: Line) -> str:
    """A line without its numbers: those of a page differ."""
    return re.sub(r"\d+", "0", line.text.strip())


def _add_page(blocks: list[_Block], page: Page, usual: float) -> None:
    """Put the lines of a page behind those before it. Notes wait until the paragraph above them ended."""
    notes = _take_notes(blocks, usual)
    for column in _columns(page.lines):
        right, pitch = column.right, column.pitch
        for place, line in enumerate(column.lines):
            if blocks and not _starts(blocks[-1], line, right=right, pitch=pitch, is_first=place == 0):
                blocks[-1].add(line)
                continue
            blocks.extend(notes)
            notes = []
            blocks.append(_Block([line], line.text))
    blocks.extend(notes)


def _take_notes(blocks: list[_Block], usual: float) -> list[_Block]:
    """Take the notes from the foot of the page before."""
    first = len(blocks)
    while first > 1 and _is_note(blocks[first - 1], usual):
        first -= 1
    notes = blocks[first:]
    del blocks[first:]
    return notes


def _is_note(block: _Block, usual: float) -> bool:
    return block.lines[0].size < NOTE * usual and not block.lines[0].is_alone


def _columns(lines: Iterable[Line]) -> list[_Column]:
    """Lines that stand under each other; where the next stands higher or beside it, another column begins."""
    columns: list[_Column] = []
    for line in lines:
        last = columns[-1].lines[-1] if columns else None
        if last is None or line.y > last.y + line.size / 2 or line.x0 > last.x1 or line.x1 < last.x0:
            columns.append(_Column())
        columns[-1].lines.append(line)
    return columns


def _starts(block: _Block, line: Line, *, right: float, pitch: float, is_first: bool) -> bool:
    """Does a line begin a paragraph, rather than go on with the one before?"""
    last = block.lines[-1]
    looks_other = abs(line.size - last.size) > 0.1 * last.size or line.is_bold != last.is_bold
    if line.is_alone or last.is_alone or is_item(line.text):
        return True
    if is_first:
        # In another column or on another page: only the words can tell.
        return abs(line.size - last.size) > 0.1 * last.size or not goes_on(last.text, line.text)
    if looks_other and not goes_on(last.text, line.text):
        return True
    if abs(line.size - last.size) > 0.1 * last.size or last.y - line.y > GAP * pitch:
        return True
    return _was_broken_on_purpose(block, line, right)


def _was_broken_on_purpose(block: _Block, line: Line, right: float) -> bool:
    """Would the first word have fitted on the line before, or does the margin say that another paragraph begins?"""
    last = block.lines[-1]
    if goes_on(last.text, line.text) or last.text.endswith(("-", ",")):
        return False
    letter = (line.x1 - line.x0) / max(len(line.text), 1)
    if last.x1 + letter * (1 + len(line.text.split()[0])) <= right:
        return True
    is_indented = line.x0 > last.x0 + line.size / 2 and not is_item(block.text)
    return is_indented or (is_item(block.text) and line.x0 < block.lines[0].x0 + line.size / 4)


def _piece(block: _Block, usual: float, largest: float) -> Piece:
    first, text = block.lines[0], " ".join(mended(block.text).split())
    words = bullet_of(text)
    if words:
        return Piece(f"- {words}")
    is_bold = all(line.is_bold for line in block.lines)
    if first.size < HEADING * usual or len(text) > LONGEST_HEADING or first.is_alone:
        return Piece(text, is_bold=is_bold)
    is_title = first.size >= OF_TITLE * usual and first.size > 0.99 * largest
    return Piece(text, TITLE if is_title else 1, is_bold)
