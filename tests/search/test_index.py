"""The index in Elasticsearch: nothing is lost, nothing comes back, and nobody waits for a server that is away."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from elasticsearch import Elasticsearch
from pytest_django import Settings

from exchange.accounts.viewer import Viewer
from exchange.contributions.models import Contribution
from exchange.contributions.searchable import Audience
from exchange.sections.models import MunicipalityPage
from search import dutch, vocabulary
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.question import Question
from search.filters import stored_facets
from search.index import check, generations, rebuild
from search.index.connection import Breaker, UnavailableError, breaker
from search.index.mapping import entry_document
from search.index.push import Report, _note, _send, actions, batches, pending, push
from search.models import Entry, Generation
from search.request import parse
from search.results import Results
from tests.conftest import Committed, SectionOf
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

from .wire import State, Wire, wire_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(section_of: SectionOf, committed: Committed) -> list[Contribution]:
    """Nine contributions of three kinds and three visibilities, in two municipalities."""
    made: list[Contribution] = []
    with committed():
        for visibility in ("public", "members", "own"):
            contact = ContactFactory(
                parent=section_of("GM9901"), title=f"Coördinator {visibility}", visibility=visibility
            )
            made += [
                contact,
                InitiativeFactory(
                    parent=section_of("GM9901"), title=f"Inloop {visibility}", visibility=visibility, contact=contact,
                    themes=["inburgering"], phase="running",
                ),
                LessonFactory(
                    parent=section_of("GM9910"), title=f"Geleerd {visibility}", visibility=visibility, themes=["wmo"]
                ),
            ]  # fmt: skip
    return made


@pytest.fixture
def live(elasticsearch: Elasticsearch, shelf: list[Contribution]) -> Generation:
    """The shelf, in a live index."""
    return rebuild.rebuild(elasticsearch)


def run(*arguments: str, **options: bool) -> str:
    out = StringIO()
    call_command("search_index", *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def found(es: Elasticsearch, generation: Generation, page_id: int) -> dict[str, Any]:
    source: dict[str, Any] = es.get(index=generation.name, id=str(page_id))["_source"]
    return source


def has_word(es: Elasticsearch, generation: Generation, page_id: int, word: str) -> bool:
    stem = dutch.tokens(word)[0].stem
    query = {"bool": {"filter": [{"ids": {"values": [str(page_id)]}}, {"term": {"words.public": stem}}]}}
    return bool(es.count(index=generation.name, query=query)["count"])


def sent(es: Elasticsearch, generation: Generation, rows: list[Any]) -> Report:
    """Send rows as they were read, perhaps long ago."""
    report = Report()
    with ThreadPoolExecutor(max_workers=1) as sender:
        _note(generation, rows, sender.submit(_send, es, generation, actions(rows)), report)
    return report


def indices(es: Elasticsearch) -> set[str]:
    return set(es.indices.get(index="samenwijzer-test-*", expand_wildcards="all"))


def answer(client: Client | None = None, **parameters: str) -> dict[str, Any]:
    got: dict[str, Any] = (client or Client()).get("/api/v1/search", parameters).json()
    return got


# --- one document


def test_the_mapping_knows_every_field_and_every_facet() -> None:
    properties = entry_document()._doc_type.mapping.to_dict()["properties"]
    assert set(properties["words"]["properties"]) == set(Audience.values)
    assert set(properties["values"]["properties"]) == stored_facets()


def test_a_document_is_whole_so_that_nothing_of_an_older_version_stays(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution], committed: Committed
) -> None:
    page = shelf[1].specific
    assert found(elasticsearch, live, page.pk)["values"]["theme"]
    with committed():
        page.themes.clear()
        page.save_revision().publish()
    assert "theme" not in found(elasticsearch, live, page.pk)["values"]


# --- both engines agree


QUESTIONS = [
    "", "kind=initiative", "theme=inburgering&theme=wmo", "size=s", "kind=lesson&kind=contact&province=PV26",
    "phase=running", "inhabitants_max=50000", "municipality=GM9901", "q=inloop", "q=coordinator", "q=inloop+-geleerd",
    "q=de+het", "size=xl&q=inloop&sort=newest",
]  # fmt: skip
# Each reader, and how many of the nine that reader may see.
READERS = {
    "visitor": (Viewer(), 3),
    "member": (Viewer(municipalities=frozenset({"GM9910"})), 7),
    "member of the other": (Viewer(municipalities=frozenset({"GM9901"})), 8),
    "platform editor": (Viewer(is_platform_editor=True), 6),
    "administrator": (Viewer(is_administrator=True), 9),
}


@pytest.mark.parametrize("reader", READERS)
def test_both_engines_find_and_count_the_same_for_every_reader(live: Generation, reader: str) -> None:
    words = vocabulary.load()
    viewer, visible = READERS[reader]

    def ask(engine: ElasticEngine | EmbeddedEngine, query: str) -> Results:
        asked, _ = parse(QueryDict(query), words)
        return engine.answer(Question(asked, viewer, words))

    for query in QUESTIONS:
        one, other = ask(ElasticEngine(), query), ask(EmbeddedEngine(), query)
        assert {hit.id for hit in one.hits} == {hit.id for hit in other.hits}, query
        assert (one.count, one.facets) == (other.count, other.facets), query
    assert ask(ElasticEngine(), "").count == visible


def test_what_is_withdrawn_is_hidden_even_where_the_index_lags(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution]
) -> None:
    Entry.objects.filter(pk=shelf[1].pk).update(visibility="own")
    assert shelf[1].pk not in [hit["id"] for hit in answer(q="inloop")["results"]]


# --- keeping up


def test_what_is_published_is_found_at_once_and_what_is_withdrawn_is_not(
    elasticsearch: Elasticsearch, live: Generation, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Gloednieuw")
    elasticsearch.indices.refresh(index=live.name)
    assert answer(q="gloednieuw")["count"] == 1
    assert has_word(elasticsearch, live, page.pk, "gloednieuw")
    with committed():
        page.unpublish()
    elasticsearch.indices.refresh(index=live.name)
    assert answer(q="gloednieuw")["count"] == 0
    tombstone = found(elasticsearch, live, page.pk)
    assert (tombstone["is_listed"], tombstone["visibility"], tombstone["values"]) == (False, "", {})
    assert has_word(elasticsearch, live, page.pk, "gloednieuw") is False
    with committed():
        page.save_revision().publish()
    elasticsearch.indices.refresh(index=live.name)
    assert answer(q="gloednieuw")["count"] == 1
    assert "in line" in run("check")


def test_an_older_version_never_overwrites_a_newer_one(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution], committed: Committed
) -> None:
    [late] = next(batches(Entry.objects.filter(pk=shelf[1].pk)))
    with committed():
        shelf[1].specific.unpublish()
    report = sent(elasticsearch, live, [late])
    assert (report.done, report.refused) == (1, {})
    assert found(elasticsearch, live, late.page_id)["is_listed"] is False


def test_sending_twice_is_harmless(elasticsearch: Elasticsearch, live: Generation) -> None:
    entries = next(batches(Entry.objects.all()))
    for _ in range(2):
        assert sent(elasticsearch, live, entries).refused == {}
    assert not pending(live).exists()


def test_a_write_to_an_index_that_is_gone_makes_none(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution]
) -> None:
    live.pushed.all().delete()
    elasticsearch.indices.delete(index=live.name)
    report = push(elasticsearch, live)
    assert len(report.refused) == 9
    assert indices(elasticsearch) == set()
    assert generations.reconcile(elasticsearch) == []


def test_an_index_that_was_made_anew_is_filled_again(elasticsearch: Elasticsearch, live: Generation) -> None:
    elasticsearch.indices.delete(index=live.name)
    elasticsearch.indices.create(index=live.name, aliases={generations.alias(): {}, generations.write_alias(live): {}})
    run("push")
    assert answer()["count"] == 3
    assert len(indices(elasticsearch)) == 1
    assert "in line" in run("check")


def test_an_index_that_was_emptied_is_found_and_mended(elasticsearch: Elasticsearch, live: Generation) -> None:
    elasticsearch.delete_by_query(index=live.name, query={"match_all": {}}, refresh=True)
    with pytest.raises(CommandError, match="9 entries"):
        run("check")
    run("check", repair=True)
    assert "in line" in run("check")
    assert answer()["count"] == 3
    assert len(indices(elasticsearch)) == 1


def test_after_the_database_was_put_back_the_entries_are_right(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution]
) -> None:
    ahead, unknown = shelf[1].pk, 999_999
    source = found(elasticsearch, live, ahead)
    for page_id in (ahead, unknown):
        elasticsearch.index(index=live.name, id=str(page_id), document=source, version=500, version_type="external")
    with pytest.raises(CommandError, match=f"{ahead}, {unknown}"):
        run("check")
    run("check", repair=True)
    assert "in line" in run("check")
    assert Entry.objects.get(pk=ahead).version == 501
    assert found(elasticsearch, live, unknown)["is_listed"] is False


# --- a new generation


def test_what_is_written_during_a_rebuild_is_in_the_new_index(
    elasticsearch: Elasticsearch,
    live: Generation,
    waterhoven: MunicipalityPage,
    shelf: list[Contribution],
    committed: Committed,
) -> None:
    written: list[int] = []

    def write(sent: int) -> None:
        if written:
            return
        written.append(sent)
        with committed():
            InitiativeFactory(parent=waterhoven, title="Onderweg")
            shelf[1].specific.unpublish()

    new = rebuild.rebuild(elasticsearch, on_sent=write)
    elasticsearch.indices.refresh(index=new.name)
    assert answer(q="onderweg")["count"] == 1
    assert answer()["count"] == 3
    assert check.find_drift(elasticsearch, new).page_ids == []
    assert indices(elasticsearch) == {new.name}


def test_a_rebuild_that_fails_leaves_the_old_index_and_nothing_else(
    elasticsearch: Elasticsearch, live: Generation
) -> None:
    def fail(sent: int) -> None:
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError, match="power"):
        rebuild.rebuild(elasticsearch, on_sent=fail)
    assert indices(elasticsearch) == {live.name}
    assert answer()["count"] == 3


def test_an_entry_that_the_index_refuses_stops_the_rebuild_and_is_named(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution]
) -> None:
    Entry.objects.filter(pk=shelf[1].pk).update(values="unknown=1")
    with pytest.raises(CommandError, match=str(shelf[1].pk)):
        run("rebuild", index_only=True)
    assert indices(elasticsearch) == {live.name}


def test_what_a_crash_left_behind_is_removed_by_the_next_rebuild(
    elasticsearch: Elasticsearch, live: Generation
) -> None:
    crashed, stray = generations.create(elasticsearch), "samenwijzer-test-20200101000000-abcdef"
    elasticsearch.indices.create(index=stray)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    Generation.objects.filter(pk=crashed.pk).update(touched_at=long_ago)
    run("rebuild")
    assert indices(elasticsearch) == {Generation.objects.get().name}


def test_the_indices_of_another_exchange_on_the_server_are_left_alone(
    elasticsearch: Elasticsearch, live: Generation
) -> None:
    other = "samenwijzer-test-other-20200101000000-abcdef"
    elasticsearch.indices.create(index=other)
    run("rebuild", index_only=True)
    assert other in indices(elasticsearch)


def test_a_build_that_goes_on_elsewhere_is_left_alone(elasticsearch: Elasticsearch, live: Generation) -> None:
    other = generations.create(elasticsearch)
    new = rebuild.rebuild(elasticsearch)
    assert indices(elasticsearch) == {other.name, new.name}


def test_a_build_that_another_one_replaced_says_so(elasticsearch: Elasticsearch, live: Generation) -> None:
    generations.remove(elasticsearch, Generation.objects.get(pk=live.pk))
    with pytest.raises(UnavailableError, match="replaced"):
        push(elasticsearch, live)


def test_tombstones_go_once_every_index_has_them(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution], committed: Committed
) -> None:
    gone, closed = shelf[1], shelf[2].specific
    with committed():
        gone.delete()
        closed.unpublish()
    page_id = shelf[1].pk or 0
    run("rebuild", index_only=True)
    assert not Entry.objects.filter(pk=page_id).exists()
    # The page of the other one is still there: its version has to go on rising.
    assert not Entry.objects.get(pk=closed.pk).is_listed


def test_status_tells_of_every_index(elasticsearch: Elasticsearch, live: Generation) -> None:
    assert f"Index {live.name}: live, 0 to send." in run("status")


# --- while it is away


@pytest.fixture
def wire(elasticsearch: Elasticsearch, live: Generation, settings: Settings) -> Iterator[Wire]:
    """The server is reached over a wire that can be cut."""
    with wire_to(settings.ELASTICSEARCH_URL) as made:
        settings.ELASTICSEARCH_URL = made.address
        yield made


def test_cut_off_in_the_middle_of_searching_and_publishing_nothing_fails_and_nothing_is_lost(
    wire: Wire, waterhoven: MunicipalityPage, committed: Committed, elasticsearch: Elasticsearch
) -> None:
    client = Client()
    assert answer(client)["engine"] == "elasticsearch"
    wire.turn(State.CUT)
    for number in range(3):
        assert (answer(client)["engine"], answer(client)["degraded"]) == ("embedded", True)
        with committed():
            InitiativeFactory(parent=waterhoven, title=f"Tijdens storing {number}")
        assert answer(client, q="storing")["count"] == number + 1
    for address in ("/zoeken/?q=storing", "/", "/themas/sleutelpersonen/", "/zoeken/feed/?q=storing"):
        assert client.get(address).status_code == 200
    assert "tijdelijk eenvoudiger" in client.get("/zoeken/?q=storing").content.decode()
    wire.turn(State.WORKS)
    breaker.succeeded()
    assert "3 sent" in run("push")
    assert "in line" in run("check")
    assert (answer(client, q="storing")["count"], answer(client)["degraded"]) == (3, False)
    assert "tijdelijk eenvoudiger" not in client.get("/zoeken/?q=storing").content.decode()


def test_after_a_failure_nobody_tries_for_a_while(wire: Wire) -> None:
    wire.turn(State.CUT)
    answer()
    tried = wire.connections
    for _ in range(5):
        assert answer()["degraded"]
    assert wire.connections == tried


def test_a_silent_server_costs_one_reader_a_short_wait(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.elastic.SEARCH_TIMEOUT", 0.2)
    wire.turn(State.SILENT)
    started = time.monotonic()
    answers = [answer()["degraded"] for _ in range(5)]
    assert all(answers)
    # Not a measurement: without the breaker, or with the client's own 10 seconds, it could not come near.
    assert time.monotonic() - started < 10


def test_a_server_that_has_too_much_to_do_is_left_alone_and_catches_up(
    wire: Wire, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    assert answer()["engine"] == "elasticsearch"
    wire.turn(State.BUSY)
    with committed():
        InitiativeFactory(parent=waterhoven, title="Tijdens de drukte")
    assert (answer(q="drukte")["count"], answer()["engine"], answer()["degraded"]) == (1, "embedded", True)
    breaker.succeeded()
    with pytest.raises(CommandError, match="Nothing is lost"):
        run("push")
    wire.turn(State.WORKS)
    breaker.succeeded()
    assert "1 sent" in run("push")
    assert "in line" in run("check")


def test_the_commands_say_when_the_server_is_away(wire: Wire) -> None:
    wire.turn(State.CUT)
    for action in ("push", "rebuild", "check", "status"):
        with pytest.raises(CommandError, match="Nothing is lost"):
            run(action)


def test_a_worker_waits_for_the_server_and_catches_up(
    wire: Wire, waterhoven: MunicipalityPage, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(seconds: float) -> None:
        wire.turn(State.CUT)
        with committed():
            InitiativeFactory(parent=waterhoven, title="Terwijl hij weg is")

    def mend(seconds: float) -> None:
        wire.turn(State.WORKS)
        breaker.succeeded()

    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    steps = iter([cut, lambda seconds: None, mend, stop])
    monkeypatch.setattr("search.management.commands.search_index.time.sleep", lambda seconds: next(steps)(seconds))
    out = StringIO()
    with pytest.raises(KeyboardInterrupt):
        call_command("search_index", "push", follow=True, stdout=out, stderr=out)
    told = out.getvalue()
    assert told.index("in line") < told.index("Waiting for Elasticsearch") < told.index("1 sent")
    assert "in line" in run("check")


def test_a_full_server_is_answered_from_and_catches_up_later(
    elasticsearch: Elasticsearch, live: Generation, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    block = "index.blocks.read_only_allow_delete"
    with committed():
        withdrawn = InitiativeFactory(parent=waterhoven, title="Ingetrokken", themes=["wmo"])
    elasticsearch.indices.refresh(index=live.name)
    before = answer()
    assert before["engine"] == "elasticsearch"
    elasticsearch.indices.put_settings(index=live.name, settings={block: True})
    with committed():
        withdrawn.unpublish()
    # What nobody may read any more counts nowhere, and the answer says that it is given in another way.
    now = answer()
    assert (now["engine"], now["degraded"], now["count"]) == ("embedded", True, before["count"] - 1)
    assert "wmo" not in [one["value"] for one in answer(q="ingetrokken")["facets"]["theme"]]
    assert "was refused" in run("push")
    assert "Degraded since" in run("status")
    elasticsearch.indices.put_settings(index=live.name, settings={block: None})
    assert "1 sent" in run("push")
    assert "Degraded" not in run("status")
    assert "in line" in run("check")
    assert (answer()["engine"], answer()["degraded"]) == ("elasticsearch", False)


def test_an_entry_that_the_index_never_takes_does_not_stop_it_from_answering(
    elasticsearch: Elasticsearch, live: Generation, shelf: list[Contribution]
) -> None:
    Entry.objects.filter(pk=shelf[1].pk).update(values="unknown=1", version=99)
    assert "was refused" in run("push")
    assert answer()["engine"] == "elasticsearch"


def test_before_the_first_index_the_database_answers_and_a_push_makes_one(
    elasticsearch: Elasticsearch, shelf: list[Contribution]
) -> None:
    assert (answer()["engine"], answer()["count"]) == ("embedded", 3)
    assert "No index is live" in run("status")
    breaker.succeeded()
    run("push")
    assert (answer()["engine"], answer()["count"]) == ("elasticsearch", 3)


# --- the breaker


def test_the_breaker_opens_after_a_failure_and_closes_by_itself() -> None:
    now = 100.0
    one = Breaker(cool_down=10, clock=lambda: now)

    def is_open_at(time: float) -> bool:
        nonlocal now
        now = time
        return one.is_open

    assert not is_open_at(100)
    one.failed()
    assert is_open_at(109)
    assert not is_open_at(110)
    one.failed()
    one.succeeded()
    assert not is_open_at(110)
