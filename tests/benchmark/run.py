"""One run: for each size fill the projection, measure everything, and print the tables."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from functools import partial
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from search import known_words
from search.index.connection import BULK_TIMEOUT, client, is_configured
from search.index.generations import alias

from . import building, meaning, questions, reuse
from .picture import draw
from .times import Times, console, measure, show
from .variants import add_entries

PAGES = ("/", "/zoeken/?q=opvang", "/themas/inburgering/", "/gemeenten/waterhoven/")
ROUNDS = 40
# Where one round takes long.
LARGE, FEW_ROUNDS = 100_000, 12


def run(sizes: Sequence[int], picture: Path | None) -> None:
    console.print("Placing the examples ...")
    call_command("demo", no_serve=True, stdout=StringIO())
    measured = {total: _measure(total) for total in sizes}
    if picture is not None:
        picture.write_text(draw(measured), encoding="utf-8")


def _measure(total: int) -> dict[str, Times]:
    add_entries(total)
    known_words.count()
    call_command("search_index", "rebuild", index_only=True, stdout=StringIO())
    rounds = FEW_ROUNDS if total >= LARGE else ROUNDS
    times = questions.measure_questions(total, rounds=rounds)
    show(f"All questions, {total:,} entries", times, next_to=(questions.RAW_ALL, questions.RAW))
    meaning.measure_meaning(total, rounds=rounds)
    if is_configured():
        show(f"What a question is made of, {total:,} entries", questions.measure_parts(rounds=rounds))
        filling = building.measure_rebuild(rounds=2)
        show(f"Filling the index, {total:,} entries", filling, next_to=(building.RAW,))
    pages = {path: partial(Client().get, path) for path in PAGES}
    show(f"Pages for a visitor, {total:,} entries", measure(pages, rounds=rounds))
    adopted = reuse.measure_pages(rounds=rounds)
    show(f"The page of an initiative, {total:,} entries", adopted, next_to=(reuse.WITHOUT,))
    console.print(f"Memory and disk: {', '.join(_held())}.\n")
    return times


def _held() -> list[str]:
    """What this process and Elasticsearch hold, and how large database and index are."""
    mib = 1024 * 1024
    held = [f"this process at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"]
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if database.is_file():
        held.append(f"database {database.stat().st_size / mib:.0f} MiB")
    if is_configured():
        es = client(timeout=BULK_TIMEOUT)
        heap = sum(node["jvm"]["mem"]["heap_used_in_bytes"] for node in es.nodes.stats()["nodes"].values())
        index = es.indices.stats(index=alias())["_all"]["primaries"]["store"]["size_in_bytes"]
        held += [f"Elasticsearch's heap {heap / mib:.0f} MiB", f"index {index / mib:.0f} MiB"]
    return held
