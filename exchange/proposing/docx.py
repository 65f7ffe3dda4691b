"""A document as DOCX: with real headings, table headers, a title and a language, so that everybody can read it."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .blocks import Block, Bullets, Document, Heading, Paragraph, Table


def write(document: Document, template: str = "") -> bytes:
    """The file.

    Args:
        template: path of a DOCX whose styles, head and foot are used; empty for those of the library.

    Raises:
        OSError, docx.opc.exceptions.PackageNotFoundError: the template cannot be read.
    """
    file = docx.Document(template or None)
    file.core_properties.title = document.title
    file.core_properties.language = document.language
    file.core_properties.author = ""
    _set_language(file, document.language)
    for block in document.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _set_language(file: Any, language: str) -> None:
    """A screen reader asks the style, not the properties, in which language to read."""
    properties = file.styles["Normal"].element.get_or_add_rPr()
    for found in properties.findall(qn("w:lang")):
        properties.remove(found)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    properties.append(mark)


def _add(file: Any, block: Block) -> None:
    if isinstance(block, Heading):
        file.add_heading(block.text, level=block.level)
    elif isinstance(block, Paragraph):
        run = file.add_paragraph().add_run(block.text)
        if block.to_fill_in:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif isinstance(block, Bullets):
        for item in block.items:
            file.add_paragraph(item, style="List Number" if block.numbered else "List Bullet")
    else:
        _add_table(file, block)


def _add_table(file: Any, block: Table) -> None:
    file.add_paragraph(block.caption, style="Caption")
    table = file.add_table(rows=1, cols=len(block.headers))
    if "Table Grid" in [style.name for style in file.styles]:
        table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, block.headers, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    # Says that this row names the columns, on every page that the table runs on to.
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file.add_paragraph()
