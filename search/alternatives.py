"""What may stand for a word of a question: other forms, other words, the parts of a compound, or one of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from .compounds import telling_part
from .lexicon import PARTS, Lexicon, Stems
from .rarity import in_dutch
from .relatives import relatives
from .request import Word
from .stemming import bare
from .stemming import stem as stem_of

MOST_ALTERNATIVES = 16
# How much it counts that only one part of a compound or expression is there, and how much of it that covers.
PARTLY = 0.5
# A part that everybody uses all day is no part that tells: of *dorpstaxi* the taxi, of *hulporganisatie* nothing.
TELLING = 0.55


@dataclass(frozen=True)
class Alternative:
    """Stems that together may stand for a word of the question, and how much that counts.

    Attributes:
        stems: must all be there.
        weight: how much it counts next to the word that was typed, from 0 to 1.
        is_marked: only in what is nearly the word itself separate stems are marked: of another word they say little.
        covers: how much of the word it covers: less than 1 is no full answer.
        factors: by what the weight of each stem in a contribution is multiplied.
    """

    stems: Stems
    weight: float
    is_marked: bool = True
    covers: float = 1.0
    factors: tuple[float, ...] = ()


def alternatives_of(word: Word, lexicon: Lexicon) -> list[Alternative]:
    """Everything that may stand for a word, the word itself first."""
    found = [Alternative((word.stem,), 1.0), *others((word.stem,), (word.base,), lexicon)]
    found += [Alternative((stem,), weight) for stem, weight in relatives(word.base)]
    if word.parts:
        found.append(Alternative(word.parts, PARTS))
        found += _other_parts(word, lexicon)
    return found


def others(stems: Stems, bases: Stems, lexicon: Lexicon) -> list[Alternative]:
    """What a word or expression leads to."""
    return [
        Alternative(other, weight, is_marked=len(other) == 1 or weight >= PARTS)
        for other, weight in lexicon.led_to(stems, bases).items()
    ]


def rest_of(word: Word) -> list[Alternative]:
    """The one part that tells of a word that nobody uses; near an answer, and none."""
    part = stem_of(telling_part(bare(word.text)))
    return [Alternative((part,), PARTLY, covers=PARTLY)] if part and in_dutch(part) >= TELLING else []


def _other_parts(word: Word, lexicon: Lexicon) -> Iterable[Alternative]:
    """Other words for a part: *vergunninghoudershuisvesting* is *huisvesting* of *statushouders*."""
    ways = [[((part,), 1.0), *lexicon.leads.get((part,), {}).items()] for part in word.parts]
    for combined in list(product(*ways))[1:MOST_ALTERNATIVES]:
        weight = PARTS
        for _way, counts in combined:
            weight *= counts
        stems = tuple(dict.fromkeys(stem for way, _counts in combined for stem in way))
        yield Alternative(stems, weight, is_marked=len(stems) == 1)


def partly(whole: Sequence[Alternative]) -> list[Alternative]:
    """The telling parts of what may stand for a word, each alone: not an answer, but near one."""
    known = {one.stems for one in whole}
    found: dict[Stems, Alternative] = {}
    for one in whole:
        for stem in one.stems if len(one.stems) > 1 else ():
            alone = replace(one, stems=(stem,), weight=one.weight * PARTLY, covers=PARTLY)
            is_better = alone.stems not in found or found[alone.stems].weight < alone.weight
            if alone.stems not in known and in_dutch(stem) >= TELLING and is_better:
                found[alone.stems] = alone
    return list(found.values())
