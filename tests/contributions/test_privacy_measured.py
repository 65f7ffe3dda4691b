"""How much the privacy check sees and how often it asks for nothing, on texts written without knowing its rules.

The figures stand in docs/privacy.md. With ALGORITHM_REGISTER the register is looked through too.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exchange.contributions.privacy import check
from exchange.demo.content import DATA
from tests.contributions import privacy_texts as texts

RECALL, FALSE_ALARMS = 0.9, 1 / 15
# Fields of the demo that are meant to hold a name, a number or an address, or are no text.
_NO_TEXT = {
    "team_mailbox", "person_name", "phone", "mailbox", "general_mailbox", "general_phone", "code", "id", "external_id",
}  # fmt: skip


@pytest.mark.parametrize("batch", texts.BATCHES)
def test_it_asks_about_what_is_personal(batch: str) -> None:
    missed = texts.missed(batch)
    assert len(missed) <= (1 - RECALL) * len(texts.lines(f"{batch}_personal")), missed


@pytest.mark.parametrize("batch", texts.BATCHES)
def test_it_leaves_innocent_texts_alone(batch: str) -> None:
    alarms = texts.false_alarms(batch)
    assert len(alarms) <= FALSE_ALARMS * len(texts.lines(f"{batch}_innocent")), alarms


def _texts_of(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, str) and name not in _NO_TEXT:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts_of(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts_of(one, key)


def test_it_is_quiet_on_the_content_of_the_demo() -> None:
    all_texts = [text for path in DATA.rglob("*.toml") for text in _texts_of(tomllib.loads(path.read_text("utf-8")))]
    asked = [finding.found for text in all_texts for finding in check([("tekst", text)])]
    assert len(all_texts) > 1500
    # One text names an invented caller on purpose.
    assert len(asked) <= 1, asked


def test_it_is_quiet_on_the_algorithm_register() -> None:
    given = os.environ.get("ALGORITHM_REGISTER")
    if not given:
        pytest.skip("Set ALGORITHM_REGISTER to the file of the open algorithm register.")
    rows = [json.loads(line) for line in Path(given).read_text("utf-8").splitlines()]
    asked = [row["title"] for row in rows if check([("titel", row["title"]), ("tekst", row["text"])])]
    assert len(asked) <= 0.02 * len(rows), asked
