"""One word: without diacritics, as the dictionary has it, and as the stem that its inflections share. Pure.

The stemmer alone makes *fiet* of *fiets*, *schul* of *schulden* and *beleid* of *begeleiding*; a dictionary word first
keeps it from that.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

from .folding import fold
from .lemmas import decided, dictionary, lemma

MAX_TERM = 100
# What stands behind an apostrophe or an abbreviation: *azc's*, *zzp'ers*, *GGD'en*, *baby'tje*.
_APOSTROPHES = "'’‘ʼ`´′"
_BEHIND = re.compile(rf"[{_APOSTROPHES}](?:s|n|en|er|ers|ster|sters|t?jes?|ertjes?)$")
# The same behind capitals, or letters that nobody could say: *AOWers*, *zzpers*, *mbo'ers*.
_CAPITALS = re.compile(r"^([A-Z]{2,6})(?:s|en|er|ers|ster|sters)$")
_UNSAYABLE = re.compile(r"^([bcdfghjklmnpqrstvwxz]{3,5})(?:er|ers|en)$")
_SHORTEST_BASE = 3
_VOICELESS = {"z": "s", "v": "f"}
_VOICED = {"s": "z", "f": "v"}
_VOWELS = "aeiou"
_PAST = ("", "ten", "den", "te", "de", "t", "d")
# Dutch has few plurals like *kind*, *kinderen*; any other word on -eren is a verb.
_PLURALS_ON_EREN = frozenset({
    "kinderen", "eieren", "bladeren", "goederen", "liederen", "raderen", "runderen", "lammeren", "kalveren",
    "hoenderen", "gelederen", "gemoederen", "beenderen", "volkeren", "kleren", "ouderen", "anderen",
    "jongeren", "meerderen", "veren", "peren", "beren", "heren", "zweren", "boeren",
})  # fmt: skip
_SHORTEST_EREN = 6
_EREN = re.compile(r"^(.+?)er(?:en|ing)$|^(.+?)eer[dt]e?n?$")


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word. It is not a word itself."""
    base = base_word(bare(word))
    if base in decided():
        return base[:MAX_TERM]
    # A base word keeps its last letter: *fiets* is no plural of *fiet*.
    if base.endswith("s") and base in dictionary() and (base[:-1] not in dictionary() or f"{base}en" in dictionary()):
        return base[:MAX_TERM]
    if joined := _verb_on_eren(base):
        return joined[:MAX_TERM]
    # *melden*: the stemmer takes *den* for a past tense.
    if base.endswith(("den", "ten")) and base[-4:-3] not in _VOWELS and {base[:-2], f"{base[:-2]}ing"} & dictionary():
        base = base[:-2]
    # The newer stemmer takes *ge* out of any word; here that is done only where a verb is left (`_infinitive`).
    stemmed: str = _stemmer("dutch_porter" if "ge" in base[:-3] else "dutch").stemWord(base)
    return stemmed[:MAX_TERM]


def _verb_on_eren(base: str) -> str:
    """What *organiseren*, *georganiseerd* and *organisering* share with *organisatie*: the stemmer's *organiseer*."""
    match = _EREN.search(base)
    start = (match[1] or match[2]) if match else ""
    for form in (start, start.replace("ge", "", 1)):
        verb = f"{form}eren"
        if form and verb not in _PLURALS_ON_EREN and len(verb) > _SHORTEST_EREN and verb in dictionary():
            return f"{form}eer"
    return ""


def bare(word: str) -> str:
    """A word folded, without what stands behind an abbreviation: *zzp'ers*, *AOWers* and *GGD'en*."""
    if match := _CAPITALS.match(word):
        return fold(match[1])
    folded = _BEHIND.sub("", fold(word))
    match = _UNSAYABLE.match(folded)
    return match[1] if match else folded


@lru_cache(maxsize=50_000)
def base_word(word: str) -> str:
    """The dictionary word that this is a plural or inflection of (*schulden*, *geholpen*, *betaald*), else itself."""
    if (base := lemma(word)) is not None:
        return base
    if word in dictionary():
        return word
    return next((base for base in _bases(word) if base in dictionary()), None) or _infinitive(word) or word


def _bases(word: str) -> list[str]:
    """What a word may be without *-s*, *-en* or *-e*, with the spelling that goes with it."""
    bases = [word.removesuffix("s")]
    for ending in ("en", "e"):
        base = word.removesuffix(ending)
        if base == word or len(base) < _SHORTEST_BASE:
            continue
        voiceless = base[:-1] + _VOICELESS.get(base[-1], base[-1])
        bases.append(base)
        # *bussen* is *bus*, *huizen* is *huis*, *raden* is *raad*.
        if base[-1] == base[-2]:
            bases.append(base[:-1])
        bases.append(voiceless)
        if base[-2] in "aeou" and base[-3] != base[-2]:
            bases.append(voiceless[:-1] + base[-2] + voiceless[-1])
    # *gemeenten*, *ziekten*.
    if word.endswith("en"):
        bases.append(word[:-1])
    return bases


def _infinitive(word: str) -> str | None:
    """The verb that this is the past or present tense of: *betaald*, *verhuist*, *uitgehuwelijkt*."""
    for ending in _PAST:
        base = word.removesuffix(ending)
        if (ending and base == word) or len(base) < _SHORTEST_BASE:
            continue
        for start in (base, base.replace("ge", "", 1)):
            if verb := verb_of(start):
                return verb
    return None


def verb_of(start: str) -> str | None:
    """The verb of which this is the first person: *parkeer*, *meld*, *verhuis*; None where it is of no verb."""
    if len(start) < _SHORTEST_BASE or start[-1] in _VOWELS:
        return None
    last = _VOICED.get(start[-1], start[-1])
    forms = [f"{start}en", f"{start[:-1]}{last}en"]
    if start[-2] in _VOWELS:
        doubled = f"{start}{start[-1]}en"
        forms = [f"{start[:-3]}{start[-2]}{last}en", *forms] if start[-3] == start[-2] else [doubled, *forms]
    return next((form for form in forms if form in dictionary()), None)
