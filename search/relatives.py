"""Words of one family that the stemmer keeps apart: who does it, and what he does. Pure.

*Begeleider* and *begeleiden*, *controleur* and *controleren*: other words that answer the same question nearly as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .lemmas import dictionary
from .stemming import stem

# How much a word of the same family counts.
WEIGHT = 0.6
_SHORTEST = 6
# Not who does what the verb says: a *kapper* does not chop.
_NOT_WHO_DOES = frozenset({
    "kapper", "letter", "meester", "koffer", "nummer", "winter", "zomer", "kelder", "ladder", "bitter", "zender",
    "gender", "donder", "wonder", "leider", "moeder", "zolder", "beker", "loper", "pater", "kamer", "water", "vinger",
})  # fmt: skip


@lru_cache(maxsize=20_000)
def relatives(base: str) -> tuple[tuple[str, float], ...]:
    """The stems of other words of its family, with how much those count.

    Args:
        base: a dictionary word, folded.
    """
    own = stem(base)
    found = {stem(word) for word in _family(base) if word in dictionary()} - {own}
    return tuple((one, WEIGHT) for one in sorted(found))


def _family(base: str) -> Iterable[str]:
    if len(base) < _SHORTEST or base in _NOT_WHO_DOES:
        return
    if base.endswith("er"):
        yield f"{base[:-2]}en"
        yield f"{_lengthened(base[:-2])}en"
        if base.endswith("rder"):
            yield f"{base[:-3]}en"
    if base.endswith("en") and f"{base[:-2]}er" not in _NOT_WHO_DOES:
        yield f"{base[:-2]}er"
        yield f"{base[:-2]}der"
    yield from _foreign(base)


def _foreign(base: str) -> Iterable[str]:
    """*Controleren*, *controleur* and *controle*; *adviseren*, *adviseur* and *advies*."""
    for ending in ("eren", "eur", "e"):
        if base.endswith(ending):
            start = base.removesuffix(ending)
            yield from (f"{start}eren", f"{start}eur")
            if ending != "e":
                yield f"{start}e"


def _lengthened(start: str) -> str:
    return f"{start}{start[-1]}"
