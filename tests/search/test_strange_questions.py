"""No question, however strange, fails, and what was typed reaches Elasticsearch as data only."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exchange.sections.models import MunicipalityPage
from search.filters import facets
from search.request import MAX_QUERY
from tests.conftest import Committed
from tests.factories import InitiativeFactory

from .noting import noted

# What means something to a query language, to JSON, to SQL, to HTML or to a regular expression.
SPECIAL = st.sampled_from([
    "*", "?", "~2", "^4", "AND", "OR", "NOT", "title:", "_exists_:owner", "visibility:own", "[a TO z]", "/.*/", "(",
    ")", "{", "}", '"', "\\", "-", "--", "';", "' OR 1=1 --", "%", "_", "<script>", "<mark>", "</mark>", "&amp;",
    "\x00", "\n", '{"match_all": {}}', '"}}, {"match_all": {}}', "${7*7}", "{{ 7 }}", "\u202e", "\ufeff", "e\u0301",
    "ﬁ", "İ", "ß", "\U0001f3e0", "opvang", "vluchtelingenopvang", "de", "het", "wmo", "a" * 300, "opvang-opvang-" * 30,
])  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(SPECIAL, st.text(max_size=12)), max_size=12).map(" ".join),
    st.text(min_size=MAX_QUERY - 1, max_size=MAX_QUERY + 1),
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def shelf(waterhoven: MunicipalityPage, committed: Committed, build: Callable[[], None]) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Opvang <b>&amp; begeleiding</b>", themes=["wmo"], phase="running")
        InitiativeFactory(parent=waterhoven, title="Vluchtelingenopvang", visibility="own")
    build()


@MANY
@example(typed='"')
@example(typed="-")
@example(typed="opvang -opvang")
@given(typed=TYPED)
def test_whatever_is_typed_both_pages_answer(shelf: None, engine_name: str, typed: str) -> None:
    answer = Client().get("/api/v1/search", {"q": typed})
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        # Elasticsearch did not refuse it either: then the database would have answered.
        assert (answer.json()["engine"], answer.json()["degraded"]) == (engine_name, False)
        assert all("own" not in str(result) for result in answer.json()["results"])
    page = Client().get("/zoeken/", {"q": typed})
    assert page.status_code == 200
    # Of what is typed nothing becomes markup.
    assert b"<script>" not in page.content.replace(b"<script src", b"")
    assert page.content.count(b"<mark>") == page.content.count(b"</mark>")


@MANY
@given(parameters=st.dictionaries(
    st.one_of(st.sampled_from(["q", "sort", "page", "page_size", "like", "inhabitants_min", "inhabitants_max",
                               *(one.name for one in facets())]), st.text(max_size=8)),
    st.one_of(st.text(max_size=12), st.integers().map(str), SPECIAL), max_size=5,
))  # fmt: skip
def test_whatever_the_address_holds_both_pages_answer(shelf: None, parameters: dict[str, str]) -> None:
    assert Client().get("/api/v1/search", parameters).status_code in {200, 400, 404}
    assert Client().get("/zoeken/", parameters).status_code == 200


# The names of our own requests: whatever is typed, these stay the only ones, and each value is a word, not a query.
OURS = {
    "query", "boosting", "positive", "negative", "negative_boost", "range", "due_on", "gte", "lte", "filters",
    "fresh", "due", "overdue",
    "function_score", "functions", "score_mode", "weight", "field_value_factor", "field", "factor", "missing",
    "filter", "bool", "must", "must_not", "should", "minimum_should_match", "term", "terms", "value", "boost",
    "dis_max", "queries", "constant_score", "_name", "match_phrase", "match_none", "match_all", "phrases", "is_listed",
    "visibility", "page_id", "words.public", "post_filter", "sort", "order", "published_at", "confirmed_at", "aggs",
    "values", "full", "untouched", "min_score", "size", "from", "track_total_hits", "track_scores", "_source",
    *(one.name for one in facets()), *(f"values.{one.name}" for one in facets()),
}  # fmt: skip


def _bool_of(query: dict[str, Any]) -> dict[str, Any]:
    """What decides which entries are found: inside the ranking, where there are words to rank by."""
    ranked: dict[str, Any] = query["boosting"]["positive"]["function_score"]["query"] if "boosting" in query else query
    return ranked


def _names(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set(part) | {name for value in part.values() for name in _names(value)}
    return {name for one in part for name in _names(one)} if isinstance(part, list) else set()


@MANY
@given(typed=TYPED)
@pytest.mark.parametrize("engine_name", ["elasticsearch"], indirect=True)
def test_what_is_typed_reaches_elasticsearch_as_data(shelf: None, typed: str) -> None:
    with noted() as sent:
        Client().get("/api/v1/search", {"q": typed})
    for body in sent:
        assert _names(body) <= OURS
        # Nothing that reads a little language of its own.
        assert not {"query_string", "simple_query_string", "regexp", "wildcard", "script"} & _names(body)
        assert "own" not in json.dumps(_bool_of(body["query"])["bool"]["filter"][:2])
