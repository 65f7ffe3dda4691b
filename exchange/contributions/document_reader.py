"""Prints the lines of a document that comes in: `python -I document_reader.py pdf < file`. Run by `documents` only.

Out comes JSON: a list of lines, each with whether it is a heading. It limits its own memory and time, and trusts
nothing of the file.
"""

import io
import json
import resource
import sys
import zipfile

MEMORY = 1024 * 1024 * 1024
SECONDS = 25
# A zip that unpacks to more than this is a bomb, not a report.
UNPACKED = 200 * 1024 * 1024
PAGES = 500
Lines = list[tuple[str, bool]]


def pdf(content: io.BytesIO) -> Lines:
    """A PDF says how letters look, not what they are: no line is known to be a heading."""
    from pypdf import PdfReader

    reader = PdfReader(content)
    # Many have an empty password, only against printing: those open.
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit("encrypted")
    return [(line, False) for page in reader.pages[:PAGES] for line in page.extract_text().splitlines()]


def docx(content: io.BytesIO) -> Lines:
    from docx import Document

    document = Document(content)
    lines: Lines = []
    for paragraph in document.paragraphs:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        lines.append((paragraph.text, style.startswith(("Heading", "Title", "Kop"))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return lines + [(cell, False) for cell in dict.fromkeys(cells)]


def odt(content: io.BytesIO) -> Lines:
    from odfdo import Document, Element, Header

    body = Document(content).body
    found = [one for one in body.xpath("//text:h | //text:p") if isinstance(one, Element)]
    lines = [(one.text_recursive, isinstance(one, Header)) for one in found]
    return [(text.strip(), is_heading) for text, is_heading in lines]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    kind = sys.argv[1]
    content = io.BytesIO(sys.stdin.buffer.read())
    if kind != "pdf":
        if content.getvalue()[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
            # An Office file with a password is wrapped in the old format.
            sys.exit("encrypted")
        with zipfile.ZipFile(content) as packed:
            if sum(one.file_size for one in packed.infolist()) > UNPACKED:
                sys.exit("too large when unpacked")
            if any(one.flag_bits & 0x1 for one in packed.infolist()):
                sys.exit("encrypted")
            if kind == "odt" and b"encryption-data" in packed.read("META-INF/manifest.xml"):
                sys.exit("encrypted")
        content.seek(0)
    lines = {"pdf": pdf, "docx": docx, "odt": odt}[kind](content)
    sys.stdout.write(json.dumps([[text, is_heading] for text, is_heading in lines if text.strip()]))


if __name__ == "__main__":
    main()
