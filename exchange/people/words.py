"""Finding what a person is known by in a text: whole, in every form in which a column may hold it. Pure.

*Jan* is not in *januari*, *An de Boer* not in *Jan de Boer*, and `an@x.example` not in `jan@x.example`.
"""

from __future__ import annotations

import html.entities
import re
import unicodedata
from collections.abc import Iterable

from exchange.clean_text import clean_line

# What stands in a text where a word was.
TAKEN_OUT = "[weggehaald]"
# Between two parts of a name: white space, marks of HTML, and what stands for it in an address or the name of a file.
_TAG = r"</?\w[^<>]{0,100}>"
_SPACE = rf"(?:\s|&nbsp;|&#160;|\\+[nrt]|\\+u00a0|{_TAG}|[-_+]|%20)+"
# Within JSON a line end is a letter: what follows it begins a word all the same.
_AFTER_ESCAPE = r"(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4})"
# A low line is part of a word for Python; in a text and in the name of a file it marks and parts words.
_NO_NAME_BEFORE, _NO_NAME_AFTER = rf"(?:(?<![^\W_])(?<!\w-)|{_AFTER_ESCAPE})", r"(?![^\W_]|-\w)"
_NO_ADDRESS_BEFORE, _NO_ADDRESS_AFTER = rf"(?:(?<![\w.+%-])|{_AFTER_ESCAPE})", r"(?![\w-]|\.\w)"
_FRAGMENT = re.compile(r"[A-Za-z0-9]+")
_APOSTROPHES = "'’‘`´"
# Words of a surname that are no name by themselves: *de Boer* is one of thousands.
_SMALL = frozenset(
    ("aan", "bij", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "het", "in", "la", "le", "op", "'s",
     "'t", "te", "ten", "ter", "van", "vande", "von")
)  # fmt: skip
# A number shorter than this may stand for anything.
_NUMBER = 6


def pattern_of(word: str) -> re.Pattern[str]:
    """Finds a name, number or address, however it is written: composed or not, in HTML, in JSON."""
    parts = clean_line(word).split()
    body = _SPACE.join("".join(_forms(character) for character in part) for part in parts)
    is_address = "@" in word
    before = _NO_ADDRESS_BEFORE if is_address else _NO_NAME_BEFORE
    after = _NO_ADDRESS_AFTER if is_address else _NO_NAME_AFTER
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)


def _forms(character: str) -> str:
    """A pattern for one character in each way in which it is written."""
    same = _APOSTROPHES if character in _APOSTROPHES else character
    forms = {re.escape(one) for one in same}
    for one in same:
        if one.isascii() and one.isalnum():
            continue
        for case in {one, one.lower(), one.upper()}:
            forms |= _encoded(case)
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def _encoded(text: str) -> set[str]:
    """What stands for a character in HTML, in JSON (that may stand in JSON itself), in parts (NFD), and its letter."""
    apart = unicodedata.normalize("NFD", text)
    forms = {re.escape(apart)}
    # Jose for José: as it is typed in haste, and in the address of a page.
    if apart[0].isalpha():
        forms.add(re.escape(apart[0]))
    if len(text) != 1:
        return forms
    number = ord(text)
    name = "apos" if text == "'" else html.entities.codepoint2name.get(number)
    forms |= {rf"&\#x0*{number:x};", rf"&\#0*{number};"} | ({f"&{name};"} if name else set())
    units = text.encode("utf-16-be")
    pairs = [units[start : start + 2].hex() for start in range(0, len(units), 2)]
    return forms | {"".join(rf"\\+u{pair}" for pair in pairs)}


def fragment_of(word: str) -> str:
    """The longest part of a word that stands in a column as it is, whatever the form; may be empty."""
    return max(_FRAGMENT.findall(clean_line(word)), key=len, default="")


def is_telling(word: str) -> bool:
    """Does a word stand for one person: an address, a number, or a name of more than one part?

    *Jan* alone may be anybody, and so may *de Boer*: that is looked for where somebody asks, and never taken out.
    """
    digits = sum(character.isdigit() for character in word)
    names = [part for part in clean_line(word).lower().replace("’", "'").split() if part not in _SMALL]
    return "@" in word or digits >= _NUMBER or len(names) > 1


def take_out(text: str, words: Iterable[str]) -> str:
    """A text without these words."""
    for word in words:
        text = pattern_of(word).sub(_taken_out, text)
    return text


def _taken_out(found: re.Match[str]) -> str:
    """Marks of HTML within a name stay: what they begin or end may stand outside it."""
    return TAKEN_OUT + "".join(re.findall(_TAG, found.group()))


def orders_of(first_name: str, last_name: str) -> list[str]:
    """A name as it is said and as lists have it: *Jan de Boer*; *de Boer, Jan*; *Boer, Jan de*."""
    first, last = first_name.strip(), last_name.strip()
    if not first or not last:
        return [first or last] if first or last else []
    parts = last.split()
    small = [part for part in parts[:-1] if part.islower()]
    names = [f"{first} {last}", f"{last}, {first}"]
    if small and parts[: len(small)] == small:
        names.append(f"{' '.join(parts[len(small) :])}, {first} {' '.join(small)}")
    return names
