"""Vectors of entries: made in batches, again where a worker was killed; never of another text or model."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max
from pytest_django import Settings

from exchange.accounts.viewer import VISITOR
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from search.meaning import choosing, making, matrix
from search.meaning.encoder import Encoder, EncoderError, Floats
from search.meaning.nearest import live, nearest_to
from search.meaning.themes import nearest_themes
from search.models import Encoding, Entry, Vector
from search.projection import mark_dirty, project
from tests.conftest import Committed
from tests.factories import InitiativeFactory

from .encoders import EncoderServer

Placed = Callable[..., InitiativePage]


@pytest.fixture
def placed(waterhoven: MunicipalityPage, committed: Committed) -> Placed:
    """Places an initiative with this title."""

    def place(title: str, summary: str = "Kort.", visibility: str = "public") -> InitiativePage:
        with committed():
            page: InitiativePage = InitiativeFactory(
                parent=waterhoven, title=title, summary=summary, visibility=visibility
            )
        return page

    return place


def titles_near(text: str) -> list[str]:
    encoding = live()
    assert encoding is not None
    near = nearest_to(text, Entry.objects.visible_to(VISITOR), encoding, 3)
    titles = dict(Entry.objects.values_list("pk", "title"))
    return [titles[one.page_id] for one in near]


def command(action: str, **options: bool) -> str:
    out = StringIO()
    call_command("search_index", action, stdout=out, **options)
    return out.getvalue()


def test_what_is_placed_gets_a_vector_of_title_and_summary_alone(encoder: EncoderServer, placed: Placed) -> None:
    placed("Buurtauto", "Vrijwilligers rijden.")
    placed("Moestuin")
    assert making.make() == 2
    assert encoder.texts()[:2] == ["Buurtauto. Vrijwilligers rijden.", "Moestuin. Kort."]
    assert titles_near("chauffeur zonder rijbewijs") == ["Buurtauto", "Moestuin"]
    # Nothing is made twice.
    assert making.make() == 0


def test_nothing_is_made_where_meaning_is_off(encoder: EncoderServer, placed: Placed, settings: Settings) -> None:
    settings.MEANING = False
    placed("Buurtauto")
    assert making.make() == 0
    assert live() is None
    assert not encoder.asked
    assert "words alone" in command("status")


def test_a_text_that_changes_loses_its_vector_at_once(
    encoder: EncoderServer, placed: Placed, committed: Committed
) -> None:
    page = placed("Buurtauto")
    placed("Moestuin")
    making.make()
    assert titles_near("auto")[0] == "Buurtauto"
    with committed():
        page.title = "Samen zingen in het koor"
        page.save_revision().publish()
    # Before anybody made another one: neither the old nor the new.
    assert titles_near("auto") == ["Moestuin"]
    making.make()
    assert titles_near("piano")[0] == "Samen zingen in het koor"


def test_what_changes_elsewhere_in_a_text_keeps_its_vector(encoder: EncoderServer, placed: Placed) -> None:
    page = placed("Buurtauto")
    making.make()
    before = Vector.objects.get().pk
    Entry.objects.update(digest="")
    mark_dirty([page.pk])
    project([page.pk])
    assert Vector.objects.get().pk == before


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_what_is_withdrawn_has_no_vector(
    encoder: EncoderServer, placed: Placed, committed: Committed, way: str
) -> None:
    page = placed("Buurtauto")
    making.make()
    with committed():
        getattr(page, way)()
    assert not Vector.objects.exists()
    assert titles_near("auto") == []


def test_who_was_killed_halfway_goes_on_where_it_was(
    encoder: EncoderServer, placed: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 2)
    for number in range(5):
        placed(f"Moestuin nummer {number}")
    encoder.dies_after = 1
    with pytest.raises(EncoderError):
        making.make()
    assert Vector.objects.count() == 2
    # Until everything has one nobody asks them.
    assert live() is None
    assert "building, 3 entries lack one" in command("status")
    encoder.dies_after = None
    choosing.forget()
    assert making.make() == 3
    assert [text for text in encoder.texts() if text.endswith("Kort.")].count("Moestuin nummer 0. Kort.") == 1
    assert "live, 0 entries lack one" in command("status")


def test_a_text_that_changes_while_its_vector_is_made_gets_none_of_the_old_text(
    encoder: EncoderServer, placed: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = placed("Buurtauto")
    vectors = making._vectors

    def and_meanwhile(encoder: Encoder, texts: Sequence[str]) -> list[Floats | None]:
        made = vectors(encoder, texts)
        Entry.objects.filter(pk=page.pk).update(title="Koor")
        return made

    with monkeypatch.context() as patch:
        patch.setattr(making, "_vectors", and_meanwhile)
        making.make_some()
    assert not Vector.objects.exists()
    making.make()
    assert titles_near("piano") == ["Koor"]


def test_a_text_that_the_encoder_refuses_does_not_hold_up_the_others(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    placed("Onuitsprekelijk")
    placed("Buurtauto")
    encoder.refuses = "Onuitsprekelijk"
    assert making.make() == 3
    assert titles_near("auto") == ["Buurtauto", "Moestuin"]
    assert "0 entries lack" in command("status")


def test_a_vector_of_another_length_is_not_stored(
    encoder: EncoderServer, placed: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    placed("Moestuin")
    making.make()
    placed("Buurtauto")
    encoder.dimensions = 12
    with pytest.raises(EncoderError, match="another model"):
        making.make()
    assert Vector.objects.count() == 1


def test_a_server_that_has_another_model_suddenly_is_not_believed(
    encoder: EncoderServer, placed: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    placed("Moestuin")
    making.make()
    encoder.model = "another"
    assert titles_near("groente") == []
    assert titles_near("planten") == []
    assert [record.levelname for record in caplog.records].count("WARNING") == 1
    placed("Buurtauto")
    choosing.forget()
    with pytest.raises(EncoderError, match="EMBEDDINGS_MODEL"):
        making.make()


def test_another_model_is_asked_when_it_lacks_nothing_and_the_one_before_until_then(
    encoder: EncoderServer, placed: Placed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 1)
    placed("Moestuin")
    placed("Buurtauto")
    making.make()
    settings.EMBEDDINGS_MODEL = "newer"
    making.make_some()
    assert sorted(Encoding.objects.values_list("name", "state")) == [("fake", "live"), ("newer", "building")]
    # One of two has a vector by the new model: the question goes to the one that knows both.
    assert titles_near("groente") == ["Moestuin", "Buurtauto"]
    assert encoder.asked[-1]["model"] == "fake"
    # What is new is found by meaning meanwhile.
    placed("Koor")
    making.make_some()
    assert titles_near("piano")[0] == "Koor"
    making.make()
    assert Encoding.objects.get().name == "newer"
    assert Vector.objects.count() == 3
    assert titles_near("soep en groente")[0] == "Moestuin"
    assert encoder.asked[-1]["model"] == "newer"


def test_going_back_to_a_model_before_another_was_done_forgets_the_other(
    encoder: EncoderServer, placed: Placed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 1)
    placed("Moestuin")
    placed("Buurtauto")
    making.make()
    settings.EMBEDDINGS_MODEL = "newer"
    making.make_some()
    settings.EMBEDDINGS_MODEL = "fake"
    making.make()
    assert Encoding.objects.get().name == "fake"


def test_a_process_reads_only_what_it_does_not_have(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    making.make()
    encoding = Encoding.objects.get()
    known = matrix.matrix_of(encoding)
    assert (len(known), known._newest) == (1, Vector.objects.aggregate(Max("pk"))["pk__max"])
    placed("Buurtauto")
    making.make()
    assert matrix.matrix_of(encoding) is known
    assert len(known) == 2


def test_the_nearest_come_in_order_however_many_are_hidden(
    encoder: EncoderServer, placed: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.meaning.nearest.FIRST", 3)
    for number in range(7):
        placed(f"Moestuin {number}", visibility="own")
    placed("Groente")
    placed("Soep van groente")
    placed("Koor")
    making.make()
    assert titles_near("groente") == ["Groente", "Soep van groente", "Koor"]


def test_the_encoder_that_fails_is_said_once_and_left_alone_for_a_while(
    encoder: EncoderServer, placed: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    placed("Moestuin")
    making.make()
    encoder.status = 500
    asked = len(encoder.asked)
    with caplog.at_level(logging.INFO):
        for number in range(5):
            assert titles_near(f"groente {number}") == []
        assert len(encoder.asked) == asked + 1
        choosing.questions._breaker.succeeded()
        titles_near("groente")
        assert [record.message for record in caplog.records if "words alone" in record.message] == [
            f"The encoder at {encoder.address}/v1/embeddings answers 500. Search goes on with words alone."
        ]
        choosing.questions._breaker.succeeded()
        encoder.status = 200
        assert titles_near("groente") == ["Moestuin"]
        assert "answers again" in caplog.records[-1].message


def test_what_people_ask_again_is_not_asked_of_the_encoder_again(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    making.make()
    titles_near("groente")
    asked = len(encoder.asked)
    titles_near("groente")
    titles_near(" groente  ")
    assert len(encoder.asked) == asked


def test_the_worker_makes_vectors_and_says_what_lacks(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    assert "1 entries lack a vector of fake" in command("check")
    assert "1 vectors made" in command("push")
    assert "No entries lack a vector of fake" in command("check")
    Vector.objects.all().delete()
    assert "No entries lack a vector of fake" in command("check", repair=True)
    Vector.objects.all().delete()
    assert "1 vectors made by fake" in command("vectors")
    Vector.objects.all().delete()
    assert "1 vectors made by fake" in command("rebuild")


def test_a_vector_that_should_be_gone_hides_none_that_lacks(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    page = placed("Buurtauto")
    making.make()
    # A tombstone whose vector was left, and an entry that lost its own.
    Entry.objects.filter(pk=page.pk).update(is_listed=False)
    Vector.objects.exclude(entry=page.pk).delete()
    assert "1 entries lack" in command("status")
    assert making.make() == 1
    assert Vector.objects.exclude(entry=page.pk).count() == Vector.objects.count() == 1


def test_a_command_says_that_the_encoder_is_away(encoder: EncoderServer, placed: Placed) -> None:
    placed("Moestuin")
    encoder.status = 500
    with pytest.raises(CommandError, match="What was made stays"):
        command("vectors")


def test_the_nearest_themes_to_a_text_are_told(encoder: EncoderServer, db: None) -> None:
    Theme.objects.create(name="Vervoer in het dorp", slug="dorpsvervoer", synonyms="rijbewijs\nchauffeur")
    assert [one.slug for one in nearest_themes("wie heeft een auto", 1)] == ["dorpsvervoer"]
    assert len(nearest_themes("wie heeft een auto", 5)) == 5
    asked = len(encoder.asked)
    nearest_themes("wie kan koken", 1)
    # The themes themselves are asked once.
    assert len(encoder.asked) == asked + 1
    encoder.status = 500
    assert nearest_themes("soep", 1) == []
