"""The lines of a PDF, with where they stand; what was filled in on a form and typed onto a page stands among them.

PDFium, the reader of Chrome, finds the letters (docs/decisions). Comments on notes are no text of the document.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from .limits import CHARACTERS, PAGES, LimitMetError, ReadError
from .paper import CHECKED, UNCHECKED, Paper, Paragraph
from .pdf_layout import Line, Page, pieces_of

# Of the names of fonts.
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_FROM_BOLD = 600
_LINE_ENDS = (10, 13)
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD_FIELD = 1 << 13
# No more characters than this stand on a scan: a stamp, a number. And so much of the page its picture fills.
_STAMP, _FILLED = 200, 0.5
# So many letters tell how a page is held.
_LOOKED_AT = 200
# Of what is filled in, in points.
_LINE_HEIGHT = 14.0
_WITH_VALUE = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
_TO_TICK = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}


def read(content: bytes, paper: Paper) -> None:
    """Read a document onto paper.

    Raises:
        ReadError: it has a password, or is broken.
        LimitMetError: there is more than is read; what came before is on the paper.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise ReadError("encrypted" if is_locked else "broken") from error
    if raw.FPDF_GetFormType(document.raw) == raw.FORMTYPE_XFA_FULL:
        # Its pages only say that another program is needed.
        raise ReadError("xfa")
    document.init_forms()
    pages, pictures, met, characters = [], 0, "", 0
    for number in range(len(document)):
        if number >= PAGES or characters > CHARACTERS:
            met = "pages" if number >= PAGES else "characters"
            break
        page, is_picture = _read_page(document, number)
        pages.append(page)
        pictures += is_picture
        characters += sum(len(line.text) for line in page.lines)
    _write(pages, paper)
    if not met and pictures and characters:
        met = "pictures"
    if met:
        raise LimitMetError(met)


def _write(pages: list[Page], paper: Paper) -> None:
    for piece in pieces_of(pages):
        paper.start(Paragraph(level=piece.level))
        paper.add(piece.text, is_bold=piece.is_bold)
        paper.end()


def _read_page(document: pypdfium2.PdfDocument, number: int) -> tuple[Page, bool]:
    """A page, and whether it is no more than a picture. One that is broken is empty, as a reader would see it."""
    try:
        page = _upright(document, number)
    except pypdfium2.PdfiumError:
        return Page(0, ()), False
    lines = list(_lines(page))
    for added in _filled_in(document, page):
        _put(lines, added)
    is_picture = sum(len(line.text) for line in lines) < _STAMP and _holds_a_picture_of_all(page, bool(lines))
    height = page.get_height()
    page.close()
    return Page(height, tuple(lines)), is_picture


def _holds_a_picture_of_all(page: pypdfium2.PdfPage, has_text: bool) -> bool:
    """Is a page a scan? Beside a few words, such as a stamp or the number of the page, a picture must fill it."""
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    if not has_text:
        return any(pictures)
    width, height = page.get_size()
    boxes = (picture.get_bounds() for picture in pictures)
    return any((right - left) * (top - bottom) > _FILLED * width * height for left, bottom, right, top in boxes)


# --- pages that lie on their side


def _upright(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """A page held so that most of its letters stand upright.

    What a page says of itself counts for nothing: programs turn the page, the letters or both.
    """
    page = document[number]
    text = page.get_textpage()
    letters = text.count_chars()
    counted = Counter(_quarters(text, place) for place in range(0, letters, max(1, letters // _LOOKED_AT)))
    text.close()
    quarters = counted.most_common(1)[0][0] if counted else 0
    if not quarters and not page.get_rotation():
        return page
    _turn(page, quarters)
    page.close()
    return document[number]


def _quarters(text: pypdfium2.PdfTextPage, place: int) -> int:
    """By how many quarters a letter is turned to the left."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    return round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4


def _turn(page: pypdfium2.PdfPage, quarters: int) -> None:
    """Turn what stands on a page back, with its notes. PDFium reads lines that stand upright in their order only."""
    left, bottom, right, top = page.get_mediabox()
    turns = (
        (1, 0, 0, 1, -left, -bottom),
        (0, -1, 1, 0, -bottom, right),
        (-1, 0, 0, -1, right, top),
        (0, 1, -1, 0, top, -left),
    )
    width, height = (top - bottom, right - left) if quarters % 2 else (right - left, top - bottom)
    page.set_rotation(0)
    page.set_mediabox(0, 0, width, height)
    page.set_cropbox(0, 0, width, height)
    raw.FPDFPage_TransFormWithClip(page, raw.FS_MATRIX(*turns[quarters]), raw.FS_RECTF(0, height, width, 0))
    raw.FPDFPage_TransformAnnots(page, *turns[quarters])


# --- letters


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    """The lines that stand on the page itself, not beside it."""
    text = page.get_textpage()
    width, height = page.get_size()
    for first, letters in _parts(text):
        line = _line(text, letters, first)
        if line is not None and 0 <= line.y <= height and line.x1 >= 0 and line.x0 <= width:
            yield line


def _parts(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Where each line begins among the letters, and its letters."""
    first, letters, number = 0, "", text.count_chars()
    for place in range(number):
        code = raw.FPDFText_GetUnicode(text, place)
        # PDFium glues a word that was broken at the end of a line, and shows its hyphen in a way of its own.
        is_hyphen = raw.FPDFText_IsHyphen(text, place) == 1
        is_end = is_hyphen or code in _LINE_ENDS
        if code not in _LINE_ENDS:
            letters += "-" if is_hyphen else chr(code)
        if is_end or place == number - 1:
            yield first, letters
            first, letters = place + 1, ""


def _line(text: pypdfium2.PdfTextPage, letters: str, first: int) -> Line | None:
    """One line, measured at its first and last letter that can be seen; none where there are none."""
    words = letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not words.strip():
        return None
    first += len(letters) - len(letters.lstrip())
    last = first + len(letters.strip()) - 1
    left = text.get_charbox(first, loose=True)[0]
    right = text.get_charbox(max(first, last), loose=True)[2]
    is_bold = all(_is_bold(text, place) for place in (first, (first + last) // 2, last))
    return Line(words.strip(), left, right, _baseline(text, first), _size(text, first), is_bold)


def _baseline(text: pypdfium2.PdfTextPage, place: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    return y.value


def _size(text: pypdfium2.PdfTextPage, place: int) -> float:
    """How large a letter is, in points: programs say it in the font, in what they scale it with, or in both."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    size: float = raw.FPDFText_GetFontSize(text, place) * math.hypot(matrix.b, matrix.d)
    return max(size, 1)


def _is_bold(text: pypdfium2.PdfTextPage, place: int) -> bool:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, place, name, len(name), flags)
    is_named_so = any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD)
    weight: int = raw.FPDFText_GetFontWeight(text, place)
    return is_named_so or weight >= _FROM_BOLD


# --- forms, and what is typed onto a page


def _filled_in(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Line]:
    form = document.formenv.raw if document.formenv is not None else None
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        if not raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
            yield from _value_lines(note, _value(form, note))
        raw.FPDFPage_CloseAnnot(note)


def _value(form: object, note: object) -> str:
    """What a reader sees in a field or in a box that was typed onto the page; empty for comments."""
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
    if kind != raw.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = raw.FPDFAnnot_GetFormFieldType(form, note)
    if field in _TO_TICK:
        return CHECKED if raw.FPDFAnnot_IsChecked(form, note) else UNCHECKED
    if field not in _WITH_VALUE or raw.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD_FIELD:
        return ""
    return _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))


def _string(ask: Callable[[object, int], int]) -> str:
    """A text of PDFium: asked once for its length, in bytes, and once for itself."""
    size = ask(None, 0)
    if size > 2 * CHARACTERS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")


def _value_lines(note: object, value: str) -> Iterator[Line]:
    place = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, place)
    bottom, top = sorted((place.bottom, place.top))
    texts = [text.strip() for text in value.splitlines() if text.strip()]
    # The first stands as high as the field does, others under it.
    for number, text in enumerate(texts):
        y = top - (number + 1) * min((top - bottom) / len(texts), _LINE_HEIGHT)
        yield Line(text, place.left, place.right, y, _LINE_HEIGHT / 1.2, is_alone=True)


def _put(lines: list[Line], added: Line) -> None:
    """Put what was filled in behind its label: on the same line, or under the last line above it."""
    beside = [n for n, one in enumerate(lines) if abs(one.y - added.y) < one.size and not one.is_alone]
    if beside and added.text in {CHECKED, UNCHECKED}:
        nearest = min(beside, key=lambda n: min(abs(lines[n].x0 - added.x1), abs(lines[n].x1 - added.x0)))
        label = lines[nearest]
        is_before = added.x0 <= label.x0
        text = f"{added.text} {label.text}" if is_before else f"{label.text} {added.text}"
        lines[nearest] = replace(label, text=text, is_alone=True)
        return
    labels = [n for n in beside if lines[n].x0 < added.x0]
    if labels:
        label = lines[labels[-1]]
        lines[labels[-1]] = replace(label, text=f"{label.text} {added.text}", is_alone=True)
        return
    above = [n for n, one in enumerate(lines) if one.y > added.y]
    lines.insert(above[-1] + 1 if above else 0, added)
