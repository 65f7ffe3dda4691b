"""Text that may identify a person or give away a protected place: one function that asks the rules about it.

Pure. A finding is a question to the writer: they mend the text, or say that they looked. Only what is a citizen number
by its own arithmetic has no such answer: it goes, or the text says what else the number is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from exchange.clean_text import clean_text

from .privacy_rules import RULES, Rule, passes_eleven_test

__all__ = ["RULES", "Finding", "Rule", "check", "folded", "passes_eleven_test"]

# Characters around a find that are shown with it.
AROUND = 30
# What is read of one text, in characters: more than any field or document holds.
LONGEST = 1_000_000
# More finds than this by one rule in one text help nobody: the first ones say what is wrong.
MOST = 100
_SPACES = re.compile(r"[^\S\n]{2,}")
_LINES = re.compile(r"\s*\n\s*")
# A longer run of signs without a space is no word of anybody.
_RUN = re.compile(r"(\S{200})(?=\S)")
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"
_QUOTES = "\u2018\u2019\u201b\u02bc\uff07`\u00b4"


@dataclass(frozen=True)
class Finding:
    """Something to look at: by which rule, in which field, and the words with a little around them."""

    rule: str
    question: str
    field: str
    found: str
    excerpt: str
    # No tick is enough: it is mended, or the text is not placed.
    must_go: bool = False

    @property
    def key(self) -> str:
        """The same for the same words by the same rule, in whatever field: who confirmed it is not asked again."""
        return hashlib.sha256(f"{self.rule}:{' '.join(self.found.lower().split())}".encode()).hexdigest()[:16]


class _Plain(dict[int, int | str]):
    """One kind of space, hyphen, apostrophe and digit for all that look so; each sign is looked up once."""

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        if sign in _HYPHENS:
            plain = "-"
        elif sign in _QUOTES:
            plain = "'"
        elif 0xFF01 <= code <= 0xFF5E:
            plain = chr(code - 0xFEE0)
        elif (kind := unicodedata.category(sign)) == "Nd":
            plain = str(unicodedata.decimal(sign))
        else:
            plain = " " if kind == "Zs" else sign
        self[code] = plain
        return plain


_PLAIN = _Plain()


def folded(text: str) -> str:
    """Text as the rules read it: clean, with one kind of space, hyphen and digit, and no endless words."""
    plain = clean_text(text[:LONGEST]).translate(_PLAIN)
    plain = _LINES.sub("\n", _SPACES.sub(" ", plain))
    return _RUN.sub(r"\1 ", plain)


def check(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """Look through texts.

    Args:
        texts: the name of each field, and its plain text.

    Returns:
        What a writer should look at, each find once, what must go first, then by rule in the order of the texts.
    """
    findings: dict[str, Finding] = {}
    for field, text in texts:
        for finding in _found_in(field, folded(text)):
            findings.setdefault(finding.key, finding)
    order = {rule.name: number for number, rule in enumerate(RULES)}
    return sorted(findings.values(), key=lambda finding: order[finding.rule])


def _found_in(field: str, text: str) -> Iterator[Finding]:
    """What the rules find; of what two rules see at the same place, the first is asked."""
    taken: list[tuple[int, int]] = []
    for rule in RULES:
        mine = list(islice(rule.places(text), MOST))
        for start, end in mine:
            if not any(start < there and here < end for here, there in taken):
                yield Finding(
                    rule.name,
                    str(rule.question),
                    field,
                    text[start:end].strip(),
                    _excerpt(start, end, text),
                    rule.must_go,
                )
        taken += mine


def _excerpt(start: int, end: int, text: str) -> str:
    start, end = max(0, start - AROUND), end + AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"
