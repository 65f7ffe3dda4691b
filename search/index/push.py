"""Sending entries to the index: each version once, in batches, to every generation that takes writes.

Safe to repeat and by several at once: the index refuses an older version (external versioning), and what was refused
as older counts as done.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.models import Entry, EntryQuerySet, Generation, Pushed

from .connection import SEARCH_TIMEOUT, UnavailableError, client, guarded
from .generations import reconcile, write_alias
from .mapping import COLUMNS, document_of

logger = logging.getLogger(__name__)

BATCH = 500
# So many batches are with the index at once: it works on each with one thread.
IN_FLIGHT = 2
_CONFLICT = 409
# The one answer that is about the entry itself.
_BAD_ENTRY = 400

# What `bulk_create` would say: making its objects and its SQL took a third of a rebuild.
_NOTED = """
INSERT INTO search_pushed (generation_id, entry_id, version) VALUES (%s, %s, %s)
ON CONFLICT (generation_id, entry_id) DO UPDATE SET version = excluded.version
"""

# Whether the index took an action, and what it says of it.
_Answer = tuple[bool, dict[str, Any]]


@dataclass
class Report:
    """What a push did: how many entries arrived, and why others did not."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    # Not for what an entry says, but because the index takes no writes: its disk is full, or somebody blocked it.
    is_blocked: bool = False


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
    # While the index takes some batches the next is read. Only the sending is done beside: it needs no database.
    with ThreadPoolExecutor(max_workers=IN_FLIGHT) as senders:
        sent: deque[tuple[list[Any], Future[list[_Answer]]]] = deque()
        for batch in chain(batches(wanted), [None] * IN_FLIGHT):
            if batch is not None:
                sent.append((batch, senders.submit(_send, es, generation, actions(batch))))
            if sent and (batch is None or len(sent) > IN_FLIGHT):
                rows, answers = sent.popleft()
                _note(generation, rows, answers, report)
                on_sent(len(rows))
    _note_lag(generation, report)
    return report


def _note_lag(generation: Generation, report: Report) -> None:
    """Note that an index takes no writes; or that it has everything again, but for entries that it never takes."""
    known = Generation.objects.filter(pk=generation.pk)
    if report.is_blocked:
        known.filter(behind_since=None).update(behind_since=timezone.now())
    elif generation.behind_since and not pending(generation).exclude(pk__in=report.refused).exists():
        known.update(behind_since=None)


def batches(wanted: EntryQuerySet) -> Iterator[list[Any]]:
    """What waits, as rows of `COLUMNS`, each read shortly before it is sent; one that is refused is not tried again."""
    last = 0
    # Plain rows: making objects of them took a fifth of a rebuild.
    ordered = wanted.order_by("pk").values_list(*COLUMNS, named=True)
    while batch := list(ordered.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].page_id


def actions(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """What the bulk request says of these entries."""
    return [
        {
            "_op_type": "index",
            "_id": str(row.page_id),
            "version": row.version,
            "version_type": "external",
            "_source": document_of(row),
        }
        for row in rows
    ]


def _send(es: Elasticsearch, generation: Generation, wanted: list[dict[str, Any]]) -> list[_Answer]:
    answers = streaming_bulk(
        es, wanted, chunk_size=BATCH, index=write_alias(generation), require_alias=True, raise_on_error=False
    )
    return [(ok, answer["index"]) for ok, answer in answers]


def _note(generation: Generation, rows: Sequence[Any], answers: Future[list[_Answer]], report: Report) -> None:
    """Note which of these entries arrived."""
    arrived: dict[int, int] = {}
    for row, (ok, result) in zip(rows, answers.result(), strict=True):
        # A conflict says that the index has this version or a newer one.
        if ok or result["status"] == _CONFLICT:
            arrived[row.page_id] = row.version
        else:
            report.refused[row.page_id] = str(result.get("error", result["status"]))
            report.is_blocked |= result["status"] != _BAD_ENTRY
    with transaction.atomic():
        if not Generation.objects.select_for_update().filter(pk=generation.pk).exists():
            raise UnavailableError(f"The index {generation.name} was replaced meanwhile.")
        # A rebuild forgets tombstones meanwhile; what is gone needs no note.
        there = Entry.objects.select_for_update().filter(pk__in=list(arrived)).values_list("pk", flat=True)
        with connection.cursor() as cursor:
            cursor.executemany(_NOTED, [(generation.pk, page_id, arrived[page_id]) for page_id in there])
    report.done += len(arrived)


def push_to_all(es: Elasticsearch, page_ids: Iterable[int] | None = None) -> Report:
    """Send to every generation that takes writes: the live one, and one that is being built."""
    total = Report()
    ids = None if page_ids is None else list(page_ids)
    for generation in reconcile(es):
        report = push(es, generation, ids)
        total.done += report.done
        total.refused |= report.refused
        total.is_blocked |= report.is_blocked
    return total


def push_soon(page_ids: Iterable[int]) -> None:
    """Send what somebody just published, if Elasticsearch answers at once; else the worker sends it later."""
    ids = list(page_ids)
    if not any(pending(one).filter(pk__in=ids).exists() for one in Generation.objects.exclude(uuid="")):
        return
    try:
        with guarded():
            report = push_to_all(client(timeout=SEARCH_TIMEOUT), ids)
    except UnavailableError:
        # Once it is back it still counts what was withdrawn meanwhile; until the worker caught up nobody asks it.
        Generation.objects.filter(behind_since=None).update(behind_since=timezone.now())
        return
    for page_id, reason in report.refused.items():
        logger.error("Entry %s was refused by Elasticsearch: %s", page_id, reason)
