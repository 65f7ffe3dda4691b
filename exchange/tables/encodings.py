"""Which encoding a file of text has: by its first bytes, by its form, or by the letters it would give.

Excel saves "CSV UTF-8", "CSV" (Windows), "CSV (Macintosh)", "CSV (MS-DOS)" and "Unicode text"; nothing in the last
four says which it is. What does not clearly look like one of them is refused, for a wrong guess spoils every name.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

# A byte that is no UTF-8 becomes one of these, so it can be told from what the writer typed.
BROKEN = re.compile("[\udc80-\udcff]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Each with what it costs to believe it beforehand: most people have Windows.
_SINGLE = {"cp1252": 0, "mac_roman": 1, "cp850": 1}
# So much must the best one be better than the next.
_MARGIN = 2
_WRONG = 6

_COMMON, _LESS, _RARE = "éëèïóöü", "áàäâçêíîñôúùûß", "ãåæìòõøœšžýÿ"
_OPENS, _CLOSES, _APART, _MONEY = "‘“„«", "”»", "–—•·…€£°²³½¼¾±×µ§©®™¨¹º´`\xa0", "€£"
# So many signs tell enough.
_LOOKED_AT = 20_000


class NotTextError(ValueError):
    """The bytes are no text at all."""


class UnknownEncodingError(ValueError):
    """It is text, but nobody can say which signs its bytes stand for."""


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and the encoding it was read in. Bytes that were broken match `BROKEN`."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a file.

    Raises:
        NotTextError: there are zeros among the bytes that no encoding explains.
        UnknownEncodingError: it does not clearly look like one encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _wide(data)
    return _utf8(data) or _single(data)


def _with_mark(data: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return Decoded(data.decode(encoding, "surrogateescape"), encoding)
    try:
        # Half a pair is a sign that is left out, not the end of the file.
        return Decoded(data.decode(encoding, "surrogatepass"), encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncodingError(encoding) from error


def _wide(data: bytes) -> Decoded:
    """UTF-16 that does not say so: in Dutch text every second byte is zero."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most * 4 < len(data) // 2 or least * 10 > most:
        raise NotTextError
    return _with_mark(data, "utf-16-le" if odd > even else "utf-16-be")


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with a few broken bytes; None where it looks like something else."""
    text = data.decode("utf-8", "surrogateescape")
    broken = len(BROKEN.findall(text))
    if broken:
        whole = sum(1 for letter in text if letter > "\x7f" and not "\udc80" <= letter <= "\udcff")
        if whole < broken:
            return None
    return Decoded(text, "utf-8")


def _single(data: bytes) -> Decoded:
    scored = []
    for encoding, prior in _SINGLE.items():
        # What the encoding lacks becomes a sign that fits nowhere.
        text = data.decode(encoding, "replace")
        signs = islice((at for at, letter in enumerate(text) if letter > "\x7f"), _LOOKED_AT)
        costs = [_cost(text, at) for at in signs]
        scored.append((sum(costs) + prior, sum(cost >= _WRONG for cost in costs), len(costs), text, encoding))
    scored.sort()
    best, second = scored[0], scored[1]
    if second[0] - best[0] < _MARGIN or best[1] > best[2] // 50:
        raise UnknownEncodingError
    return Decoded(best[3], best[4])


def _cost(text: str, at: int) -> int:
    """How strange a sign is where it stands: 0 for what is common in Dutch, `_WRONG` and more for what is not text."""
    sign = text[at]
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    if sign.isalpha():
        return _cost_of_letter(sign, before, after)
    if sign == "’":
        return 0 if before.isalnum() or after.isalnum() else _WRONG // 2
    if sign in _OPENS:
        return _WRONG if before.isalnum() or after.isspace() else 0
    if sign in _CLOSES:
        return _WRONG if before.isspace() or after.isalnum() else 0
    if sign in _APART:
        return _cost_of_sign(sign, before, after)
    return _WRONG


def _cost_of_letter(sign: str, before: str, after: str) -> int:
    lower = sign.lower()
    cost = next((cost for cost, letters in enumerate((_COMMON, _LESS, _RARE)) if lower in letters), _WRONG)
    if sign.isupper():
        cost += _WRONG if before.islower() else 1
        # Capitals with accents stand among plain ones.
        cost += 0 if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()) else 3
    elif cost and not before.isalpha():
        # Few words begin with â or û; à stands alone.
        cost += 0 if sign == "à" else 1
    return cost


def _cost_of_sign(sign: str, before: str, after: str) -> int:
    """Signs that stand apart from letters, but for a dash and a space."""
    within = before.isalpha() and after.isalpha()
    if sign == "\xa0":
        return 2 if within else 0
    if sign in "–—":
        return 1 if within else 0
    if sign in _MONEY and (before.isalpha() or after.isalpha()):
        return _WRONG
    if within:
        return 2 if sign in "´`…" else _WRONG
    return 0 if sign in "€…•" else 1
