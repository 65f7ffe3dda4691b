"""The text of a DOCX, in one walk over its body: the final text, as Word shows it without marks.

No library does this whole (docs/decisions): python-docx gives no insertions, content controls or text boxes; mammoth
shows hidden text and fill-in hints.
"""

from __future__ import annotations

import contextlib
import posixpath
import zipfile
from dataclasses import dataclass
from typing import ClassVar

from .docx_styles import WORD, Numbering, Styles, is_on, level_of_outline
from .limits import Budget, LimitMetError, ReadError
from .packed import Attributes, Walker
from .paper import CHECKED, UNCHECKED, Cell, Paper, Paragraph, Piece, Row
from .symbols import sign_of

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass
class _Run:
    """How the letters look that are being read."""

    is_hidden: bool
    is_bold: bool


@dataclass
class _Field:
    """A field, such as a date: first its code, which no reader sees, then its result."""

    code: str = ""
    is_code: bool = True

    def is_silent(self) -> bool:
        """A table of contents repeats the headings."""
        return self.is_code or self.code.split()[:1] == ["TOC"]


class Body(Walker):
    """A walk through the body of a document, or through its notes."""

    namespaces = {
        **WORD,
        _RELATIONS: "r",
        _STRICT: "r",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
        "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
        "http://purl.oclc.org/ooxml/officeDocument/math": "m",
        "http://purl.oclc.org/ooxml/drawingml/main": "a",
        "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    }
    # Earlier forms of what was changed, signs beside letters, and what was moved away.
    skipped: ClassVar[frozenset[str]] = frozenset(
        {"w:pPrChange", "w:rPrChange", "w:trPrChange", "w:tcPrChange", "w:tblPrChange", "w:sectPrChange", "w:rt"}
        | {"w:numberingChange", "w:sectPr", "w:tblPrExChange"}
    )

    def __init__(self, paper: Paper, styles: Styles, numbering: Numbering, notes: dict[str, list[Piece]]) -> None:
        super().__init__()
        self.paper = paper
        self._styles, self._numbering = styles, numbering
        # The notes that no reference brought in yet.
        self._notes = notes
        self._runs: list[_Run] = []
        self._fields: list[_Field] = []
        self._taking = ""
        self._list = ("", 0)
        self._alternatives: list[int] = []
        self._choices: list[str] = []
        self._chosen = 0
        self._is_checked = False

    # --- paragraphs

    def start_w_p(self, attributes: Attributes) -> None:
        self._list = ("", 0)
        self.paper.start(Paragraph())

    def start_a_p(self, attributes: Attributes) -> None:
        self.paper.start(Paragraph())

    def end_w_p(self) -> None:
        # A code that does not end within its paragraph is one whose end was deleted.
        self._fields = [one for one in self._fields if not one.is_code]
        self.paper.end()

    def end_a_p(self) -> None:
        self.paper.end()

    def start_w_pstyle(self, attributes: Attributes) -> None:
        style, paragraph = attributes.get("w:val", ""), self.paper.paragraph
        if paragraph is not None:
            paragraph.level = self._styles.level(style)
            paragraph.is_hidden = self._styles.is_contents(style)
            paragraph.is_unseen = self._styles.is_hidden(style)
            self._list = self._styles.number(style)
            paragraph.is_strong = self._styles.is_bold(style)

    def start_w_outlinelvl(self, attributes: Attributes) -> None:
        paragraph, level = self.paper.paragraph, attributes.get("w:val", "")
        if paragraph is not None and paragraph.level is None and level.isdigit():
            paragraph.level = level_of_outline(int(level))

    def start_w_numid(self, attributes: Attributes) -> None:
        self._list = (attributes.get("w:val", ""), self._list[1])

    def start_w_ilvl(self, attributes: Attributes) -> None:
        level = attributes.get("w:val", "")
        self._list = (self._list[0], int(level) if level.isdigit() else 0)

    def end_w_ppr(self) -> None:
        paragraph = self.paper.paragraph
        if paragraph is None:
            return
        if paragraph.level is not None:
            # The contents ended where a heading begins, also where the document does not say so.
            self._fields = [one for one in self._fields if not one.is_silent()]
        else:
            paragraph.marker = self._numbering.marker(*self._list)

    # --- letters

    def start_w_r(self, attributes: Attributes) -> None:
        paragraph = self.paper.paragraph
        is_hidden, is_strong = (paragraph.is_unseen, paragraph.is_strong) if paragraph else (False, False)
        self._runs.append(_Run(is_hidden, is_strong))

    def end_w_r(self) -> None:
        self._runs.pop()

    def start_w_rstyle(self, attributes: Attributes) -> None:
        if self._runs and self._is_of_run():
            style = attributes.get("w:val", "")
            self._runs[-1].is_hidden |= self._styles.is_hidden(style)
            self._runs[-1].is_bold |= self._styles.is_bold(style)

    def start_w_vanish(self, attributes: Attributes) -> None:
        if self._runs and self._is_of_run():
            self._runs[-1].is_hidden = is_on(attributes)

    def start_w_b(self, attributes: Attributes) -> None:
        if self._runs and self._is_of_run():
            self._runs[-1].is_bold = is_on(attributes)

    def _is_of_run(self) -> bool:
        return self.parent() == "w:rPr" and self.parent(2) == "w:r"

    def start_w_t(self, attributes: Attributes) -> None:
        self._taking = "text"

    start_m_t = start_a_t = start_w_t

    def start_w_instrtext(self, attributes: Attributes) -> None:
        self._taking = "code"

    def end_w_t(self) -> None:
        self._taking = ""

    end_m_t = end_a_t = end_w_instrtext = end_w_t

    def text(self, text: str) -> None:
        if self._taking == "text":
            self._add(text)
        elif self._taking == "code" and self._fields:
            self._fields[-1].code += text

    def _add(self, text: str) -> None:
        is_hidden = bool(self._runs) and self._runs[-1].is_hidden
        if any(field.is_silent() for field in self._fields):
            return
        if is_hidden and text.strip():
            self.paper.unread.add("hidden")
        elif not is_hidden:
            self.paper.add(text, is_bold=bool(self._runs) and self._runs[-1].is_bold)

    def start_w_tab(self, attributes: Attributes) -> None:
        if self.parent() == "w:r":
            self._add(" ")

    def start_w_ptab(self, attributes: Attributes) -> None:
        self._add(" ")

    def start_w_br(self, attributes: Attributes) -> None:
        self._add("\n" if attributes.get("w:type", "textWrapping") == "textWrapping" else "\n\n")

    start_w_cr = start_a_br = start_w_br

    def start_w_nobreakhyphen(self, attributes: Attributes) -> None:
        self._add("-")

    def start_w_sym(self, attributes: Attributes) -> None:
        self._add(sign_of(attributes.get("w:font", ""), attributes.get("w:char", "")))

    def start_m_den(self, attributes: Attributes) -> None:
        self._add("/")

    def start_m_sup(self, attributes: Attributes) -> None:
        self._add("^")

    # --- changes

    def start_w_del(self, attributes: Attributes) -> None:
        """Deleted text; or, among properties, the end of a paragraph or a row that was deleted."""
        paragraph = self.paper.paragraph
        if self.parent() == "w:trPr":
            self.skip_rest_of("w:tr")
        elif self.parent() != "w:rPr":
            self.skip()
        elif self.parent(2) == "w:pPr" and paragraph is not None:
            paragraph.is_joined = True

    start_w_movefrom = start_w_del

    def start_w_celldel(self, attributes: Attributes) -> None:
        self.skip_rest_of("w:tc")

    # --- tables

    def start_w_tr(self, attributes: Attributes) -> None:
        self.paper.start(Row())

    def end_w_tr(self) -> None:
        self.paper.end()

    def start_w_tc(self, attributes: Attributes) -> None:
        self.paper.start(Cell())

    end_w_tc = end_w_tr

    def start_w_hidden(self, attributes: Attributes) -> None:
        if self.parent() == "w:trPr" and is_on(attributes):
            self.paper.unread.add("hidden")
            self.skip_rest_of("w:tr")

    def start_w_vmerge(self, attributes: Attributes) -> None:
        if attributes.get("w:val", "continue") == "continue":
            self.skip_rest_of("w:tc")

    # --- fields and things to fill in

    def start_w_fldchar(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_code = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def start_w_fldsimple(self, attributes: Attributes) -> None:
        if _Field(attributes.get("w:instr", ""), is_code=False).is_silent():
            self.skip()

    def start_w_checkbox(self, attributes: Attributes) -> None:
        self._is_checked = False

    def start_w_checked(self, attributes: Attributes) -> None:
        self._is_checked = is_on(attributes)

    def start_w_default(self, attributes: Attributes) -> None:
        if self.parent() == "w:checkBox":
            self._is_checked = is_on(attributes)

    def end_w_checkbox(self) -> None:
        self.paper.add(CHECKED if self._is_checked else UNCHECKED)

    def start_w_ddlist(self, attributes: Attributes) -> None:
        self._choices, self._chosen = [], 0

    def start_w_result(self, attributes: Attributes) -> None:
        chosen = attributes.get("w:val", "")
        self._chosen = int(chosen) if chosen.isdigit() else 0

    def start_w_listentry(self, attributes: Attributes) -> None:
        self._choices.append(attributes.get("w:val", ""))

    def end_w_ddlist(self) -> None:
        self.paper.add("".join(self._choices[self._chosen : self._chosen + 1]))

    def start_w_showingplchdr(self, attributes: Attributes) -> None:
        """A hint such as *Klik hier om tekst in te voeren*: nobody filled it in."""
        if is_on(attributes):
            self.skip_rest_of("w:sdt")

    def start_w_docpartgallery(self, attributes: Attributes) -> None:
        if attributes.get("w:val") == "Table of Contents":
            self.skip_rest_of("w:sdt")

    # --- what stands beside the text

    def start_w_altchunk(self, attributes: Attributes) -> None:
        """Another document that Word shows here: a page of a site, or a text in a form of its own."""
        self.paper.unread.add("inside")

    def start_mc_alternatecontent(self, attributes: Attributes) -> None:
        self._alternatives.append(self.paper.written)

    def end_mc_alternatecontent(self) -> None:
        self._alternatives.pop()

    def start_mc_choice(self, attributes: Attributes) -> None:
        """The same thing in a new form and an old one: the first that says something."""
        if self._alternatives and self.paper.written > self._alternatives[-1]:
            self.skip()

    start_mc_fallback = start_mc_choice

    def start_w_footnotereference(self, attributes: Attributes) -> None:
        self.paper.hang(self._notes.pop("footnote" + attributes.get("w:id", ""), []))

    def start_w_endnotereference(self, attributes: Attributes) -> None:
        self.paper.hang(self._notes.pop("endnote" + attributes.get("w:id", ""), []))

    def start_dgm_relids(self, attributes: Attributes) -> None:
        self.paper.hang(self._notes.pop("drawing" + attributes.get("r:dm", ""), []))


class Notes(Body):
    """A walk through the footnotes or endnotes: each becomes lines of its own."""

    def __init__(self, styles: Styles, numbering: Numbering, budget: Budget) -> None:
        super().__init__(Paper(budget), styles, numbering, {})
        self.found: dict[str, list[Piece]] = {}
        self._budget = budget

    def start_w_footnote(self, attributes: Attributes) -> None:
        # The line above the notes is kept as one too.
        if attributes.get("w:type", "normal") != "normal":
            self.skip()
            return
        self.paper = Paper(self._budget)
        self.found[self.path[-1].removeprefix("w:") + attributes.get("w:id", "")] = self.paper.lines

    start_w_endnote = start_w_footnote


class Relations(Walker):
    """What belongs to a part: its styles, lists and notes, by kind, and what else by its key."""

    def __init__(self, packed: zipfile.ZipFile, part: str) -> None:
        super().__init__()
        self._folder = posixpath.dirname(part)
        self.by_kind: dict[str, str] = {}
        self.drawings: dict[str, str] = {}
        self.walk(packed, posixpath.join(self._folder, "_rels", posixpath.basename(part) + ".rels"))

    def start__relationship(self, attributes: Attributes) -> None:
        kind = attributes.get(":Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get(":Target", ""))).lstrip("/")
        self.by_kind.setdefault(kind, target)
        if kind == "diagramData":
            self.drawings[attributes.get(":Id", "")] = target


def read(packed: zipfile.ZipFile, paper: Paper) -> None:
    """Read a document onto paper.

    Raises:
        ReadError: it is broken, or no DOCX.
        LimitMetError: there is more than is read; what came before is on the paper.
    """
    part = Relations(packed, "").by_kind.get("officeDocument", "")
    if part not in packed.namelist():
        raise ReadError("broken")
    related = Relations(packed, part)
    styles, numbering = Styles(), Numbering()
    styles.walk(packed, related.by_kind.get("styles", ""))
    numbering.walk(packed, related.by_kind.get("numbering", ""))
    beside = _beside(packed, related, styles, numbering)
    Body(paper, styles, numbering, beside).walk(packed, part)


def _beside(
    packed: zipfile.ZipFile, related: Relations, styles: Styles, numbering: Numbering
) -> dict[str, list[Piece]]:
    """The notes and drawings with words, which lie in parts of their own. More than is read of them is left out."""
    budget = Budget()
    notes = Notes(styles, numbering, budget)
    found = notes.found
    with contextlib.suppress(LimitMetError):
        notes.walk(packed, related.by_kind.get("footnotes", ""))
        notes.walk(packed, related.by_kind.get("endnotes", ""))
        for key, part in related.drawings.items():
            drawing = Paper(budget)
            Body(drawing, styles, numbering, {}).walk(packed, part)
            found["drawing" + key] = drawing.lines
    return found
