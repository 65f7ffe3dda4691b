"""Whom a text names: whole names and addresses, in every form in which a column holds them."""

from __future__ import annotations

import html
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.clean_text import clean_line
from exchange.people.words import TAKEN_OUT, fragment_of, is_telling, orders_of, pattern_of, take_out


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("Jan", "In januari en Jansen", False),
        ("Jan", "Vraag Jan.", True),
        ("Jan", "vraag JAN!", True),
        ("An de Boer", "Jan de Boer belt", False),
        ("Jan de Boer", "Jan  de\nBoer", True),
        ("Jan de Boer", "<p>Jan&nbsp;de Boer</p>", True),
        ("Jan de Boer", "Jan de Boer-Verzonnen", False),
        ("Jan de Boer", "Jan de Boers fiets", False),
        ("Jan de Boer", "- Jan de Boer-", True),
        ("Boer, Jan", "Boer, Jan", True),
        ("an@waterhoven.example", "jan@waterhoven.example", False),
        ("jan@waterhoven.example", "els.jan@waterhoven.example", False),
        ("jan@waterhoven.example", "jan+2@waterhoven.example", False),
        ("jan@waterhoven.example", "jan@waterhoven.example.org", False),
        ("jan@waterhoven.example", "Mail <Jan@Waterhoven.example>.", True),
        ("jan@waterhoven.example", "mailto:jan@waterhoven.example", True),
        ("Zoë O'Hara", "ZOË O’HARA", True),
        ("Zoë O'Hara", "Zo&euml; O&#x27;Hara", True),
        ("نور حسن", json.dumps({"a": "نور حسن"}), True),
        ("Jan de Boer", "Bel _Jan de Boer_ of **Jan de Boer**", True),
        ("Jan de Boer", "documents/verslag_Jan_de_Boer.pdf", True),
        ("Jan de Boer", "/gemeenten/waterhoven/jan-de-boer/", True),
        ("Jan de Boer", "/gemeenten/waterhoven/marjan-de-boer/", False),
        ("Jan de Boer", "?q=Jan%20de+Boer", True),
        ("Jan de Boer", "<b>Jan</b> de <i class='x'>Boer</i>", True),
        ("Jan de Boer", "Jan < de Boer", False),
        ("José Núñez", "jose nunez", True),
        ("José Núñez", "/jose-nunez/", True),
        ("Zoë O'Hara", "Zoe O&apos;Hara", True),
        ("000 123", "000 123", True),
        ("000 123", "1000 1234", False),
    ],
)
def test_a_name_stands_in_a_text_as_a_whole(word: str, text: str, stands: bool) -> None:
    assert bool(pattern_of(word).search(text)) is stands


@pytest.mark.parametrize("word", ["Zoë Verzonnen-Bedacht", "Ünal Öz", "Đorđe Š.", "in 't Hof, Noor", "زهرا", "😀 Noor"])
@pytest.mark.parametrize(
    "kept",
    [
        str,
        json.dumps,
        lambda text: json.dumps({"stream": json.dumps([{"value": f"Bel\n{text}"}])}),
        html.escape,
        lambda text: json.dumps(html.escape(text)),
        lambda text: unicodedata.normalize("NFD", text),
        str.upper,
        lambda text: json.dumps(text.upper()),
    ],
)
def test_however_a_column_holds_it(word: str, kept: object) -> None:
    assert callable(kept)
    raw = kept(word)
    assert pattern_of(word).search(raw)
    assert fragment_of(word).lower() in raw.lower()


def test_marks_within_a_name_stay_when_it_goes() -> None:
    assert take_out("<p><b>Jan</b> de Boer</p>", ["Jan de Boer"]) == f"<p><b>{TAKEN_OUT}</b></p>"


def test_the_orders_in_which_a_name_is_written() -> None:
    assert orders_of("Jan", "de Boer") == ["Jan de Boer", "de Boer, Jan", "Boer, Jan de"]
    assert orders_of("An", "Li") == ["An Li", "Li, An"]
    assert orders_of("Jan", "") == ["Jan"]
    assert orders_of("", "de Boer") == ["de Boer"]
    assert orders_of(" ", "") == []


@pytest.mark.parametrize("word", ["de Boer", "van den Berg", "in ’t Veld", "In 't Veld", "De Boer"])
def test_a_surname_alone_stands_for_nobody_in_particular(word: str) -> None:
    assert not is_telling(word)
    assert is_telling(f"Jan {word}")
    assert is_telling(f"jan {word.lower()}")


def test_what_stands_for_one_person() -> None:
    assert [is_telling(word) for word in ("Jan", "Jan de Boer", "jan@x.example", "06 12345678", "12")] == [
        False, True, True, True, False,
    ]  # fmt: skip


@given(st.text(), st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=1), st.text())
def test_json_stays_json_and_the_word_goes(before: str, word: str, after: str) -> None:
    # What the database holds came in clean.
    name = f"{clean_line(word)} de Boer"
    raw = json.dumps({"text": f"{before} {name} {after}"})
    cleaned = json.loads(take_out(raw, [name]))["text"]
    assert TAKEN_OUT in cleaned
