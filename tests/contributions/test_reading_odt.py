"""An ODT gives the text that LibreOffice shows without marks, each word once and in order."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contributions.reader import odt, packed
from exchange.contributions.reader.limits import Budget
from exchange.contributions.reader.paper import Paper, Piece, with_headings

from .making import an_odt, text_p

STYLES = """
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading"/>
<style:style style:name="Subtitle" style:family="paragraph" style:parent-style-name="Heading"/>
<style:style style:name="Heading" style:family="paragraph"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>
<style:style style:name="Huiskop" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<style:style style:name="Niveau" style:family="paragraph" style:default-outline-level="3"/>
"""
AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Huiskop"/>
<style:style style:name="Weg" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
"""
COMMENT = f"<office:annotation><svg:desc>X01</svg:desc>{text_p('X02')}</office:annotation>"
NOTE = (
    f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{text_p('N01')}</text:note-body></text:note>"
)
FRAME = f"<draw:frame><draw:text-box>{text_p('V02')}</draw:text-box><svg:title>X01</svg:title></draw:frame>"
DELETED = (
    f"<text:tracked-changes><text:changed-region><text:deletion>{text_p('X01')}</text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
FORM = (
    '<office:forms><form:form><form:text form:id="c1" form:current-value="V01"/>'
    '<form:checkbox form:id="c2" form:current-state="checked" form:label="V02"/></form:form></office:forms>'
)


def cells(*contents: str) -> str:
    inner = "".join(f"<table:table-cell>{content}</table:table-cell>" for content in contents)
    return f"<table:table><table:table-row>{inner}</table:table-row></table:table>"


def items(*texts: str, style: str = "L1") -> str:
    inner = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
    return f'<text:list text:style-name="{style}">{inner}</text:list>'


def read(body: str) -> list[Piece]:
    paper = Paper(Budget())
    odt.read(packed.opened(an_odt(body, automatic=AUTOMATIC, styles=STYLES)), paper)
    return with_headings(paper.close())


def texts(body: str) -> list[str]:
    return [piece.text for piece in read(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    {
        "plain": (text_p("V01"), ["V01"]),
        "a deletion": (DELETED + text_p('V01<text:change text:change-id="c1"/> V02'), ["V01 V02"]),
        "an insertion": (text_p("V01<text:change-start/> V02<text:change-end/>"), ["V01 V02"]),
        "a comment": (text_p(f"V01.{COMMENT} V02."), ["V01. V02."]),
        "a note": (text_p(f"V01.{NOTE} V02.") + text_p("V03"), ["V01. V02.", "N01", "V03"]),
        "a frame in a line": (text_p(f"V01.{FRAME}V03."), ["V01. V03.", "V02"]),
        "a frame in a word": (text_p(f"V{FRAME}01"), ["V01", "V02"]),
        "a frame on the page": (FRAME + text_p("V03"), ["V02", "V03"]),
        "a shape with words": (text_p(f"<draw:custom-shape>{text_p('V01')}</draw:custom-shape>"), ["V01"]),
        "spaces, tabs and breaks": (
            text_p('Postbus<text:s text:c="3"/>12<text:tab/>b<text:line-break/>0000 AA Waterhoven'),
            ["Postbus 12 b", "0000 AA Waterhoven"],
        ),
        "line ends in the file": (text_p("V01\nV02"), ["V01 V02"]),
        "a link": (text_p("V01 <text:a>V02</text:a>"), ["V01 V02"]),
        "a list": (items(text_p("V01") + text_p("V02"), text_p("V03")), ["- V01", "V02", "- V03"]),
        "a numbered list": (items(text_p("V01"), text_p("V02"), style="L2"), ["1. V01", "2. V02"]),
        "a list in a list": (items(text_p("V01") + items(text_p("V02"))), ["- V01", "- V02"]),
        "a table in its place": (
            text_p("V01") + cells(text_p("V02"), text_p("V03.")) + text_p("V04"),
            ["V01", "V02", "V03.", "V04"],
        ),
        "equal cells": (cells(text_p("60"), text_p("60")), ["60\t60"]),
        "a table in a table": (
            cells(text_p("V01") + cells(text_p("V02")) + text_p("V03")),
            ["V01", "V02", "V03"],
        ),
        "a section": (f"<text:section>{text_p('V01')}</text:section>", ["V01"]),
        "a hidden section": (f'<text:section text:display="none">{text_p("X01")}</text:section>', []),
        "hidden letters": (text_p('V01<text:span text:style-name="T1">X01</text:span>'), ["V01"]),
        "a hidden paragraph": (text_p("X01", "Weg") + text_p("V01"), ["V01"]),
        "a paragraph hidden by a field": (
            text_p('<text:hidden-paragraph text:is-hidden="true"/>X01') + text_p("V01"),
            ["V01"],
        ),
        "contents": (
            f"<text:table-of-content><text:index-body>{text_p('X01')}</text:index-body></text:table-of-content>",
            [],
        ),
        "a hint that nobody filled in": (text_p("V01<text:placeholder>X01</text:placeholder>"), ["V01"]),
        "a form": (
            FORM + text_p('Naam:<draw:control draw:control="c1"/>') + text_p('<draw:control draw:control="c2"/>'),
            ["Naam: V01", "☒ V02"],
        ),
        "signs beside letters": (
            text_p("<text:ruby><text:ruby-base>V01</text:ruby-base><text:ruby-text>X01</text:ruby-text></text:ruby>"),
            ["V01"],
        ),
    }.values(),
)
def test_what_a_reader_sees_comes_out_once(body: str, expected: list[str]) -> None:
    assert texts(text_p("Begin") + body + text_p("Einde")) == ["Begin", *expected, "Einde"]


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ("Title", 0),
        ("Heading_20_2", 2),
        ("Huiskop", 2),
        ("P1", 2),
        ("Niveau", 3),
        ("Subtitle", None),
        ("Standard", None),
    ],
)
def test_a_heading_is_known_by_its_style(style: str, level: int | None) -> None:
    assert read(text_p("Aanpak", style)) == [Piece("Aanpak", level)]


def test_a_heading_is_known_by_its_element() -> None:
    assert read('<text:h text:outline-level="2">Aanpak</text:h>')[0].level == 2


def test_bold_lines_are_headings_where_nothing_is_marked() -> None:
    bold = '<text:span text:style-name="T2">Aanpak</text:span>'
    assert [piece.level for piece in read(text_p(bold) + text_p(f"Wij {bold}"))] == [1, None]


class Maker:
    """Makes parts of a document by lot, and remembers the marks that can be seen in it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.seen: list[str] = []
        self._numbers = iter(range(1000))

    def gone(self) -> str:
        return f"X{next(self._numbers):03d}x"

    def visible(self) -> str:
        self.seen.append(f"V{next(self._numbers):03d}v")
        return f"{self.seen[-1]} "

    def several(self, make: Callable[[int], str], depth: int, least: int) -> list[str]:
        return [make(depth) for _ in range(self.draw(st.integers(least, 3)))]

    def inline(self, depth: int) -> str:
        flat: dict[str, Callable[[], str]] = {
            "text": self.visible,
            "comment": lambda: (
                f"<office:annotation>{text_p(self.gone())}{items(text_p(self.gone()))}</office:annotation>"
            ),
            "hidden": lambda: f'<text:span text:style-name="T1">{self.gone()}</text:span>',
            "inserted": lambda: f"<text:change-start/>{self.visible()}<text:change-end/>",
        }
        around = {"span": "<text:span>{}</text:span>", "link": "<text:a>{}</text:a>"}
        kind = self.draw(st.sampled_from([*flat, *(around if depth else ())]))
        return flat[kind]() if kind in flat else around[kind].format("".join(self.several(self.inline, depth - 1, 0)))

    def note(self, depth: int) -> str:
        # What is said first stands first.
        words = self.visible()
        return text_p(f"{words}<text:note><text:note-body>{self.block(depth)}</text:note-body></text:note>")

    def block(self, depth: int) -> str:
        kinds: dict[str, Callable[[], str]] = {
            "paragraph": lambda: text_p("".join(self.several(self.inline, 2, 0))),
            "hidden": lambda: text_p(self.gone(), "Weg"),
        }
        if depth:
            kinds |= {
                "note": lambda: self.note(depth - 1),
                "frame": lambda: text_p(
                    f"<draw:frame><draw:text-box>{self.block(depth - 1)}</draw:text-box></draw:frame>"
                ),
                "section": lambda: f"<text:section>{''.join(self.several(self.block, depth - 1, 1))}</text:section>",
                "list": lambda: items(*self.several(self.block, depth - 1, 1)),
                "table": lambda: cells(*self.several(self.block, depth - 1, 1)),
            }
        return kinds[self.draw(st.sampled_from(list(kinds)))]()


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A body of paragraphs, lists, tables and frames with comments, and the marks that can be seen in it."""
    maker = Maker(draw)
    body = "".join(maker.several(maker.block, 2, 1))
    return (DELETED if draw(st.booleans()) else "") + body, maker.seen


@given(bodies())
def test_each_visible_mark_comes_out_once_and_in_order(made: tuple[str, list[str]]) -> None:
    body, seen = made
    text = "\n".join(texts(body))
    assert re.findall(r"V\d+v", text) == seen
    assert "X" not in text
