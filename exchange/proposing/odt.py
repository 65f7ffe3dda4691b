"""A document as ODT: the same structure, in the format that governments prefer."""

from __future__ import annotations

import io
from typing import Any

import odfdo

from .blocks import Block, Bullets, Document, Heading, Paragraph, Table

# The style of what the officer still has to fill in: marked as with a pen, as in the other formats.
_TO_FILL_IN = "to_fill_in"
_MARKED = "#ffff00"


def write(document: Document, template: str = "") -> bytes:
    """The file.

    Args:
        template: path of an ODT whose styles, head and foot are used; empty for those of the library.

    Raises:
        OSError: the template cannot be read.
    """
    file = odfdo.Document(template or "text")
    file.meta.title = document.title
    file.language = document.language
    marked = odfdo.Style("paragraph", name=_TO_FILL_IN, area="text", background_color=_MARKED)
    file.insert_style(marked, automatic=True)
    body = file.body
    if not template:
        body.clear()
    for number, block in enumerate(document.blocks):
        for element in _elements(block, number):
            body.append(element)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _elements(block: Block, number: int) -> list[Any]:
    if isinstance(block, Heading):
        return [odfdo.Header(block.level, block.text)]
    if isinstance(block, Paragraph):
        return [odfdo.Paragraph(block.text, style=_TO_FILL_IN if block.to_fill_in else None)]
    if isinstance(block, Bullets):
        items = (f"{place}. {text}" for place, text in enumerate(block.items, 1)) if block.numbered else block.items
        return [odfdo.List(list(items))]
    return [odfdo.Paragraph(block.caption), _table(block, f"Tabel {number}"), odfdo.Paragraph("")]


def _table(block: Table, name: str) -> Any:
    table = odfdo.Table(name)
    head = odfdo.Element.from_tag("table:table-header-rows")
    head.append(_row(block.headers))
    table.append(head)
    for row in block.rows:
        table.append(_row(row))
    return table


def _row(texts: tuple[str, ...]) -> Any:
    row = odfdo.Row()
    for text in texts:
        cell = odfdo.Cell()
        cell.append(odfdo.Paragraph(text))
        row.append(cell)
    return row
