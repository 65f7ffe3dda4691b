"""Advice for plain Dutch: long sentences, hard words, abbreviations that nobody explained. Pure; never a block."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

# A sentence with more words than this is hard to follow.
LONGEST = 25
WORDS = Path(__file__).parent / "data" / "plain_words.tsv"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")
# Right before brackets, or within them: `AMV (alleenstaande minderjarige)`, `… minderjarige (AMV)`.
_EXPLAINED = re.compile(r"\b[A-Z]{2,6}\b(?=\s{0,5}\()|(?<=\()[A-Z]{2,6}\b")
# What is looked through of one text, in characters: tips about more than that nobody reads.
MOST = 50_000
# Abbreviations that read as words by themselves, for everybody.
_KNOWN = frozenset({"BSN", "EU", "GGD", "ICT", "NS", "PDF", "TV"})


@dataclass(frozen=True)
class Advice:
    """One thing that may be plainer: what to do, in which field, and the words it is about."""

    text: str
    field: str
    words: str


@cache
def plain_words() -> dict[str, str]:
    """Hard words, each with a plainer one."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["hard"]: row["plain"] for row in csv.DictReader(file, delimiter="\t")}


def advise(texts: Iterable[tuple[str, str]]) -> list[Advice]:
    """Look through texts.

    Args:
        texts: the name of each field, and its plain text.

    Returns:
        Each advice once, in the order of the texts.
    """
    found: dict[tuple[str, str], Advice] = {}
    for field, whole in texts:
        text = whole[:MOST]
        for advice in (*_sentences(field, text), *_hard_words(field, text), *_abbreviations(field, text)):
            found.setdefault((advice.text, advice.words.lower()), advice)
    return list(found.values())


def _sentences(field: str, text: str) -> Iterable[Advice]:
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if len(words) > LONGEST:
            start = f"{' '.join(words[:6])}…"
            yield Advice(
                _("Maak van deze zin er twee: hij heeft %(number)s woorden.") % {"number": len(words)}, field, start
            )


def _hard_words(field: str, text: str) -> Iterable[Advice]:
    for word in re.findall(r"[^\W\d_]+", text):
        plain = plain_words().get(word.lower())
        if plain:
            yield Advice(_("Kan het makkelijker? Bijvoorbeeld: '%(plain)s'.") % {"plain": plain}, field, word)


def _abbreviations(field: str, text: str) -> Iterable[Advice]:
    """Those that nobody explained."""
    known = _KNOWN.union(_EXPLAINED.findall(text))
    for word in _ABBREVIATION.findall(text):
        if word not in known:
            yield Advice(_("Schrijf deze afkorting de eerste keer voluit."), field, word)
