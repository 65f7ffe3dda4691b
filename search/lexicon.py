"""Which words lead to which other words: synonyms, abbreviations and English, ready to look up by stem. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import dutch

# A word in the question may lead to several words that must all be there: its stems, in order.
Stems = tuple[str, ...]
LONGEST = 5


@dataclass(frozen=True)
class Lexicon:
    """What each word leads to.

    Attributes:
        leads: by the stems of a word or expression, what else may stand there and how much that counts, from 0 to 1.
        longest: the most words that an expression has.
    """

    leads: Mapping[Stems, Mapping[Stems, float]] = field(default_factory=dict)
    longest: int = 1


def build(groups: Iterable[tuple[Iterable[str], Iterable[str], float]]) -> Lexicon:
    """Make a lexicon from groups: words that mean the same, what they also lead to, and how much that counts."""
    leads: defaultdict[Stems, dict[Stems, float]] = defaultdict(dict)
    for words, leads_to, weight in groups:
        same = [stems for word in words if (stems := stems_of(word))]
        others = [stems for word in leads_to if (stems := stems_of(word))]
        for stems in same:
            for other in (*same, *others):
                if other != stems:
                    leads[stems][other] = max(weight, leads[stems].get(other, 0.0))
    return Lexicon(leads=dict(leads), longest=min(LONGEST, max(map(len, leads), default=1)))


def stems_of(expression: str) -> Stems:
    """The stems of a word or expression, without stop words."""
    return tuple(token.stem for token in dutch.words(expression))
