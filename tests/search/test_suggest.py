"""What is proposed: while typing, after a mistake, on top of a question, and as like a page."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.accounts.viewer import VISITOR, Viewer
from exchange.sections.models import MunicipalityPage
from search import known_words, log
from search.known_words import DatabaseKnownWords
from search.models import KnownWord, PinnedResult, SearchedQuestion
from search.suggest import suggest
from tests.conftest import Committed
from tests.factories import InitiativeFactory


def suggested(typed: str, client: Client | None = None) -> list[tuple[str, str]]:
    answer = (client or Client()).get("/api/v1/suggest", {"q": typed})
    assert answer.status_code == 200
    return [(one["kind"], one["text"]) for one in answer.json()]


@pytest.fixture
def made(waterhoven: MunicipalityPage, committed: Committed) -> dict[str, Any]:
    """A contribution of each visibility, with a word of its own."""
    with committed():
        pages = {
            visibility: InitiativeFactory(
                parent=waterhoven, title=f"Proef met {word}", visibility=visibility, summary=f"Over {word}."
            )
            for visibility, word in (("public", "zonneboilers"), ("members", "waterturbines"), ("own", "windvangers"))
        }
    known_words.count()
    return pages


WORDS = {"public": "zonneboilers", "members": "waterturbines", "own": "windvangers"}
MISTYPED = {"public": "zonneboilres", "members": "waterturbinse", "own": "windvangesr"}
READERS = {
    "visitor": (None, {"public"}),
    "member elsewhere": (("member", "GM9910"), {"public", "members"}),
    "member here": (("member", "GM9901"), {"public", "members", "own"}),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("visibility", WORDS)
def test_nothing_proposed_betrays_what_somebody_may_not_read(
    made: dict[str, Any], signed_in: Callable[..., Client], reader: str, visibility: str
) -> None:
    account, may_read = READERS[reader]
    client = signed_in(*account) if account else Client()
    word, sees = WORDS[visibility], visibility in may_read
    assert bool(suggested(word[:6], client)) == sees
    answer = client.get("/api/v1/search", {"q": MISTYPED[visibility]}).json()
    # What only the own municipality reads is never known as a word, so never proposed.
    assert (answer["did_you_mean"] == word) == (sees and visibility != "own")
    similar = client.get(made["public"].url).content.decode()
    if visibility != "public":
        assert (f"Proef met {word}" in similar) == sees
    assert client.get("/api/v1/search", {"q": word}).json()["count"] == int(sees)


def test_themes_titles_and_municipalities_are_suggested_by_the_beginning_of_any_word(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop in Wáterstad")
    assert ("title", "Inloop in Wáterstad") in suggested("waters")
    assert ("municipality", "Waterhoven") in suggested("water")
    assert ("theme", "Asielopvang") in suggested("azc")
    assert suggested("w") == suggested("") == suggested("   ") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_suggesting_answers(db: None, typed: str) -> None:
    suggest(typed, VISITOR)


@pytest.mark.parametrize("word", ["raam", "fite", "1234567", "wmo"])
def test_short_words_and_numbers_have_no_mistakes(made: dict[str, Any], word: str) -> None:
    assert list(DatabaseKnownWords(VISITOR).corrections(word)) == []


def test_a_word_that_nobody_has_any_more_is_forgotten(made: dict[str, Any], committed: Committed) -> None:
    assert "zonneboilers" in DatabaseKnownWords(VISITOR).corrections("zonneboilres")
    with committed():
        made["public"].unpublish()
    assert "zonneboilers" not in DatabaseKnownWords(VISITOR).corrections("zonneboilres")
    known_words.count()
    assert not KnownWord.objects.filter(written="zonneboilers").exists()


def test_what_members_read_is_known_to_members(made: dict[str, Any]) -> None:
    member = Viewer(municipalities=frozenset({"GM9910"}))
    assert "waterturbines" in DatabaseKnownWords(member).corrections("waterturbinse")
    assert "waterturbines" not in DatabaseKnownWords(VISITOR).corrections("waterturbinse")


def test_a_pinned_result_stands_on_top_for_its_question_in_any_inflection(made: dict[str, Any]) -> None:
    PinnedResult.objects.create(question="energie besparen", page=made["public"])
    PinnedResult.objects.create(question="energie besparen", page=made["members"])
    page = Client().get("/zoeken/", {"q": "Energie bespaar"}).content.decode()
    assert "Aanrader van de redactie" in page
    assert "zonneboilers" in page
    assert "waterturbines" not in page
    assert "Aanrader" not in Client().get("/zoeken/", {"q": "energie"}).content.decode()


def test_questions_are_counted_by_week_without_a_trace_of_who_asked(made: dict[str, Any]) -> None:
    for question in ("Zonneboilers", "zonneboilers ", "vliegende fiets"):
        Client().get("/zoeken/", {"q": question})
    counted = {one.question: (one.times, one.hits, one.found_nothing) for one in SearchedQuestion.objects.all()}
    assert counted == {"zonneboilers": (2, 1, False), "vliegende fiets": (1, 0, True)}
    fields = {field.name for field in SearchedQuestion._meta.get_fields()}
    assert fields == {"id", "week", "question", "times", "hits", "found_nothing", "only_near"}
    assert {one.week.weekday() for one in SearchedQuestion.objects.all()} == {0}


@pytest.mark.parametrize(
    "question", ["noor@waterhoven.example", "bel 06 12 34 56 78", "123456789", "Jansen 12-03-1984", "x" * 101, ""]
)
def test_a_question_that_may_name_somebody_is_not_kept(db: None, question: str) -> None:
    log.note(question, 3)
    assert not SearchedQuestion.objects.exists()


def test_questions_are_forgotten_after_two_years(db: None) -> None:
    log.note("inloop", 1)
    SearchedQuestion.objects.update(week=timezone.localdate() - log.KEPT - datetime.timedelta(days=1))
    assert log.forget_old() == 1


def test_platform_editors_see_the_questions_and_export_them(signed_in: Callable[..., Client]) -> None:
    log.note("vliegende fiets", 0)
    client = signed_in("platform_editor")
    page = client.get("/beheer/searchedquestion/", {"found_nothing": "true"})
    assert "vliegende fiets" in page.content.decode()
    exported = client.get("/beheer/searchedquestion/", {"export": "csv"})
    assert b"vliegende fiets" in exported.getvalue()
    assert signed_in("author", "GM9901").get("/beheer/searchedquestion/").status_code == 403
