"""The text of an ODT, in one walk over its body: the final text, as LibreOffice shows it without marks.

No library does this whole (docs/decisions): odfdo glues the words of a frame to those around it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import ClassVar

from .limits import ReadError
from .odt_styles import Styles, StyleWalker
from .packed import Attributes
from .paper import CHECKED, UNCHECKED, Cell, Paper, Paragraph, Row

# No run of spaces is longer than says anything.
_MOST_SPACES = 100
_LONG_NUMBER = 6


@dataclass
class _List:
    """A list that is being read: what its items are marked with, and the marker that waits for its paragraph."""

    kind: str
    name: str = ""
    count: int = 0
    waiting: str = ""


@dataclass
class _Letters:
    """How the letters look that are being read."""

    is_hidden: bool = False
    is_bold: bool = False


@dataclass
class _Control:
    """A field of a form, with what was filled in."""

    value: str = ""
    options: list[str] = field(default_factory=list)


class Body(StyleWalker):
    """A walk through the content: first the styles that it made as it went, then its text."""

    # What was deleted, what was said about it, what repeats the headings, and what stands for a picture.
    skipped: ClassVar[frozenset[str]] = frozenset(
        {"text:tracked-changes", "office:annotation", "text:note-citation", "text:ruby-text", "svg:title", "svg:desc"}
        | {"text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index"}
        | {"text:user-index", "text:alphabetical-index", "text:placeholder", "table:covered-table-cell"}
        | {"text:toc-mark", "text:script", "office:event-listeners", "style:header", "style:footer", ":annotation"}
    )

    def __init__(self, paper: Paper, styles: Styles) -> None:
        super().__init__(styles)
        self.paper = paper
        self._lists: list[_List] = []
        # How far the last list of each style counted.
        self._counted: dict[str, int] = {}
        self._letters: list[_Letters] = []
        self._controls: dict[str, _Control] = {}
        self._control = _Control()

    def text(self, text: str) -> None:
        # Line ends in the file are no more than spaces.
        self._add(text.replace("\n", " "))

    def _add(self, text: str) -> None:
        letters, paragraph = self._letters[-1] if self._letters else _Letters(), self.paper.paragraph
        if text.strip() and paragraph is not None and (letters.is_hidden or paragraph.is_hidden):
            self.paper.unread.add("hidden")
        if not letters.is_hidden:
            self.paper.add(text, is_bold=letters.is_bold)

    # --- paragraphs

    def start_text_p(self, attributes: Attributes) -> None:
        style = attributes.get("text:style-name", "")
        level = self.styles.level(style)
        marker = self._marker() if level is None else ""
        self._start_paragraph(style, Paragraph(level=level, marker=marker))

    def start_text_h(self, attributes: Attributes) -> None:
        style, level = attributes.get("text:style-name", ""), attributes.get("text:outline-level", "1")
        found = self.styles.level(style)
        self._start_paragraph(style, Paragraph(level=found if found == 0 else int(level) if level.isdigit() else 1))

    def _start_paragraph(self, style: str, paragraph: Paragraph) -> None:
        paragraph.is_hidden = self.styles.is_hidden("paragraph", style)
        self._letters.append(_Letters(is_bold=self.styles.is_bold("paragraph", style)))
        self.paper.start(paragraph)

    def end_text_p(self) -> None:
        self._letters.pop()
        self.paper.end()

    end_text_h = end_text_p

    def start_text_hidden_paragraph(self, attributes: Attributes) -> None:
        paragraph = self.paper.paragraph
        if paragraph is not None and attributes.get("text:is-hidden") == "true":
            paragraph.is_hidden = True

    def start_text_hidden_text(self, attributes: Attributes) -> None:
        if attributes.get("text:is-hidden", "true") == "true":
            self._leave_out()

    def start_text_variable_set(self, attributes: Attributes) -> None:
        """A value that is kept for later need not be shown here."""
        if attributes.get("text:display") == "none":
            self.skip()

    start_text_variable_get = start_text_variable_input = start_text_user_field_get = start_text_variable_set
    start_text_user_field_input = start_text_sequence = start_text_database_display = start_text_variable_set

    def start_text_section(self, attributes: Attributes) -> None:
        if attributes.get("text:display") == "none" or attributes.get("text:is-hidden") == "true":
            self._leave_out()

    def _leave_out(self) -> None:
        self.paper.unread.add("hidden")
        self.skip()

    # --- letters

    def start_text_span(self, attributes: Attributes) -> None:
        style, around = attributes.get("text:style-name", ""), self._letters[-1] if self._letters else _Letters()
        self._letters.append(
            _Letters(
                is_hidden=around.is_hidden or self.styles.is_hidden("text", style),
                is_bold=around.is_bold or self.styles.is_bold("text", style),
            )
        )

    def end_text_span(self) -> None:
        self._letters.pop()

    def start_text_s(self, attributes: Attributes) -> None:
        number = attributes.get("text:c", "1")
        self._add(" " * min(int(number) if number.isdigit() else 1, _MOST_SPACES))

    def start_text_tab(self, attributes: Attributes) -> None:
        self._add(" ")

    def start_text_line_break(self, attributes: Attributes) -> None:
        self._add("\n")

    # --- lists

    def start_text_list(self, attributes: Attributes) -> None:
        around = self._lists[-1] if self._lists else None
        name = attributes.get("text:style-name", around.name if around is not None else "")
        self._lists.append(_List("bullet" if around else self.styles.lists.get(name, "bullet"), name))
        goes_on = attributes.get("text:continue-numbering") == "true" or "text:continue-list" in attributes
        if not around and goes_on:
            self._lists[-1].count = self._counted.get(name, 0)

    def end_text_list(self) -> None:
        ended = self._lists.pop()
        self._counted[ended.name] = ended.count

    def start_text_list_item(self, attributes: Attributes) -> None:
        if not self._lists:
            return
        last = self._lists[-1]
        start = attributes.get("text:start-value", "")
        last.count = int(start) if start.isdigit() and len(start) < _LONG_NUMBER else last.count + 1
        last.waiting = {"bullet": "- ", "number": f"{last.count}. "}.get(last.kind, "")

    def _marker(self) -> str:
        """What stands before this paragraph: that of its item, where it is the first of it."""
        if not self._lists:
            return ""
        marker, self._lists[-1].waiting = self._lists[-1].waiting, ""
        return marker

    # --- tables

    def start_table_table_row(self, attributes: Attributes) -> None:
        self.paper.start(Row())
        if attributes.get("table:visibility") in {"collapse", "filter"}:
            self.skip_rest_of("table:table-row")

    def end_table_table_row(self) -> None:
        self.paper.end()

    def start_table_table_cell(self, attributes: Attributes) -> None:
        self.paper.start(Cell())

    end_table_table_cell = end_table_table_row

    # --- things to fill in

    def start_loext_content_control(self, attributes: Attributes) -> None:
        if attributes.get("loext:showing-place-holder") == "true":
            self.skip()

    def _start_control(self, attributes: Attributes) -> None:
        key = attributes.get("form:id") or attributes.get("xml:id", "")
        self._control = _Control(attributes.get("form:current-value", attributes.get("form:value", "")))
        self._controls[key] = self._control

    start_form_text = start_form_textarea = start_form_date = start_form_number = _start_control
    start_form_combobox = start_form_formatted_text = start_form_time = _start_control

    def start_form_listbox(self, attributes: Attributes) -> None:
        self._start_control({**attributes, "form:value": ""})

    def start_form_option(self, attributes: Attributes) -> None:
        if attributes.get("form:current-selected") == "true":
            self._control.value = attributes.get("form:label", "")

    def start_form_checkbox(self, attributes: Attributes) -> None:
        self._start_control(attributes)
        state = attributes.get("form:current-state", attributes.get("form:state", ""))
        is_checked = state == "checked" or attributes.get("form:current-selected") == "true"
        self._control.value = f"{CHECKED if is_checked else UNCHECKED} {attributes.get('form:label', '')}".strip()

    start_form_radio = start_form_checkbox

    def start_draw_control(self, attributes: Attributes) -> None:
        control = self._controls.pop(attributes.get("draw:control", ""), None)
        if control is None or not control.value:
            return
        if self.paper.paragraph is not None:
            self._add(f" {control.value} ")
        else:
            self.paper.start(Paragraph(is_bold=False))
            self._add(control.value)
            self.paper.end()


def read(packed: zipfile.ZipFile, paper: Paper) -> None:
    """Read a document onto paper.

    Raises:
        ReadError: it has a password, is broken, or is no ODT.
        LimitMetError: there is more than is read; what came before is on the paper.
    """
    names = packed.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in packed.read("META-INF/manifest.xml"):
        raise ReadError("encrypted")
    if "content.xml" not in names:
        raise ReadError("broken")
    styles = Styles()
    StyleWalker(styles).walk(packed, "styles.xml")
    Body(paper, styles).walk(packed, "content.xml")
