"""Sending entries to the index: each version once, in batches, to every generation that takes writes.

Safe to repeat and by several at once: the index refuses an older version (external versioning), and what was refused
as older counts as done.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.models import Audience, Entry, EntryQuerySet, EntryValue, Generation, Pushed

from .connection import SEARCH_TIMEOUT, UnavailableError, client, guarded
from .generations import reconcile, write_alias
from .mapping import COLUMNS, document_of

logger = logging.getLogger(__name__)

BATCH = 500
_CONFLICT = 409

# Whether the index took an action, and what it says of it.
_Answer = tuple[bool, dict[str, Any]]


@dataclass
class Report:
    """What a push did: how many entries arrived, and why others did not."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def pending(generation: Generation) -> EntryQuerySet:
    """The entries of which this generation lacks the newest version."""
    has_it = Pushed.objects.filter(generation=generation, entry=OuterRef("pk"), version__gte=OuterRef("version"))
    return Entry.objects.filter(~Exists(has_it), version__gt=0)


def push(
    es: Elasticsearch,
    generation: Generation,
    page_ids: Iterable[int] | None = None,
    *,
    on_sent: Callable[[int], object] = bool,
) -> Report:
    """Send what this generation lacks.

    Args:
        es: a connected client.
        generation: where to.
        page_ids: only these; everything when not given.
        on_sent: told after each batch how many entries it had.

    Returns:
        What arrived, and what the index refused and why; the latter stays pending.

    Raises:
        UnavailableError: another rebuild replaced this generation.
        elasticsearch.ApiError, elasticsearch.TransportError: the server failed; what was not confirmed stays pending.
    """
    report = Report()
    wanted = pending(generation) if page_ids is None else pending(generation).filter(pk__in=list(page_ids))
    # While the index takes one batch the next is read. Only the sending is done beside: it needs no database.
    with ThreadPoolExecutor(max_workers=1) as sender:
        before: tuple[list[Entry], Future[list[_Answer]]] | None = None
        # One more turn than there are batches: to note the last.
        for batch in chain(batches(wanted), [None]):
            now = (batch, sender.submit(_send, es, generation, actions(batch))) if batch else None
            if before is not None:
                _note(generation, *before, report)
                on_sent(len(before[0]))
            before = now
    return report


def batches(wanted: EntryQuerySet) -> Iterator[list[Entry]]:
    """What waits, each row read shortly before it is sent; one that is refused is not tried twice in one run."""
    last = 0
    ordered = wanted.order_by("pk").select_related("municipality").only(*COLUMNS, "municipality__population")
    while batch := list(ordered.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def actions(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """What the bulk request says of these entries."""
    values: defaultdict[tuple[int, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    # Plain values: an object for each took a fifth of a rebuild.
    found = EntryValue.objects.filter(entry__in=entries).values_list("entry_id", "audience", "field", "value")
    for entry_id, audience, name, value in sorted(found):
        values[entry_id, audience][name].append(value)
    return [
        {
            "_op_type": "index",
            "_id": str(entry.pk),
            "version": entry.version,
            "version_type": "external",
            "_source": document_of(entry, values[entry.pk, Audience.PUBLIC], values[entry.pk, Audience.MEMBERS]),
        }
        for entry in entries
    ]


def _send(es: Elasticsearch, generation: Generation, wanted: list[dict[str, Any]]) -> list[_Answer]:
    answers = streaming_bulk(
        es, wanted, chunk_size=BATCH, index=write_alias(generation), require_alias=True, raise_on_error=False
    )
    return [(ok, answer["index"]) for ok, answer in answers]


def _note(generation: Generation, entries: Sequence[Entry], answers: Future[list[_Answer]], report: Report) -> None:
    """Note which of these entries arrived."""
    arrived = []
    for entry, (ok, result) in zip(entries, answers.result(), strict=True):
        # A conflict says that the index has this version or a newer one.
        if ok or result["status"] == _CONFLICT:
            arrived.append(Pushed(generation=generation, entry=entry, version=entry.version))
        else:
            report.refused[entry.pk] = str(result.get("error", result["status"]))
    with transaction.atomic():
        if not Generation.objects.select_for_update().filter(pk=generation.pk).exists():
            raise UnavailableError(f"The index {generation.name} was replaced meanwhile.")
        # A rebuild forgets tombstones meanwhile; what is gone needs no note.
        there = Entry.objects.select_for_update().filter(pk__in=[one.entry_id for one in arrived])
        kept = set(there.values_list("pk", flat=True))
        Pushed.objects.bulk_create(
            [one for one in arrived if one.entry_id in kept],
            update_conflicts=True,
            unique_fields=["generation", "entry"],
            update_fields=["version"],
        )
    report.done += len(arrived)


def push_to_all(es: Elasticsearch, page_ids: Iterable[int] | None = None) -> Report:
    """Send to every generation that takes writes: the live one, and one that is being built."""
    total = Report()
    ids = None if page_ids is None else list(page_ids)
    for generation in reconcile(es):
        report = push(es, generation, ids)
        total.done += report.done
        total.refused |= report.refused
    return total


def push_soon(page_ids: Iterable[int]) -> None:
    """Send what somebody just published, if Elasticsearch answers at once; else the worker sends it later."""
    try:
        with guarded():
            report = push_to_all(client(timeout=SEARCH_TIMEOUT), page_ids)
    except UnavailableError:
        return
    for page_id, reason in report.refused.items():
        logger.error("Entry %s was refused by Elasticsearch: %s", page_id, reason)
