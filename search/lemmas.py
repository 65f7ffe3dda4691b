"""The word in the dictionary of which somebody typed an inflection: *geholpen* is *helpen*, *steden* is *stad*.

A well-kept list of Dutch forms knows what rules cannot (simplemma, see search/data/README.md). It also says that a cat
is a tomcat and a deputy a woman: what it says is taken only where it looks like an inflection, and what two words
share (*leden* is of *lid* and of *lijden*) was decided by eye in data/lemmas_nl.tsv.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from simplemma.strategies import DictionaryLookupStrategy

from .folding import fold

_SHORTEST = 3
_LANGUAGE = "nl"
# Latin and Greek plurals, whose singular is longer: *centra*, *musici*.
_LATIN = {"a": "um", "i": "us"}
# What makes of an adjective or participle somebody who is so: *volwassene*, *gepensioneerde*, *werkzoekende*.
_PARTICIPLES = ("ge", "be", "ver", "ont", "her", "afge", "uitge", "opge")
_SHORTEST_PERSON = 7


@cache
def decided() -> dict[str, str]:
    """Forms of which the base word was decided by eye."""
    lines = (Path(__file__).parent / "data" / "lemmas_nl.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def dictionary() -> frozenset[str]:
    """Dutch base words, folded. Source: OpenTaal, see search/data/README.md."""
    return frozenset((Path(__file__).parent / "data" / "words_nl.txt").read_text(encoding="utf-8").split())


@cache
def _forms() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


def lemma(word: str) -> str | None:
    """The base word of a folded word, itself where it is one; None where nothing is known of it."""
    if word in decided():
        return decided()[word]
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    found = _looked_up(word)
    if found is None:
        return None
    # *zieken* is *zieke* is *ziek*.
    return _adjective(_looked_up(found) or found)


def _looked_up(word: str) -> str | None:
    if word in decided():
        return decided()[word]
    found = _forms().get_lemma(word, _LANGUAGE)
    if found is None:
        return None
    base = fold(found.replace("_", ""))
    return base if base.isalpha() and _is_inflection(word, base) else word


def _is_inflection(word: str, base: str) -> bool:
    """Does a word look like a form of this base word, and is it not somebody of another sex or another word?"""
    if base == word:
        return True
    starts = {word[0], word.replace("ge", "", 1)[:1]}
    if base[0] not in starts:
        return False
    if len(base) > len(word):
        return base.endswith(("en", _LATIN.get(word[-1], "en")))
    # *dichter* is no more *dicht*, *grootmoeder* no *grootvader*; *begeleidster* is *begeleider*.
    return not word.endswith("er") or base.endswith("er") or word not in dictionary()


def _adjective(word: str) -> str:
    """Of somebody who is named after what he is, that: *volwassene* is *volwassen*; else the word itself."""
    if len(word) < _SHORTEST_PERSON or not word.endswith("e"):
        return word
    base = word[:-1]
    is_person = base.endswith(("end", "en", "ig")) or (base.endswith(("d", "t")) and base.startswith(_PARTICIPLES))
    return base if is_person and base in dictionary() else word
