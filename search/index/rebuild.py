"""A new generation of the index, from the entries alone, while readers ask the old one and writers go on."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from elasticsearch import Elasticsearch

from exchange.contributions.models import Contribution
from search.models import Entry, Generation

from . import generations
from .push import pending, push, push_to_all


class RebuildError(Exception):
    """The new generation could not be completed. The old one still answers; the half-built one is gone."""


def rebuild(es: Elasticsearch, *, on_sent: Callable[[int], object] = bool) -> Generation:
    """Build a new generation and let readers ask it.

    Pushes go to the live generation and to this one meanwhile. It goes live only when it lacks nothing.

    Args:
        es: a connected client.
        on_sent: told after each batch how many entries it had.

    Raises:
        RebuildError: the index refuses an entry.
        elasticsearch.ApiError, elasticsearch.TransportError: the server failed.
    """
    generations.reconcile(es)
    _forget_tombstones()
    generation = generations.create(es)

    def sent(count: int) -> None:
        # A sign of life, for whoever wonders whether this build was abandoned.
        Generation.objects.filter(pk=generation.pk).update(touched_at=timezone.now())
        on_sent(count)

    try:
        _load(es, generation, sent)
        generations.make_live(es, generation)
    except BaseException:
        generations.remove(es, generation)
        raise
    # What was written between the last look and the swap.
    push_to_all(es)
    generations.remove_left_overs(es)
    return generation


def _load(es: Elasticsearch, generation: Generation, on_sent: Callable[[int], object]) -> None:
    while pending(generation).exists():
        report = push(es, generation, on_sent=on_sent)
        if report.refused:
            shown = "; ".join(f"{page_id}: {reason}" for page_id, reason in list(report.refused.items())[:5])
            raise RebuildError(f"{len(report.refused)} entries were refused. {shown}")
    es.indices.put_settings(index=generation.name, settings={"refresh_interval": None})
    es.indices.refresh(index=generation.name)


def _forget_tombstones() -> None:
    """Drop the tombstones of pages that are gone for good, once every generation has them."""
    gone = Entry.objects.filter(is_listed=False, dirty=False).exclude(
        pk__in=Contribution.objects.order_by().values("pk")
    )
    for generation in Generation.objects.all():
        gone = gone.exclude(pk__in=pending(generation).values("pk"))
    with transaction.atomic():
        # Locked first: a push that notes one of them meanwhile waits, and finds it gone.
        ids = list(Entry.objects.select_for_update().filter(pk__in=gone.values("pk")).values_list("pk", flat=True))
        Entry.objects.filter(pk__in=ids).delete()
