"""How much a word tells: how rare it is in Dutch and among contributions, together. Pure.

In an exchange about one subject the words of that subject stand everywhere, and still tell; *naast*, *snel* and
*ervaring* stand in few contributions, and tell little. Neither rarity says so alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from wordfreq import get_frequency_dict, zipf_frequency

from .lemmas import dictionary, lemma
from .stemming import stem

# Words as usual as this (on Zipf's scale: 6 is one in a thousand words) tell next to nothing; from the second on, all.
USUAL = 7.0
RARE = 4.3
# The least that a general word counts, next to a word that is rare in Dutch.
FLOOR = 0.1
# From this on a word is written so often that it is no mistake.
WRITTEN = 3.5
# What is rarer than in one of so many contributions tells no more.
RAREST = 0.002
# A word of the subject itself: what it tells at least, however many contributions have it.
SUBJECT = 1.0


@cache
def _frequencies() -> Mapping[str, float]:
    """How usual each stem is in Dutch, on Zipf's scale. Source: wordfreq, see search/data/README.md."""
    shares: defaultdict[str, float] = defaultdict(float)
    for word, share in get_frequency_dict("nl", "small").items():
        if word.isalpha():
            shares[stem(word)] += share
    return {one: math.log10(share) + 9 for one, share in shares.items()}


@lru_cache(maxsize=50_000)
def in_dutch(one: str) -> float:
    """How much a stem tells in Dutch at large: 1 where it is rare, near 0 where everybody uses it all day."""
    usual = _frequencies().get(one, 0.0)
    return max(FLOOR, min(1.0, (USUAL - usual) / (USUAL - RARE)))


def exists(word: str) -> bool:
    """Is this a word, in any form, of Dutch or English? Then it was not mistyped, however rare it is here.

    Args:
        word: folded.
    """
    if word in dictionary() or lemma(word) is not None:
        return True
    return max(zipf_frequency(word, "nl", "small"), zipf_frequency(word, "en", "small")) >= WRITTEN


def tells(one: str, share: float) -> float:
    """How much it tells that a contribution has a stem.

    Args:
        one: the stem.
        share: of the contributions that have it, from 0 to 1.
    """
    here = -math.log(max(share, RAREST))
    return max(here, SUBJECT) * in_dutch(one)
