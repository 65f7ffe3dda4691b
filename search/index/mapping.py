"""What a document in the index is: typed, strict, and made whole from an entry.

The words are stems already, cut by `search.dutch` and weighed when the entry was projected: both engines know the same
Dutch and rank alike, and the index only splits on spaces (decisions 0010 and 0012).
"""

# Without `from __future__ import annotations`: the typed documents read their annotations.

import datetime
from collections.abc import Iterable
from functools import cache
from typing import Any

from elasticsearch.dsl import Date, Document, InnerDoc, Keyword, M, MetaField, Object, Text, mapped_field

from exchange.contributions.searchable import Audience
from search.filter_values import by_filter
from search.filters import derived, stored_facets

# A stem is sent as often as it weighs: with this similarity its score is that times what it counts in the question, as
# in the database. How rare a word is, is not asked of the index: it would count what a reader may not see.
SIMILARITY = {"weights": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}}
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "similarity": SIMILARITY}


def _stems() -> Any:
    return mapped_field(
        Text(analyzer="whitespace", index_options="freqs", norms=False, similarity="weights"), default=""
    )


def _values(names: Iterable[str]) -> Any:
    """What can be filtered on and counted: one field for each filter."""
    return mapped_field(Object(properties={name: Keyword() for name in sorted(names)}))


class Words(InnerDoc):
    """The stems of an entry, each as often as it weighs; those for members only what they weigh more for them."""

    public: M[str] = _stems()
    members: M[str] = _stems()


class _Entry(Document):
    """An entry. A tombstone is a document too, listed nowhere: so its version is never forgotten."""

    page_id: M[int]
    is_listed: M[bool]
    visibility: M[str] = mapped_field(Keyword())
    owner: M[str] = mapped_field(Keyword())
    published_at: M[datetime.datetime | None] = mapped_field(Date())
    confirmed_at: M[datetime.date | None] = mapped_field(Date())
    due_on: M[datetime.date | None] = mapped_field(Date())
    words: M[Words]
    completeness: M[float]
    population: M[int | None]
    phrases: M[list[str]] = mapped_field(Text(analyzer="whitespace"))

    class Meta:
        # A field that the mapping does not know is a mistake of ours, not something to guess.
        dynamic = MetaField("strict")
        # What is shown comes from the entries: nobody reads these back.
        source = MetaField(excludes=["words", "phrases"])


@cache
def entry_document() -> type[Document]:
    """The document with one field for each filter that the installed kinds bring."""

    class EntryDocument(_Entry):
        values: M[dict[str, list[str]]] = _values(stored_facets())
        # What only members know of what follows from other contributions.
        member_values: M[dict[str, list[str]]] = _values(derived())

    return EntryDocument


# What of an entry goes into its document.
COLUMNS = (
    "page_id", "version", "is_listed", "visibility", "municipality", "municipality__population", "published_at",
    "confirmed_at", "due_on", "completeness", "values", "member_values",
    "text__words", "text__member_words", "text__stems",
)  # fmt: skip


def document_of(row: Any) -> dict[str, Any]:
    """The whole document of an entry; empty values too, so that nothing of an older version stays.

    Args:
        row: an entry as a named row of `COLUMNS`.
    """
    return {
        "page_id": row.page_id,
        "is_listed": row.is_listed,
        "visibility": row.visibility,
        "owner": row.municipality or "",
        "published_at": row.published_at,
        "confirmed_at": row.confirmed_at,
        "due_on": row.due_on,
        "words": {Audience.PUBLIC.value: row.text__words, Audience.MEMBERS.value: row.text__member_words},
        "completeness": row.completeness,
        "population": row.municipality__population,
        "phrases": row.text__stems.splitlines(),
        "values": by_filter(row.values),
        "member_values": by_filter(row.member_values),
    }
