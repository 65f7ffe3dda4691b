"""A DOCX gives the text that Word shows without marks, each word once and in order."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contributions.reader import docx, packed
from exchange.contributions.reader.limits import Budget
from exchange.contributions.reader.paper import Paper, Piece, with_headings

from .making import a_docx, cell, par, row, run, table

STYLES = """
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ondertitel"><w:name w:val="Subtitle"/><w:basedOn w:val="Titel"/></w:style>
<w:style w:type="paragraph" w:styleId="Huis"><w:name w:val="Huisstijl kop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Niveau"><w:name w:val="Los"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Koptekst"><w:name w:val="header"/></w:style>
<w:style w:type="paragraph" w:styleId="Opsomming"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Geheim"><w:name w:val="Geheim"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""
NOTES = '<w:footnote w:type="separator" w:id="-1">X01</w:footnote>' + "".join(
    f'<w:footnote w:id="{number}">{par(run(f"N0{number}"))}</w:footnote>' for number in (1, 2)
)
COMMENTS = f'<w:comment w:id="0" w:author="A">{par(run("X01"))}</w:comment>'
DELETED = '<w:del w:id="1" w:author="A"><w:r><w:delText>X01</w:delText></w:r></w:del>'
BOX = f"<w:txbxContent>{par(run('V02'))}</w:txbxContent>"
ALTERNATIVES = (
    f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)
OLD_ONLY = (
    '<mc:AlternateContent><mc:Choice Requires="wpc"><w:drawing/></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE X01 </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("V01")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTENTS = FIELD.replace("DATE", 'TOC \\o "1-3"').replace("V01", "X02")
BOX_TO_TICK = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
    "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r>"
    '<w:fldChar w:fldCharType="end"/></w:r>'
)
CHOICE = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="X01"/>'
    '<w:listEntry w:val="V01"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
DELETED_ROW = row(cell(par(run("X01"))), properties='<w:del w:id="3" w:author="A"/>')
HINT = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('X01')}</w:sdtContent></w:sdt>"
GALLERY = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    f"<w:sdtContent>{par(run('X01'))}</w:sdtContent></w:sdt>"
)


def controlled(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def read(body: str) -> list[Piece]:
    paper = Paper(Budget())
    content = a_docx(body, styles=STYLES, numbering=NUMBERING, footnotes=NOTES, comments=COMMENTS)
    docx.read(packed.opened(content), paper)
    return with_headings(paper.close())


def texts(body: str) -> list[str]:
    return [piece.text for piece in read(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    {
        "plain": (par(run("V01")), ["V01"]),
        "an insertion": (par(f'{run("V01 ")}<w:ins w:id="1" w:author="A">{run("V02")}</w:ins>'), ["V01 V02"]),
        "an inserted paragraph": (
            par(f'<w:ins w:id="1" w:author="A">{run("V01")}</w:ins>', "<w:rPr><w:ins w:id='2' w:author='A'/></w:rPr>"),
            ["V01"],
        ),
        "a deletion": (par(run("V01") + DELETED), ["V01"]),
        "what was deleted after it was inserted": (
            par(f'{run("V01")}<w:ins w:id="9" w:author="A">{DELETED}</w:ins>'),
            ["V01"],
        ),
        "a moved paragraph": (
            par(f'<w:moveFrom w:id="1" w:author="A">{run("X01")}</w:moveFrom>')
            + par(f'<w:moveTo w:id="2" w:author="A">{run("V01")}</w:moveTo>'),
            ["V01"],
        ),
        "a deleted row": (table(row(cell(par(run("V01")))), DELETED_ROW), ["V01"]),
        "a deleted cell": (table(row(cell(par(run("X01")), "<w:cellDel w:id='1'/>"), cell(par(run("V01"))))), ["V01"]),
        "a deleted end of a paragraph": (
            par(run("V01"), "<w:rPr><w:del w:id='3' w:author='A'/></w:rPr>") + par(run(" V02")),
            ["V01 V02"],
        ),
        "a deleted end with nothing after it": (
            table(row(cell(par(run("V01"), "<w:rPr><w:del w:id='3' w:author='A'/></w:rPr>")))) + par(run("V02")),
            ["V01", "V02"],
        ),
        "a deleted end with a table after it": (
            par(run("V01"), "<w:rPr><w:del w:id='3' w:author='A'/></w:rPr>") + table(row(cell(par(run("V02"))))),
            ["V01", "V02"],
        ),
        "earlier properties": (
            par(run("V01"), '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Weg"/></w:pPr></w:pPrChange>'),
            ["V01"],
        ),
        "a control around paragraphs": (controlled(par(run("V01"))), ["V01"]),
        "a control in a line": (par(run("V01 ") + controlled(run("V02")) + run(" V03")), ["V01 V02 V03"]),
        "a control around a row": (table(controlled(row(cell(par(run("V01")))))), ["V01"]),
        "a control around a cell": (table(row(controlled(cell(par(run("V01")))))), ["V01"]),
        "controls in controls": (controlled(controlled(par(controlled(run("V01"))))), ["V01"]),
        "a hint that nobody filled in": (par(run("V01") + HINT), ["V01"]),
        "old XML around a paragraph": (f'<w:customXml w:element="x">{par(run("V01"))}</w:customXml>', ["V01"]),
        "a smart tag": (par(f'<w:smartTag w:uri="x" w:element="y">{run("V01")}</w:smartTag>'), ["V01"]),
        "a box in two forms": (par(f"{run('V01')}<w:r>{ALTERNATIVES}</w:r>"), ["V01", "V02"]),
        "a box in its old form": (
            par(f"{run('V01')}<w:r><w:pict>{BOX}</w:pict></w:r>{run(' V03')}"),
            ["V01 V03", "V02"],
        ),
        "a box that has only an old form": (par(f"{run('V01')}<w:r>{OLD_ONLY}</w:r>"), ["V01", "V02"]),
        "a table in its place": (
            par(run("V01")) + table(row(cell(par(run("V02"))), cell(par(run("V03."))))) + par(run("V04")),
            ["V01", "V02", "V03.", "V04"],
        ),
        "a row of short cells": (table(row(cell(par(run("V01"))), cell(par("")), cell(par(run("60"))))), ["V01\t60"]),
        "a table in a table": (
            table(row(cell(par(run("V01")) + table(row(cell(par(run("V02"))))) + par(run("V03"))))),
            ["V01", "V02", "V03"],
        ),
        "equal cells": (table(row(cell(par(run("60"))), cell(par(run("60"))))), ["60\t60"]),
        "cells merged from above": (
            table(
                row(cell(par(run("V01")), '<w:vMerge w:val="restart"/>'), cell(par(run("V02")))),
                row(cell(par(""), "<w:vMerge/>"), cell(par(run("V03")))),
            ),
            ["V01\tV02", "V03"],
        ),
        "a hidden row": (
            table(row(cell(par(run("X01"))), properties="<w:hidden/>"), row(cell(par(run("V01"))))),
            ["V01"],
        ),
        "a link": (par(f'{run("V01 ")}<w:hyperlink r:id="x">{run("V02")}</w:hyperlink>'), ["V01 V02"]),
        "a field": (par(FIELD), ["V01"]),
        "a simple field": (par(f'<w:fldSimple w:instr=" DATE X01 ">{run("V01")}</w:fldSimple>'), ["V01"]),
        "a field without an end": (
            par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + par(run("V01")),
            ["V01"],
        ),
        "contents by a field": (par(CONTENTS) + par(run("V01")), ["V01"]),
        "contents from the gallery": (GALLERY + par(run("V01")), ["V01"]),
        "contents by their style": (par(run("X01"), '<w:pStyle w:val="Inhopg1"/>') + par(run("V01")), ["V01"]),
        "a box to tick": (par(BOX_TO_TICK + run(" V01")), ["☒ V01"]),
        "a choice": (par(CHOICE), ["V01"]),
        "hidden letters": (par(run("V01") + run("X01", "<w:vanish/>")), ["V01"]),
        "letters that are not hidden after all": (par(run("V01", '<w:vanish w:val="0"/>')), ["V01"]),
        "letters hidden by their style": (par(run("V01") + run("X01", '<w:rStyle w:val="Geheim"/>')), ["V01"]),
        "a paragraph hidden by its style": (par(run("X01"), '<w:pStyle w:val="Weg"/>') + par(run("V01")), ["V01"]),
        "a note, once": (
            par(run("V01.") + '<w:r><w:footnoteReference w:id="2"/></w:r>' * 2 + run(" V02.")) + par(run("V03")),
            ["V01. V02.", "N02", "V03"],
        ),
        "a comment": (par(f"{run('V01')}<w:r><w:commentReference w:id='0'/></w:r>"), ["V01"]),
        "a tab and a break": (
            par("<w:r><w:t>Postbus</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>0000 AA Waterhoven</w:t></w:r>"),
            ["Postbus 12", "0000 AA Waterhoven"],
        ),
        "tab stops": (par(run("V01"), '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'), ["V01"]),
        "hyphens": (
            par("<w:r><w:t>V01</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:t>3</w:t></w:r>"),
            ["V01-23"],
        ),
        "a formula": (par("<m:oMath><m:r><m:t>V01</m:t></m:r></m:oMath>"), ["V01"]),
        "words in a drawing": (par("<w:r><w:drawing><a:p><a:r><a:t>V01</a:t></a:r></a:p></w:drawing></w:r>"), ["V01"]),
        "an item and a number": (
            par(run("V01"), '<w:pStyle w:val="Opsomming"/>')
            + "".join(par(run(f"V0{n}"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') for n in (2, 3)),
            ["- V01", "1. V02", "2. V03"],
        ),
    }.values(),
)
def test_what_a_reader_sees_comes_out_once(body: str, expected: list[str]) -> None:
    assert texts(par(run("Begin")) + body + par(run("Einde"))) == ["Begin", *expected, "Einde"]


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ("Kop1", 1),
        ("Titel", 0),
        ("Huis", 1),
        ("Niveau", 2),
        ("Ondertitel", None),
        ("Koptekst", None),
        ("Onbekend", None),
    ],
)
def test_a_heading_is_known_by_its_style(style: str, level: int | None) -> None:
    assert read(par(run("Aanpak"), f'<w:pStyle w:val="{style}"/>')) == [Piece("Aanpak", level)]


def test_a_heading_is_known_by_its_outline_level() -> None:
    assert read(par(run("Aanpak"), '<w:outlineLvl w:val="0"/>'))[0].level == 1


def test_bold_lines_are_headings_where_nothing_is_marked() -> None:
    body = (
        par(run("Aanpak", "<w:b/>"))
        + par(run("Elke week een kar.", "<w:b/>"))
        + par(run("Wij ") + run("bellen", "<w:b/>"))
    )
    assert [piece.level for piece in read(body)] == [1, None, None]
    marked = par(run("Titel"), '<w:pStyle w:val="Kop1"/>')
    assert [piece.level for piece in read(marked + body)] == [1, None, None, None]


# --- any document


class Maker:
    """Makes parts of a document by lot, and remembers the marks that can be seen in it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.seen: list[str] = []
        self._numbers = iter(range(1000))

    def visible(self) -> str:
        self.seen.append(f"V{next(self._numbers):03d}v")
        return run(f"{self.seen[-1]} ")

    def gone(self) -> str:
        return run(f"X{next(self._numbers):03d}x")

    def several(self, make: Callable[[int], str], depth: int, least: int) -> str:
        return "".join(make(depth) for _ in range(self.draw(st.integers(least, 3))))

    def inline(self, depth: int) -> str:
        flat: dict[str, Callable[[], str]] = {
            "text": self.visible,
            "deleted": lambda: f'<w:del w:id="1" w:author="A">{self.gone()}</w:del>',
            "hidden": lambda: self.gone().replace("<w:rPr>", "<w:rPr><w:vanish/>"),
            "moved away": lambda: f'<w:moveFrom w:id="4" w:author="A">{self.gone()}</w:moveFrom>',
        }
        around = {
            "inserted": '<w:ins w:id="2" w:author="A">{}</w:ins>',
            "control": controlled("{}"),
            "link": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
            "field": '<w:fldSimple w:instr="REF X1x">{}</w:fldSimple>',
            "moved here": '<w:moveTo w:id="3" w:author="A">{}</w:moveTo>',
        }
        kind = self.draw(st.sampled_from([*flat, *(around if depth else ())]))
        return flat[kind]() if kind in flat else around[kind].format(self.several(self.inline, depth - 1, 0))

    def paragraph(self, properties: str = "") -> str:
        return par(self.several(self.inline, 2, 0), properties)

    def box(self) -> str:
        box = f"<w:txbxContent>{par(self.visible())}</w:txbxContent>"
        return par(
            f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

    def block(self, depth: int) -> str:
        kinds: dict[str, Callable[[], str]] = {
            "paragraph": self.paragraph,
            "joined": lambda: self.paragraph("<w:rPr><w:del w:id='5' w:author='A'/></w:rPr>"),
            "deleted row": lambda: table(row(cell(par(self.gone())), properties="<w:del w:id='6' w:author='A'/>")),
            "box": self.box,
        }
        if depth:
            kinds["control"] = lambda: controlled(self.several(self.block, depth - 1, 1))
            kinds["table"] = lambda: table(row(self.several(self.cell, depth - 1, 1)))
        return kinds[self.draw(st.sampled_from(list(kinds)))]()

    def cell(self, depth: int) -> str:
        return cell(self.block(depth) + par(""))


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A body of paragraphs and tables with insertions, deletions and controls, and the marks that can be seen in it."""
    maker = Maker(draw)
    return maker.several(maker.block, 2, 1), maker.seen


@given(bodies())
def test_each_visible_mark_comes_out_once_and_in_order(made: tuple[str, list[str]]) -> None:
    body, seen = made
    text = "\n".join(texts(body + par(run("Einde"))))
    assert re.findall(r"V\d+v", text) == seen
    assert "X" not in text
