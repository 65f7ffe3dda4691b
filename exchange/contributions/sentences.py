"""Where a sentence ends in Dutch: not at the point of *o.a.* or *J. de Vries*, nor after the 3 of *3. Bel*. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Written with a point, and something follows. What may as well be a word of its own, such as *zo.*, is left out.
_ABBREVIATION = re.compile(
    r"^(?:aanv|afb|afd|afz|alg|apr|art|artt|ass|aug|betr|bijl|bijv|blz|bv|ca|cf|dd|dec|derg|dhr|di|div|dr|dra|drs|ds"
    r"|ed|enz|etc|evt|excl|feb|febr|fig|geb|gebr|gem|get|hfdst|hfst|hr|incl|ing|inz|ir|jhr|jkvr|jl|jr|jrg|max"
    r"|mej|mevr|mgr|min|mln|mr|mrd|mrt|mv|mw|nov|nr|nrs|oct|okt|ong|opm|par|pag|pct|plm|plv|prof|prov|ps|ref"
    r"|resp|secr|sep|sept|sr|st|str|tel|toel|uitg|vb|vgl|vlg|vnl|voorz|vr|vs|wethr|wnd|wo|zg|zgn"
    r")\.$",
    re.IGNORECASE,
)
# Of more than one point, such as *d.w.z.* and *N.B.*; and the first letters of names.
_POINTS = re.compile(r"^(?:\w{1,4}\.){2,}$")
_INITIAL = re.compile(r"^(?:[^\W\d_]|Chr?|IJ|Jac|Joh|Ph|Th|Wm)\.$")
# *3. Bel de buren*: the number of a step. A sentence that ends with a small number goes on with the next one.
_NUMBER = re.compile(r"^\d{1,2}\.$")
_OPENING, _CLOSING = "(['\"‘“«", ")]'\"’”»"
_POSSIBLE_END = re.compile(rf"(?<![.!?…])[.!?…]+[{re.escape(_CLOSING)}]*(?=\s)")
# A sentence begins with a capital, a number or a sign; one that begins with *'s* or *'t* too.
_BEGINS_SMALL = re.compile(r"^['’‘](?:s|t|n|k)\s")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, in order; white space is one space."""
    text = " ".join(text.split())
    start = 0
    for found in _POSSIBLE_END.finditer(text):
        if _ends(text, start, found):
            yield text[start : found.end()].strip()
            start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def cut_at_word(text: str, limit: int) -> str:
    """The first words that fit in `limit` characters, with an ellipsis; the last says something by itself."""
    cut = " ".join(text.split())[: limit - 1]
    words = (cut.rpartition(" ")[0] or cut).split(" ")
    while len(words) > 1 and (is_abbreviation(words[-1]) or not any(map(str.isalnum, words[-1]))):
        words.pop()
    return " ".join(words).rstrip(",;:–-(") + "…"


def is_abbreviation(word: str) -> bool:
    """Is it one with a point, that something follows?"""
    word = word.strip(_OPENING + _CLOSING)
    return any(known.match(word) for known in (_ABBREVIATION, _POINTS, _INITIAL, _NUMBER))


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Does a sentence end at this sign?"""
    after = text[found.end() :].lstrip()
    if after.lstrip(_OPENING)[:1].islower() and not _BEGINS_SMALL.match(after):
        return False
    if not found.group().startswith(".") or found.group().startswith(".."):
        return True
    word = text[start : found.end()].rpartition(" ")[2]
    return not is_abbreviation(word)
