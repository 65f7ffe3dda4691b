"""Comparing the live generation with the entries, and mending what differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from search.models import Entry, EntryText, Generation, Pushed

from .push import Report, push


@dataclass(frozen=True)
class Drift:
    """Where an index and the entries differ.

    Attributes:
        missing: entries that the index lacks, or has in an older version.
        ahead: what the index lists and no entry knows, or has in a newer version than the entry (the database was put
            back): id and version in the index.
    """

    missing: tuple[int, ...]
    ahead: tuple[tuple[int, int], ...]

    @property
    def page_ids(self) -> list[int]:
        return sorted({*self.missing, *(page_id for page_id, _ in self.ahead)})


def find_drift(es: Elasticsearch, generation: Generation) -> Drift:
    """Compare id and version of every document with the entries; what is in neither place needs no attention."""
    es.indices.refresh(index=generation.name)
    query = {"query": {"match_all": {}}, "_source": ["is_listed"], "version": True}
    documents = scan(es, index=generation.name, query=query, size=2000)
    found = {int(hit["_id"]): (int(hit["_version"]), bool(hit["_source"]["is_listed"])) for hit in documents}
    rows = Entry.objects.filter(version__gt=0).values_list("page_id", "version", "is_listed")
    expected = {page_id: (version, is_listed) for page_id, version, is_listed in rows.iterator()}
    missing = [
        page_id
        for page_id, (version, is_listed) in expected.items()
        if (found[page_id][0] < version if page_id in found else is_listed)
    ]
    ahead = [
        (page_id, version)
        for page_id, (version, is_listed) in found.items()
        if (version > expected[page_id][0] if page_id in expected else is_listed)
    ]
    return Drift(missing=tuple(missing), ahead=tuple(ahead))


def repair(es: Elasticsearch, generation: Generation, drift: Drift) -> Report:
    """Send what is missing again, and overrule what the index should not have."""
    with transaction.atomic():
        for page_id, version in drift.ahead:
            Entry.objects.get_or_create(page_id=page_id, defaults={"dirty": False})
            EntryText.objects.get_or_create(entry_id=page_id)
            Entry.objects.filter(page_id=page_id, version__lte=version).update(version=version + 1)
        Pushed.objects.filter(generation=generation, entry__in=drift.page_ids).delete()
    return push(es, generation, drift.page_ids)
