"""Small documents made by hand, to say exactly what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.contributions.attachments import document_to_keep
from exchange.contributions.uploads import check_document

_OFFICE = "http://schemas.openxmlformats.org"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_PACKAGE = f"{_OFFICE}/package/2006/relationships"
_WORD = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:mc="{_OFFICE}/markup-compatibility/2006" '
    f'xmlns:r="{_RELATION}" xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:m="{_OFFICE}/officeDocument/2006/math" '
    f'xmlns:dgm="{_OFFICE}/drawingml/2006/diagram" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("form", "form"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


# --- DOCX


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def a_docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; `parts` are the insides of its styles, notes and so on, by kind."""
    word = {kind: f'<?xml version="1.0"?><w:{kind} {_WORD}>{content}</w:{kind}>' for kind, content in parts.items()}
    relations = "".join(f'<Relationship Id="{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    return packed(
        {
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
            f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}<w:sectPr/></w:body></w:document>",
        }
        | {f"word/{kind}.xml": content for kind, content in word.items()}
    )


# --- ODT


def an_odt(body: str, *, automatic: str = "", styles: str = "") -> bytes:
    """An ODT with this body; `automatic` are the styles within its content."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_OPEN}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
        }
    )


def text_p(content: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


# --- PDF


def a_pdf(
    pages: Sequence[Sequence[tuple[float, float, float, str]]], extra: str = "", fields: Sequence[str] = ()
) -> bytes:
    """A PDF with lines at x, y and a size. `fields` are dictionaries of what stands on its first page beside them."""
    first_field = 4 + 2 * len(pages)
    named = " ".join(f"{first_field + number} 0 R" for number in range(len(fields)))
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{named}] /DA (/F1 12 Tf) "
        "/DR << /Font << /F1 3 0 R >> >> >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, size, text in lines) + extra
        notes = f"/Annots [{named}]" if number == 0 else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R {notes} >>"
        )
        objects.append(f"<< /Length {len(drawn.encode('latin-1'))} >>\nstream\n{drawn}\nendstream")
    return written([*objects, *fields])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def written(objects: Sequence[str]) -> bytes:
    """The objects of a PDF as a file."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start, size = len(out), len(objects) + 1
    table_of_places = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table_of_places}trailer << /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{start}\n%%EOF".encode("latin-1")


def kept(name: str, content: bytes) -> bytes:
    file = SimpleUploadedFile(name, content)
    check_document(file)
    after: bytes = document_to_keep(file).read()
    return after
