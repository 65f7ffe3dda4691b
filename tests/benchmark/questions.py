"""What a question costs: through the project, sent raw, and with Wagtail's own search over the same texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from exchange.accounts.viewer import VISITOR
from search import vocabulary
from search.engines.elastic import ElasticEngine
from search.engines.question import Question
from search.index.connection import client, is_configured
from search.index.generations import alias
from search.request import parse
from tests.search.noting import noted

from .alternative import WagtailSearch
from .times import Times, Work, measure, show

QUESTIONS = (
    "q=opvang",
    "q=vluchtelingenopvang",
    "q=opvang+vluchtelingen&size=s",
    "q=hoe+krijg+je+inwoners+met+schulden+aan+tafel",
    "q=traffic+lights",
    "q=mantelzrog",
    "q=schulden&theme=bijstand-en-armoede&size=xs&size=s",
    "size=m",
)
ELASTIC = "the API, Elasticsearch"
# Everything that the API asks of others: what is shown of hits comes from the database.
RAW_ALL = "its requests and statements raw"
RAW = "its requests raw"
NO_FACETS = "its requests raw, no facets"
BARE = "a bare multi_match"
WAGTAIL_ELASTIC = "Wagtail's search, Elasticsearch"
EMBEDDED = "the API, database"
SQL = "its statements raw"
WAGTAIL_DATABASE = "Wagtail's search, database"
WAGTAIL_AT_MOST = 10_000


def measure_questions(total: int, *, rounds: int) -> dict[str, Times]:
    """Ask every question in every way, in turn.

    Returns:
        The times of all questions together, by the way they were asked.
    """
    # On SQLite it takes seconds at 10,000, and longer than anybody waits beyond that.
    alternatives = [WagtailSearch(WAGTAIL_DATABASE, "database")] if total <= WAGTAIL_AT_MOST else []
    if is_configured():
        alternatives.append(WagtailSearch(WAGTAIL_ELASTIC, "elasticsearch8"))
    for one in alternatives:
        one.fill()
    together: defaultdict[str, Times] = defaultdict(lambda: Times(()))
    for query in QUESTIONS:
        works = _embedded(query)
        if is_configured():
            works = _elastic(query) | works
        for one in alternatives:
            works[one.name] = partial(one.ask, query)
        times = measure(works, rounds=rounds)
        show(f"{query}, {total:,} entries", times, next_to=(RAW_ALL, RAW))
        for name, taken in times.items():
            together[name] += taken
    return dict(together)


def measure_parts(*, rounds: int) -> dict[str, Times]:
    """What each part of a question to Elasticsearch costs: each line is what comes before it, and one thing more."""
    together: defaultdict[str, Times] = defaultdict(lambda: Times(()))
    visitor = Client()
    for query in QUESTIONS:
        works: dict[str, Work] = {
            "the vocabulary of the filters": vocabulary.load,
            "and reading the question": partial(_read, query),
            "and asking, rows, highlights": partial(_answer, query),
            "and the form of the answer: the whole API": partial(ask, visitor, query, ElasticEngine.name),
        }
        for name, taken in measure(works, rounds=rounds).items():
            together[name] += taken
    return dict(together)


def _read(query: str) -> Question:
    words = vocabulary.load()
    question = Question(parse(QueryDict(query), words)[0], VISITOR, words)
    if question.plan.is_impossible:
        raise RuntimeError(f"{query} finds nothing.")
    return question


def _answer(query: str) -> None:
    ElasticEngine().answer(_read(query))


def _elastic(query: str) -> dict[str, Work]:
    visitor = Client()
    with CaptureQueriesContext(connection) as queries:
        bodies = _bodies(visitor, query)
    statements = [one["sql"] for one in queries]
    facetless = [{key: body[key] for key in body if key != "aggs"} for body in bodies]
    return {
        ELASTIC: partial(ask, visitor, query, ElasticEngine.name),
        RAW_ALL: partial(_send, bodies, statements),
        RAW: partial(_send, bodies),
        NO_FACETS: partial(_send, facetless),
        BARE: partial(_send, [_bare(query)]),
    }


def _embedded(query: str) -> dict[str, Work]:
    def ours(visitor: Client) -> None:
        with override_settings(ELASTICSEARCH_URL=""):
            ask(visitor, query, "embedded")

    visitor = Client()
    with CaptureQueriesContext(connection) as queries:
        ours(visitor)
    return {EMBEDDED: partial(ours, visitor), SQL: partial(_execute, [one["sql"] for one in queries])}


def ask(visitor: Client, query: str, engine: str) -> None:
    """Ask the API, with all facets and highlights.

    Raises:
        RuntimeError: it did not answer, or another engine did.
    """
    answer = visitor.get(f"/api/v1/search?{query}")
    # Reading the whole answer is the reader's work, not what is measured.
    if answer.status_code != 200 or f'"engine":"{engine}"'.encode() not in answer.content:
        raise RuntimeError(f"{query}: {answer.status_code} {answer.content[:200]!r}")


def _bodies(visitor: Client, query: str) -> list[dict[str, Any]]:
    """The requests that a question sends to Elasticsearch, as they go over the wire."""
    with noted() as sent:
        ask(visitor, query, ElasticEngine.name)
    return sent


def _bare(query: str) -> dict[str, Any]:
    """What somebody would send who only wants words looked up."""
    text = QueryDict(query).get("q") or ""
    looked_up = {"multi_match": {"query": text, "fields": ["words.public", "phrases"]}} if text else {"match_all": {}}
    return {"query": looked_up, "size": 20, "_source": False}


def _send(bodies: Sequence[Mapping[str, Any]], statements: Sequence[str] = ()) -> None:
    for body in bodies:
        client(timeout=30).search(index=alias(), **{"from_" if key == "from" else key: body[key] for key in body})
    _execute(statements)


def _execute(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            cursor.fetchall()
