"""The Dutch language: from a text to the stems that searching compares. Pure, and the same for texts and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .compounds import split
from .folding import fold
from .stemming import bare, base_word, stem

# A word may hold what nobody sees (a soft hyphen, a combining accent); an apostrophe does not part it.
_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’‘ʼ`´′]{_LETTERS})*")
_HYPHENS = "-\u2010\u2011"
# What stands behind an abbreviation with a hyphen: *AOW-er*, *hbo-ers*.
_ENDINGS = frozenset({"er", "ers", "en", "s", "ster", "sters"})


class Token(NamedTuple):
    """A word in a text: its stem, those of its parts if it is a compound, and where it stands (end not included)."""

    stem: str
    parts: tuple[str, ...]
    is_stop_word: bool
    start: int
    end: int
    base: str = ""

    def is_found_by(self, stems: frozenset[str]) -> bool:
        """Does one of these stems lead to this word?"""
        return not self.is_stop_word and (self.stem in stems or not stems.isdisjoint(self.parts))


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about a text. Source: the Snowball list, see search/data/README.md."""
    return _list("stopwords_nl.txt", comment="|") | _list("stopwords_more_nl.txt", comment="#")


@cache
def question_words() -> frozenset[str]:
    """Words that belong to asking, in Dutch and English, and say nothing about what is asked."""
    return _list("stopwords_questions.txt", comment="#")


def _list(name: str, *, comment: str) -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    words = (line.partition(comment)[0].strip() for line in lines)
    return frozenset(fold(word) for word in words if word)


def tokens(text: str) -> list[Token]:
    """All words of a text in order, stop words marked. A hyphen parts words, an apostrophe does not.

    What hyphens join is found as one word too: *e-health* by *ehealth*.
    """
    found: list[Token] = []
    for joined in _joined(text):
        words = [_token(match) for match in joined]
        found += words if len(words) == 1 else _with_whole(words, "".join(match[0] for match in joined))
    return found


def _token(match: re.Match[str]) -> Token:
    stemmed, parts, is_stop_word, base = _read(match[0])
    return Token(stemmed, parts, is_stop_word, *match.span(), base)


def _joined(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a text, those that hyphens join together."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and not (match.start() == run[-1].end() + 1 and text[run[-1].end()] in _HYPHENS):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _with_whole(words: list[Token], whole: str) -> list[Token]:
    """Words that hyphens join, each with the stem of them as one word."""
    together = _read(whole)[0]
    ending = words[-1]
    if ending.stem in _ENDINGS:
        words[-1] = ending._replace(is_stop_word=True)
    elif together not in (words[0].stem, ending.stem):
        words = [word._replace(parts=(*word.parts, together)) for word in words]
    return words


def find(text: str, stems: frozenset[str]) -> list[Token]:
    """The words of a text that one of these stems leads to; much quicker than looking at all its tokens."""
    known = _known(stems)
    found = []
    for joined in _joined(text):
        for match in joined if len(joined) == 1 else ():
            word = match[0]
            is_found = known.get(word)
            if is_found is None:
                is_found = known[word] = _token(match).is_found_by(stems)
            if is_found:
                found.append(_token(match))
        if len(joined) > 1:
            start, end = joined[0].start(), joined[-1].end()
            found += [
                one._replace(start=one.start + start, end=one.end + start)
                for one in tokens(text[start:end])
                if one.is_found_by(stems)
            ]
    return found


@lru_cache(maxsize=32)
def _known(stems: frozenset[str]) -> dict[str, bool]:
    """For the words that were seen: is it one that these stems lead to? Kept for the last few questions."""
    return {}


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, tuple[str, ...], bool, str]:
    """One word, whatever text it stands in: its stem, its parts, whether it is a stop word, and its base word."""
    plain = bare(word)
    return stem(word), tuple(stem(part) for part in split(plain)), fold(word) in stop_words(), base_word(plain)


def folded_words(text: str) -> list[str]:
    """The words of a text in order, lower case and without diacritics."""
    return [fold(match[0]) for match in _WORD.finditer(text)]


def words(text: str) -> list[Token]:
    """The words of a text in order, without stop words."""
    return [token for token in tokens(text) if not token.is_stop_word]
