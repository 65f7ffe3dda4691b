"""Prints the text of a document that comes in: `python -I document_reader.py pdf < file`. Run by `extraction` only.

It limits its own memory and time, and trusts nothing of the file.
"""

import io
import resource
import sys
import zipfile

MEMORY = 1024 * 1024 * 1024
SECONDS = 25
# A zip that unpacks to more than this is a bomb, not a report.
UNPACKED = 200 * 1024 * 1024
PAGES = 500


def pdf(content: io.BytesIO) -> str:
    from pypdf import PdfReader

    reader = PdfReader(content)
    # Many have an empty password, only against printing: those open.
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit("encrypted")
    return "\n".join(page.extract_text() for page in reader.pages[:PAGES])


def docx(content: io.BytesIO) -> str:
    from docx import Document

    document = Document(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *dict.fromkeys(cells)])


def odt(content: io.BytesIO) -> str:
    from odfdo import Document

    return str(Document(content).get_formatted_text())


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
    text = {"pdf": pdf, "docx": docx, "odt": odt}[kind](content)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
