"""What is projected of a contribution: a flat document, and how much each of its words weighs. Pure."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from exchange.contributions.searchable import Audience, Field, Text

from . import dutch
from .filter_values import to_text
from .folding import fold
from .stemming import MAX_TERM

# How much a word weighs by where it stands, and the usual length of that text in words (for length normalisation).
BOOSTS: Mapping[Field, tuple[float, int]] = {
    Field.TITLE: (4.0, 6),
    Field.SUMMARY: (2.0, 25),
    Field.THEMES: (2.0, 6),
    Field.SYNONYMS: (2.0, 10),
    Field.KEYWORDS: (2.0, 5),
    Field.PLACE: (3.0, 3),
    Field.BODY: (1.0, 150),
    Field.RELATED: (0.7, 10),
    Field.ATTACHMENT: (0.6, 800),
}
# The usual constants of BM25 (Robertson and Zaragoza, 2009): how fast repetition saturates, how much length counts.
K1 = 1.2
B = 0.75
# How much a word counts inside a compound: *opvang* in *opvangregeling* says less than *opvang* by itself.
PART_OF_COMPOUND = 0.5
# Elasticsearch gets a stem so many times for each whole that it weighs (decision 0012).
STEPS = 4


@dataclass(frozen=True)
class Document:
    """A contribution as search sees it. `values` are what can be filtered on and counted, and for whom.

    One that is for members stands there only where it is not for everybody.
    """

    kind: str
    visibility: str
    municipality: str
    external_id: str
    title: str
    summary: str
    path: str
    phase: str
    confirmed_at: datetime.date | None
    due_on: datetime.date | None
    published_at: datetime.datetime | None
    completeness: float
    texts: tuple[Text, ...]
    values: tuple[tuple[str, str, Audience], ...]
    # Name and text of each document that belongs to it.
    attachments: tuple[tuple[str, str], ...] = ()

    def digest(self) -> str:
        """Tells two documents apart: equal digests mean nothing to write."""
        content = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()

    def body(self) -> str:
        """The running text that highlights are taken from; only what counts for everybody."""
        shown = (Field.SUMMARY, Field.BODY)
        return "\n".join(text.text for text in self.texts if text.field in shown and text.audience is Audience.PUBLIC)

    def stems(self) -> str:
        """All public text as stems with spaces around, one line a text: what a phrase is looked up in."""
        public = (tokens for text, tokens in self._tokens if text.audience is Audience.PUBLIC)
        return "\n".join(f" {' '.join(token.stem for token in tokens)} " for tokens in public)

    def values_for(self, audience: Audience) -> str:
        """What can be filtered on, as one text; for members only what comes on top."""
        return to_text((name, value) for name, value, whom in self.values if whom is audience)

    def words_for(self, audience: Audience) -> str:
        """Each stem as often as it weighs; for members only what comes on top. So Elasticsearch takes it."""
        weights = {stem: weight for (stem, whom), weight in self.terms.items() if whom is audience}
        return "".join(f"{stem} " * round(weight * STEPS) for stem, weight in weights.items())

    @cached_property
    def terms(self) -> dict[tuple[str, Audience], float]:
        """Each stem with its weight, by audience; for members only what comes on top."""
        public = _weights((text, tokens) for text, tokens in self._tokens if text.audience is Audience.PUBLIC)
        everything = _weights(self._tokens)
        extra = {
            (term, Audience.MEMBERS): weight - public.get(term, 0.0)
            for term, weight in everything.items()
            if weight > public.get(term, 0.0)
        }
        return {(term, Audience.PUBLIC): weight for term, weight in public.items()} | extra

    def written_words(self) -> Iterable[tuple[str, str]]:
        """Every stem as it is written here, parts of compounds apart."""
        for text, tokens in self._tokens:
            for token in _without_stop_words(tokens):
                yield token.stem, fold(text.text[token.start : token.end])[:MAX_TERM]

    @cached_property
    def _tokens(self) -> list[tuple[Text, list[dutch.Token]]]:
        return [(text, dutch.tokens(text.text)) for text in self.texts]


def _without_stop_words(tokens: list[dutch.Token]) -> list[dutch.Token]:
    return [token for token in tokens if not token.is_stop_word]


def _weights(texts: Iterable[tuple[Text, list[dutch.Token]]]) -> dict[str, float]:
    """The weight of each stem: BM25's saturation for each field, boosted and summed. Rarity is asked when searching."""
    by_field: dict[Field, list[dutch.Token]] = {}
    for text, tokens in texts:
        by_field.setdefault(text.field, []).extend(_without_stop_words(tokens))
    weights: defaultdict[str, float] = defaultdict(float)
    for field, words in by_field.items():
        boost, usual_length = BOOSTS[field]
        norm = K1 * (1 - B + B * len(words) / usual_length)
        for term, times in _times(words).items():
            weights[term] += boost * times * (K1 + 1) / (times + norm)
    # In steps, as Elasticsearch counts: so both engines have the same weights.
    return {term: max(1, round(weight * STEPS)) / STEPS for term, weight in weights.items()}


def _times(words: list[dutch.Token]) -> dict[str, float]:
    """How often each stem stands there; as part of a compound it counts for less."""
    times: defaultdict[str, float] = defaultdict(float)
    for word in words:
        times[word.stem] += 1
        for part in word.parts:
            times[part] += PART_OF_COMPOUND
    return times
