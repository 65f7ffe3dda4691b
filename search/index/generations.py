"""Generations of the index: which there are, which is live, and the alias that readers ask.

Every index is written to through an alias of its own with `require_alias`, so a write to an index that is gone fails
instead of making one with a guessed mapping.
"""

from __future__ import annotations

import datetime
import logging
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Index

from search.models import Generation

from .mapping import SETTINGS, entry_document

logger = logging.getLogger(__name__)

# Whoever builds shows a sign of life with every batch; after this long without one it crashed.
ABANDONED = datetime.timedelta(minutes=10)


def alias() -> str:
    """The name that readers ask: always the live generation."""
    name: str = settings.ELASTICSEARCH_INDEX
    return name


def write_alias(generation: Generation) -> str:
    """The name that this generation alone is written by."""
    return f"{generation.name}-write"


@dataclass(frozen=True)
class _Seen:
    """An index as the server has it."""

    uuid: str
    aliases: frozenset[str]


def _on_server(client: Elasticsearch) -> dict[str, _Seen]:
    found = client.indices.get(index=f"{alias()}-*", flat_settings=True, expand_wildcards="all")
    # Another exchange on this server may be called `samenwijzer-test`: its indices are not ours.
    ours = re.compile(rf"{re.escape(alias())}-\d{{14}}-[0-9a-f]{{6}}")
    return {
        name: _Seen(uuid=index["settings"]["index.uuid"], aliases=frozenset(index["aliases"]))
        for name, index in found.items()
        if ours.fullmatch(name)
    }


def reconcile(client: Elasticsearch) -> list[Generation]:
    """Bring what we know of the generations in line with the server.

    A generation whose index is gone, or was made anew by somebody else, is forgotten with all that was pushed to it;
    the one with the alias is live. An index of our name that no row knows (of a crash, or of a database that was put
    back) holds versions we cannot trust: it is left for the next rebuild to remove, and never asked to take writes.

    Returns:
        The generations that take writes.
    """
    seen = _on_server(client)
    kept = []
    for generation in Generation.objects.exclude(uuid="").order_by("pk"):
        index = seen.get(generation.name)
        if index is None or index.uuid != generation.uuid or write_alias(generation) not in index.aliases:
            logger.warning("The index %s is gone or another one: its generation is forgotten.", generation.name)
            generation.forget()
            continue
        state = Generation.State.LIVE if alias() in index.aliases else Generation.State.BUILDING
        if generation.state != state:
            generation.state = state
            Generation.objects.filter(pk=generation.pk).update(state=state)
        kept.append(generation)
    return kept


def create(client: Elasticsearch) -> Generation:
    """Make an empty index for a new generation. It does not refresh until it is loaded."""
    stamp = timezone.now().strftime("%Y%m%d%H%M%S")
    # The row comes first: an index of ours without a row is always a left-over.
    generation = Generation.objects.create(name=f"{alias()}-{stamp}-{secrets.token_hex(3)}")
    index = Index(generation.name)
    index.settings(**SETTINGS, refresh_interval="-1")
    index.aliases(**{write_alias(generation): {}})
    index.document(entry_document())
    index.create(using=client)
    generation.uuid = client.indices.get_settings(index=generation.name)[generation.name]["settings"]["index"]["uuid"]
    generation.save()
    return generation


def make_live(client: Elasticsearch, generation: Generation) -> None:
    """Let readers ask this generation from now on, in one step; then remove the ones it replaces."""
    client.indices.update_aliases(
        actions=[
            {"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}},
            {"add": {"index": generation.name, "alias": alias()}},
        ]
    )
    old = list(Generation.objects.filter(state=Generation.State.LIVE).exclude(pk=generation.pk))
    generation.state = Generation.State.LIVE
    generation.save()
    for one in old:
        remove(client, one)


def remove(client: Elasticsearch, generation: Generation) -> None:
    """Remove an index and what we know of it."""
    client.indices.delete(index=generation.name, ignore_unavailable=True)
    generation.forget()


def remove_left_overs(client: Elasticsearch) -> None:
    """Remove what a crashed rebuild left behind, and indices of our name that no row knows and nobody asks."""
    long_ago = timezone.now() - ABANDONED
    for generation in Generation.objects.filter(state=Generation.State.BUILDING, touched_at__lt=long_ago):
        remove(client, generation)
    known = set(Generation.objects.values_list("name", flat=True))
    for name, index in _on_server(client).items():
        if name not in known and alias() not in index.aliases:
            client.indices.delete(index=name, ignore_unavailable=True)
