"""Which words lead to which other words: synonyms, abbreviations and English, ready to look up by stem. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import dutch
from .rarity import in_dutch

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
    # By stems, the dictionary words that lead somewhere: *snelheid* leads to traffic, *snel* does not.
    bases: Mapping[Stems, frozenset[Stems]] = field(default_factory=dict)

    def led_to(self, stems: Stems, bases: Stems) -> Mapping[Stems, float]:
        """What a word or expression leads to. A usual word that only shares its stem with it leads nowhere."""
        is_meant = bases in self.bases.get(stems, ()) or any(in_dutch(one) > USUAL_WORD for one in stems)
        return self.leads.get(stems, {}) if is_meant else {}


# How much it counts that the parts of a compound stand there, together or apart.
PARTS = 0.8
# From this weight on a word is another name for the same, so what that leads to counts too: English by way of Dutch.
SAME = 0.9
# A word that tells more than this in Dutch leads on by its stem alone.
USUAL_WORD = 0.6


def build(groups: Iterable[tuple[Iterable[str], Iterable[str], float]]) -> Lexicon:
    """Make a lexicon from groups: words that mean the same, what they also lead to, and how much that counts."""
    leads: defaultdict[Stems, dict[Stems, float]] = defaultdict(dict)
    bases: defaultdict[Stems, set[Stems]] = defaultdict(set)
    for words, leads_to, weight in groups:
        same = list(words)
        for word in same:
            bases[stems_of(word)].add(tuple(token.base for token in _telling(word)))
        targets = [target for other in (*same, *leads_to) for target in _targets(other)]
        for stems in filter(None, map(stems_of, same)):
            for target, counts in targets:
                if target and target != stems:
                    leads[stems][target] = max(weight * counts, leads[stems].get(target, 0.0))
    for stems, direct in list(leads.items()):
        _lead_further(stems, direct, leads)
    return Lexicon(
        leads=dict(leads),
        longest=min(LONGEST, max(map(len, leads), default=1)),
        bases={stems: frozenset(found) for stems, found in bases.items()},
    )


def _lead_further(stems: Stems, direct: dict[Stems, float], leads: Mapping[Stems, Mapping[Stems, float]]) -> None:
    for target, weight in list(direct.items()):
        if weight >= SAME:
            for further, counts in list(leads.get(target, {}).items()):
                if further != stems:
                    direct.setdefault(further, weight * counts)


def _targets(word: str) -> list[tuple[Stems, float]]:
    """What a word is found by: its stems, and those of its parts where it is a compound."""
    tokens = _telling(word)
    if not tokens:
        return []
    targets = [(tuple(token.stem for token in tokens), 1.0)]
    if len(tokens) == 1 and tokens[0].parts:
        targets.append((tokens[0].parts, PARTS))
    return targets


def stems_of(expression: str) -> Stems:
    """The stems of a word or expression, without stop words; none where only one word of several says something."""
    return tuple(token.stem for token in _telling(expression))


def _telling(expression: str) -> list[dutch.Token]:
    """The words that say something; of *alleen zijn* only *alleen* would be left, and that is another word."""
    tokens = dutch.words(expression)
    return [] if len(tokens) == 1 < len(expression.split()) else tokens
