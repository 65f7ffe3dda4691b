"""Which municipality or province somebody means: by any name that people use for it, however it is typed. Pure.

A place stands in the index by its code, as a word of its own. So *Den Haag* finds what is of 's-Gravenhage, Sneek leads
to Súdwest-Fryslân, and *huis* does not find everything of the municipality Huizen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from exchange.municipalities.names import codes_of, key

# Names that are usual words too, checked by eye. *Huizen* is a place, *huizen* are houses.
_WORDS = frozenset({
    "assen", "axel", "beek", "best", "buren", "doorn", "duiven", "echt", "elst", "grave", "haren", "heel", "helden",
    "hoorn", "horst", "houten", "huizen", "hulst", "kampen", "kapelle", "laren", "leek", "leiden", "losser",
    "monster", "putten", "schermer", "sluis", "voorst", "waterland", "weert", "wierden",
})  # fmt: skip
# *Bergen op Zoom*, *Nuenen, Gerwen en Nederwetten*.
LONGEST = 5
_MUNICIPALITY = "GM"


@dataclass(frozen=True)
class Found:
    """A place in a question: the first of its words, how many it has, and the codes that stand for it."""

    start: int
    length: int
    codes: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + self.length

    def stems(self) -> Iterable[tuple[str, bool]]:
        """How it stands in the index, and whether that is the province of a municipality with the same name."""
        is_municipality = self.codes[0].startswith(_MUNICIPALITY)
        for code in self.codes:
            yield stem_of(code), is_municipality and not code.startswith(_MUNICIPALITY)


@dataclass(frozen=True)
class Gazetteer:
    """The codes by every name and code that people type, as `exchange.municipalities.names` reads it."""

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def municipalities(self, text: str) -> tuple[str, ...]:
        """The codes of the municipalities that a code or name stands for; none where nobody is known by it."""
        return tuple(code for code in codes_of(text, self.codes) if code.startswith(_MUNICIPALITY))

    def beginning(self, start: str) -> set[str]:
        """The codes of municipalities of which a name has a word that begins so."""
        begun = key(start)
        found = (codes for name, codes in self.codes.items() if begun and f" {begun}" in f" {name}")
        return {code for codes in found for code in codes if code.startswith(_MUNICIPALITY)}

    def find(self, typed: Sequence[str]) -> tuple[Found, ...]:
        """The places among the words of a question, the longest names first."""
        found = []
        at = 0
        while at < len(typed):
            place = self._at(typed, at)
            if place is not None:
                found.append(place)
            at = place.end if place is not None else at + 1
        return tuple(found)

    def _at(self, typed: Sequence[str], at: int) -> Found | None:
        for length in range(min(LONGEST, len(typed) - at), 0, -1):
            words = typed[at : at + length]
            codes = codes_of(" ".join(words), self.codes)
            if codes and (_is_name(words) or len(words) == len(typed)):
                return Found(at, length, codes)
        return None


def _is_name(words: Sequence[str]) -> bool:
    """Is this surely a place, and no number or usual word?"""
    word = words[0]
    return len(words) > 1 or not (word.isdigit() or (key(word) in _WORDS and not word[:1].isupper()))


def stem_of(code: str) -> str:
    """How a place stands in the index: no word of a text is written so."""
    return code.lower()
