"""What a document in the index is: typed, strict, and made whole from an entry.

The words are stems already, cut by `search.dutch` when the entry was projected: both engines know the same Dutch, and
the index only splits on spaces (decision 0010).
"""

# Without `from __future__ import annotations`: the typed documents read their annotations.

import datetime
from collections import defaultdict
from typing import Any

from elasticsearch.dsl import Date, Document, InnerDoc, Keyword, M, MetaField, Text, mapped_field

from search.models import Entry

SHARDS = {"number_of_shards": 1, "number_of_replicas": 0}


def _stems() -> Any:
    return mapped_field(Text(analyzer="whitespace", index_options="positions"), default="")


def _values() -> Any:
    return mapped_field(Keyword(), default_factory=list)


class FieldWords(InnerDoc):
    """Stems by the field they stand in (`document.Field`), and those that count for members only."""

    title: M[str] = _stems()
    summary: M[str] = _stems()
    themes: M[str] = _stems()
    synonyms: M[str] = _stems()
    keywords: M[str] = _stems()
    place: M[str] = _stems()
    body: M[str] = _stems()
    related: M[str] = _stems()
    members: M[str] = _stems()


class AllStems(InnerDoc):
    """Every stem of an entry, parts of compounds too: what decides whether it is found, without any weighing."""

    public: M[str] = mapped_field(Text(analyzer="whitespace", index_options="docs", norms=False), default="")
    members: M[str] = mapped_field(Text(analyzer="whitespace", index_options="docs", norms=False), default="")


class FilterValues(InnerDoc):
    """What can be filtered on and counted: one field for each filter with a facet (`filters.FACETS`)."""

    kind: M[list[str]] = _values()
    theme: M[list[str]] = _values()
    target: M[list[str]] = _values()
    size: M[list[str]] = _values()
    phase: M[list[str]] = _values()
    cost: M[list[str]] = _values()
    staff: M[list[str]] = _values()
    province: M[list[str]] = _values()
    region: M[list[str]] = _values()
    municipality: M[list[str]] = _values()


class EntryDocument(Document):
    """An entry. A tombstone is a document too, listed nowhere: so its version is never forgotten."""

    page_id: M[int]
    is_listed: M[bool]
    visibility: M[str] = mapped_field(Keyword())
    owner: M[str] = mapped_field(Keyword())
    published_at: M[datetime.datetime | None] = mapped_field(Date())
    confirmed_at: M[datetime.date | None] = mapped_field(Date())
    words: M[FieldWords]
    parts: M[FieldWords]
    stems: M[AllStems]
    completeness: M[float]
    population: M[int | None]
    phrases: M[list[str]] = mapped_field(Text(analyzer="whitespace"))
    values: M[FilterValues]

    class Meta:
        # A field that the mapping does not know is a mistake of ours, not something to guess.
        dynamic = MetaField("strict")


def document_of(entry: Entry) -> dict[str, Any]:
    """The whole document of an entry; empty values too, so that nothing of an older version stays.

    Args:
        entry: with its `values` prefetched and its municipality joined.
    """
    values: defaultdict[str, list[str]] = defaultdict(list)
    for one in entry.values.all():
        values[one.field].append(one.value)
    return {
        "page_id": entry.page_id,
        "is_listed": entry.is_listed,
        "visibility": entry.visibility,
        "owner": entry.municipality_id or "",
        "published_at": entry.published_at,
        "confirmed_at": entry.confirmed_at,
        "words": entry.words.get("words", {}),
        "parts": entry.words.get("parts", {}),
        "stems": _all_stems(entry),
        "completeness": entry.completeness,
        "population": entry.municipality.population if entry.municipality else None,
        "phrases": entry.stems.splitlines(),
        "values": dict(values),
    }


def _all_stems(entry: Entry) -> dict[str, str]:
    texts: dict[str, list[str]] = {"public": [], "members": []}
    for fields in (entry.words.get("words", {}), entry.words.get("parts", {})):
        for name, stems in fields.items():
            texts["members" if name == "members" else "public"].append(stems)
    return {audience: " ".join(found) for audience, found in texts.items()}
