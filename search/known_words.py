"""The words that contributions have: to see that a word was mistyped, and what was meant.

A word is only ever proposed to somebody who may read a contribution that has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from rapidfuzz import process
from rapidfuzz.distance import OSA

from exchange.accounts.viewer import Viewer
from exchange.contributions.choices import Visibility
from exchange.contributions.searchable import Audience

from .compounds import SHORTEST_PART, split
from .document import Document
from .folding import fold
from .lemmas import dictionary
from .models import Entry, EntryTerm, KnownWord, audiences
from .rarity import exists

# A short word has too many neighbours: *raad* is not *raam*. From these lengths on, so many letters may differ.
EDITS = ((9, 2), (5, 1))
BATCH = 2000


class _Written(NamedTuple):
    """A known word: its stem, how it is written, and how usual it is."""

    stem: str
    written: str
    share: float


@dataclass
class DatabaseKnownWords:
    """The words that one reader's contributions have, looked up as a question is read."""

    viewer: Viewer

    def __post_init__(self) -> None:
        self._shares: dict[str, float | None] = {}

    def prepare(self, stems: Iterable[str]) -> None:
        """Look up many stems at once."""
        missing = set(stems) - self._shares.keys()
        if not missing:
            return
        public = KnownWord.objects.filter(stem__in=missing)
        if not self.viewer.is_member:
            public = public.filter(is_public=True)
        shares: dict[str, float] = dict(public.values_list("stem", "share"))
        # What is not there yet, or stands only in what is for the own municipality.
        if rest := missing - shares.keys():
            shares |= dict.fromkeys(self._terms(rest).values_list("term", flat=True).distinct(), 0.0)
        for stem in missing:
            self._shares[stem] = shares.get(stem)

    def share(self, stem: str) -> float | None:
        self.prepare([stem])
        return self._shares[stem]

    def corrections(self, word: str) -> Iterable[str]:
        """What may have been meant, the likeliest first: a known word, a compound of which a part is mistyped, or a
        word of the dictionary that leads to a known one."""
        folded = fold(word)
        # A word that exists is no mistake, only unknown here; nor is a number.
        if not folded.isalpha() or exists(folded):
            return
        known = _words(self.viewer.is_member, KnownWord.objects.count())
        if (near := nearest(folded, known)) is not None and self._is_there(near.stem):
            yield near.written
        yield from self._of_a_part(folded, known)
        if (near := nearest(folded, _dictionary())) is not None:
            yield near.written

    def _of_a_part(self, word: str, known: Mapping[str, list[_Written]]) -> Iterable[str]:
        """Of *vluchtelingenopvnag* only *opvnag* is wrong: the first part is a word, the rest nearly one."""
        for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            head, tail = word[:end], word[end:]
            # As if the rest were right: what links the parts goes with the first one.
            if len(split(f"{head}opvang")) != 2:
                continue
            near = nearest(tail, known)
            if near is not None and len(split(f"{head}{near.written}")) > 1 and self._is_there(near.stem):
                yield f"{head}{near.written}"

    def _is_there(self, stem: str) -> bool:
        """Has something that this reader may read this word now? What is known of words may lag."""
        return self._terms([stem]).exists()

    def _terms(self, stems: Iterable[str]) -> QuerySet[EntryTerm]:
        """Where these stems stand, as far as this reader may see. Asked of each row: most stems stand nowhere."""
        visible = Entry.objects.visible_to(self.viewer).filter(pk=OuterRef("entry"))
        return EntryTerm.objects.filter(Exists(visible), term__in=stems, audience__in=audiences(self.viewer))


def nearest(word: str, by_letter: Mapping[str, list[_Written]]) -> _Written | None:
    """The known word with the fewest letters changed, added, left out or swapped; the most usual of equals.

    Args:
        word: folded.
        by_letter: the known words by their first letter, which is seldom mistyped.
    """
    edits = next((edits for length, edits in EDITS if len(word) >= length), 0)
    candidates = by_letter.get(word[:1], [])
    if not edits or not candidates:
        return None
    found = process.extract(
        word, [one.written for one in candidates], scorer=OSA.distance, score_cutoff=edits, limit=10
    )
    ranked = sorted(found, key=lambda item: (item[1], -candidates[item[2]].share, item[0]))
    return candidates[ranked[0][2]] if ranked else None


@lru_cache(maxsize=4)
def _words(is_member: bool, number: int) -> dict[str, list[_Written]]:
    """The known words by their first letter. Kept until their number changes, which is how a change shows."""
    words = KnownWord.objects.all() if is_member else KnownWord.objects.filter(is_public=True)
    by_letter: defaultdict[str, list[_Written]] = defaultdict(list)
    for stem, written, share in words.exclude(written="").values_list("stem", "written", "share"):
        by_letter[written[0]].append(_Written(stem, written, share))
    return by_letter


@cache
def _dictionary() -> dict[str, list[_Written]]:
    by_letter: defaultdict[str, list[_Written]] = defaultdict(list)
    for word in sorted(dictionary()):
        by_letter[word[0]].append(_Written(word, word, 0.0))
    return by_letter


# --- keeping up


def remember(documents: Iterable[Document]) -> None:
    """Note the words of documents that were just projected; what is for one municipality alone is left out."""
    written: dict[str, str] = {}
    public: set[str] = set()
    for document in documents:
        if document.visibility == Visibility.OWN:
            continue
        for stem, word in document.written_words():
            written.setdefault(stem, word)
        for stem, audience in document.terms:
            # Only as part of a compound: known, and proposed to nobody.
            written.setdefault(stem, "")
            if audience is Audience.PUBLIC and document.visibility == Visibility.PUBLIC:
                public.add(stem)
    known = {word.stem: word for word in KnownWord.objects.filter(stem__in=written)}
    new = []
    for stem, word in sorted(written.items()):
        there = known.get(stem, KnownWord(stem=stem))
        better = KnownWord(stem=stem, written=there.written or word, is_public=there.is_public or stem in public)
        if stem not in known or (there.written, there.is_public) != (better.written, better.is_public):
            new.append(better)
    _write(new, ["written", "is_public"])


def _write(words: list[KnownWord], names: list[str]) -> None:
    """Add these words; of those that are there, write these columns."""
    KnownWord.objects.bulk_create(
        words, batch_size=BATCH, update_conflicts=True, unique_fields=["stem"], update_fields=names
    )


@transaction.atomic
def count() -> int:
    """Count in which share of the public contributions each word stands, and forget words that no contribution has.

    Returns:
        How many words are known.
    """
    public = Entry.objects.filter(is_listed=True, visibility=Visibility.PUBLIC)
    members = Entry.objects.filter(is_listed=True, visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS])
    total = public.count() or 1
    terms = EntryTerm.objects.order_by()
    in_public = terms.filter(audience=Audience.PUBLIC, entry__in=public.values("pk"))
    numbers = dict(in_public.values("term").annotate(n=Count("entry")).values_list("term", "n"))
    kept = set(terms.filter(entry__in=members.values("pk")).values_list("term", flat=True).distinct())
    known = {word.stem: word for word in KnownWord.objects.all()}
    changed = []
    for stem in sorted(kept):
        before = known.pop(stem, None)
        word = KnownWord(stem=stem, share=round(numbers.get(stem, 0) / total, 4), is_public=stem in numbers)
        if before is None or (before.share, before.is_public) != (word.share, word.is_public):
            changed.append(word)
    # How a word is written stays as it was.
    _write(changed, ["share", "is_public"])
    gone = list(known)
    for start in range(0, len(gone), BATCH):
        KnownWord.objects.filter(stem__in=gone[start : start + BATCH]).delete()
    _words.cache_clear()
    return len(kept)
