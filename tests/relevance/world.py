"""One exchange to ask questions in: `python -m tests.relevance.world field|all FILE`, a process of its own for each.

`field` has the examples of the demo, which are all about one field; `all` has the open algorithm register too. What
every system answers is written to FILE; `tests.relevance` starts this and shows it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.test import override_settings

from .judged import Query, queries

FIELD, ALL = "field", "all"
# By system, by question: the keys of what was found, best first.
Rankings = dict[str, dict[str, list[str]]]


def fill(corpus: str, world: str) -> None:
    """What was judged, published. The adoptions of examples came later."""
    from exchange.demo import content
    from home.bootstrap import bootstrap
    from search import known_words
    from search.models import Entry

    call_command("migrate", verbosity=0)
    bootstrap()
    content.fill()
    known_words.count()
    if world == ALL and Entry.objects.filter(is_listed=True).count() < 500:
        call_command("import_contributions", corpus, publish=True, open_sections=True, stdout=StringIO())
    call_command("search_index", "rebuild", stdout=StringIO())
    with override_settings(MEANING=True):
        call_command("search_index", "vectors", stdout=StringIO())


def systems(*, embedded_only: bool) -> dict[str, Callable[[str], list[int]]]:
    from django.db import connection

    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine
    from search.index.connection import BULK_TIMEOUT, client, is_configured

    from .systems import DEPTH, encoder_alone, of_engine, plain, public_texts, with_meaning
    from .tuned import tuned

    embedded = of_engine(EmbeddedEngine())
    found = {"embedded and meaning": with_meaning(embedded), f"embedded, {connection.vendor}": embedded}
    if is_configured() and not embedded_only:
        es = client(timeout=BULK_TIMEOUT)
        found["elasticsearch"] = of_engine(ElasticEngine())
        found["elasticsearch and meaning"] = with_meaning(found["elasticsearch"])
        found |= {f"plain {analyzer}": plain(es, analyzer) for analyzer in ("standard", "dutch")}
        found["tuned elasticsearch"] = tuned(es, public_texts(), DEPTH)
    return found | {"encoder alone": encoder_alone}


def without_one_thing() -> dict[str, tuple[Callable[[str], list[int]], AbstractContextManager[object]]]:
    """The embedded engine, and what to leave out of it while it is asked."""
    from search.engines.embedded import EmbeddedEngine

    from .ablation import ablations
    from .systems import of_engine

    return {name: (of_engine(EmbeddedEngine()), left_out) for name, left_out in ablations().items()}


def ask(asked: Sequence[Query], *, embedded_only: bool, ablation: bool) -> Rankings:
    from search.models import Entry

    keys = dict(Entry.objects.filter(is_listed=True).values_list("pk", "external_id"))
    rankings: Rankings = {}
    if ablation:
        for name, (system, left_out) in without_one_thing().items():
            with left_out:
                rankings[name] = {query.id: [keys[found] for found in system(query.text)] for query in asked}
        return rankings
    for name, system in systems(embedded_only=embedded_only).items():
        rankings[name] = {query.id: [keys[found] for found in system(query.text)] for query in asked}
    return rankings


def texts() -> dict[str, dict[str, str]]:
    """What somebody reads who judges: title, municipality, summary and the beginning of the text."""
    from search.models import Entry

    listed = Entry.objects.filter(is_listed=True).select_related("municipality", "text")
    return {
        one.external_id: {
            "title": one.title,
            "municipality": one.municipality.name if one.municipality else "",
            "summary": " ".join(one.summary.split()),
            "text": " ".join(one.text.body.split())[:700],
        }
        for one in listed
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.world", description=__doc__)
    parser.add_argument("world", choices=[FIELD, ALL])
    parser.add_argument("file", type=Path)
    parser.add_argument("--embedded-only", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    os.environ["DATA_DIR"] = str(Path(os.environ["RELEVANCE_FOLDER"]) / options.world)
    Path(os.environ["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
    os.environ.setdefault("ELASTICSEARCH_INDEX", f"samenwijzer-relevance-{options.world}")
    django.setup()
    fill(os.environ["ALGORITHM_REGISTER"], options.world)
    asked = [query for query in queries() if query.is_of_field == (options.world == FIELD)]
    answer: dict[str, Any] = {
        "rankings": ask(asked, embedded_only=options.embedded_only, ablation=options.ablation),
        "texts": texts(),
    }
    options.file.write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
