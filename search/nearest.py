"""What may be meant by a word that nobody uses here: proposals for who looks after the words, never for an answer.

Each witness looks in its own way: meaning where an encoder is installed, letters, parts of compounds, and Open Dutch
WordNet where a file of it lies on the server (`WORDNET_FILE`; its licence keeps it out of this repository).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Protocol

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from exchange.themes.models import TargetGroup, Theme

from . import dutch, wordnet
from .folding import fold
from .lexicon import stems_of
from .meaning.themes import nearest_themes
from .models import KnownWord
from .rarity import in_dutch

# So alike two words must be written, of 100.
ALIKE = 80
# A part that tells less than this in Dutch makes no two compounds alike.
TELLING = 0.7


@dataclass(frozen=True)
class Near:
    """A word that may be meant, and why it is proposed."""

    text: str
    why: str


class Witness(Protocol):
    def nearest(self, text: str, limit: int) -> Iterable[Near]:
        """What is nearest to a word or expression, the nearest first."""
        ...


@dataclass(frozen=True)
class Terms:
    """The words that something is found by, read once for a page of proposals."""

    # By word of a theme or target group, what it is called.
    subjects: dict[str, str] = field(default_factory=dict)
    # By stem, how a word of contributions is written.
    known: dict[str, str] = field(default_factory=dict)
    themes: Sequence[Theme] = ()

    @cached_property
    def folded(self) -> dict[str, str]:
        """By how it is compared, each word."""
        return {fold(word): word for word in (*self.known.values(), *self.subjects)}

    @cached_property
    def by_part(self) -> dict[str, list[str]]:
        """By stem, the words of subjects that have it."""
        found: dict[str, list[str]] = {}
        for word in self.subjects:
            for one in _stems_and_parts(word):
                found.setdefault(one, []).append(word)
        return found

    def why(self, word: str) -> str:
        """Where a word stands."""
        if word in self.subjects:
            return _("hoort bij het thema '%(name)s'") % {"name": self.subjects[word]}
        return _("staat in bijdragen")


def read_terms() -> Terms:
    """The words of now: of themes and target groups, and of contributions that everybody may read."""
    subjects: dict[str, str] = {}
    themes = list(Theme.objects.order_by("slug"))
    for one in (*themes, *TargetGroup.objects.all()):
        for word in (one.name, *one.synonym_list()):
            subjects.setdefault(word, one.name)
    known = KnownWord.objects.filter(is_public=True).exclude(written="").values_list("stem", "written")
    return Terms(subjects, dict(known), themes)


@dataclass(frozen=True)
class ByLetters:
    """Words that are written nearly so."""

    terms: Terms

    def nearest(self, text: str, limit: int) -> Iterable[Near]:
        written = list(self.terms.folded)
        found = process.extract(fold(text), written, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=limit)
        words = [self.terms.folded[one] for one, *_score in found]
        return [Near(word, self.terms.why(word)) for word in words]


@dataclass(frozen=True)
class ByParts:
    """Words of subjects that share a telling part."""

    terms: Terms

    def nearest(self, text: str, limit: int) -> Iterable[Near]:
        shared: dict[str, float] = {}
        for one in _stems_and_parts(text):
            if in_dutch(one) >= TELLING:
                for word in self.terms.by_part.get(one, ()):
                    shared[word] = shared.get(word, 0.0) + in_dutch(one)
        ranked = sorted(shared, key=lambda word: (-shared[word], len(word)))
        return [Near(word, self.terms.why(word)) for word in ranked[:limit]]


@dataclass(frozen=True)
class ByWordNet:
    """Words that mean the same in Open Dutch WordNet, where contributions or subjects have them."""

    terms: Terms

    def nearest(self, text: str, limit: int) -> Iterable[Near]:
        subjects = {stems_of(word): word for word in self.terms.subjects}
        found = []
        for word in wordnet.same(text):
            stems = stems_of(word)
            if stems and (stems in subjects or all(one in self.terms.known for one in stems)):
                found.append(Near(word, _("betekent hetzelfde in Open Dutch WordNet")))
        return found[:limit]


@dataclass(frozen=True)
class ByMeaning:
    """The themes that an encoder finds nearest; none where there is no encoder, or while it fails."""

    terms: Terms

    def nearest(self, text: str, limit: int) -> Iterable[Near]:
        names = {theme.slug: theme.name for theme in self.terms.themes}
        found = nearest_themes(text, limit, self.terms.themes)
        return [Near(names[one.slug], _("lijkt hierop qua betekenis")) for one in found]


def witnesses(terms: Terms) -> Sequence[Witness]:
    """Who is asked, the best first."""
    return (ByWordNet(terms), ByMeaning(terms), ByParts(terms), ByLetters(terms))


def nearest(text: str, limit: int, asked: Sequence[Witness]) -> list[Near]:
    """What is nearest to a word: of each witness its best, then the next best of each; no word twice.

    A word that is in it already is none: whoever asked has looked for that.
    """
    asked_for = set(stems_of(text))
    found: dict[tuple[str, ...], Near] = {}
    for of_each in zip_longest(*(one.nearest(text, limit) for one in asked)):
        for near in of_each:
            if near is not None and not set(stems_of(near.text)) <= asked_for:
                found.setdefault(stems_of(near.text), near)
    return list(found.values())[:limit]


def _stems_and_parts(text: str) -> list[str]:
    return list(dict.fromkeys(one for token in dutch.words(text) for one in (token.stem, *token.parts)))
