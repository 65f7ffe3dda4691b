"""A file of text is read in the encoding it was saved in, or refused: never with other letters than were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.tables.encodings import BROKEN, NotTextError, UnknownEncodingError, decode

DUTCH = [
    "title;text\nCoördinator;Eén keer per week\n",
    "title;text\nBuurtbus één in coördinatie;We rijden.\n",
    "title\nReünie ’s avonds, “samen” – voor € 5\n",
    "title\nCafé zonder drempel\n",
    "title\nDe ruïne van België: 20 m² groen, naïef en geïnteresseerd\n",
    "titel\nHernández en Müller, één loket\n",
]


@pytest.mark.parametrize("text", DUTCH)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_dutch_text_is_read_as_it_was_saved(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", DUTCH)
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_text_of_a_mac_or_of_dos_is_read_right_or_refused(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    assert decode(data).text == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "koi8-r", "iso8859-7", "cp1254", "shift-jis"])
def test_what_excel_in_dutch_does_not_write_is_refused(encoding: str) -> None:
    words = {"cp1250": "Čeština żółć řeka", "cp1254": "İstanbul şehri ağaç", "shift-jis": "日本語の表題"}
    text = words.get(encoding, "Γειά σου κόσμε" if encoding == "iso8859-7" else "Привет, мир, как дела")
    with pytest.raises(UnknownEncodingError):
        decode(f"title;text\n{text};{text}\n".encode(encoding))


def test_one_broken_byte_spoils_no_other_letter() -> None:
    found = decode("Buurtbus één in coördinatie\nAfgekapt ".encode() + b"\xe2\x80\n")
    assert found.text.startswith("Buurtbus één in coördinatie\n")
    assert len(BROKEN.findall(found.text)) == 1


def test_a_broken_byte_in_plain_text_is_refused_not_guessed() -> None:
    with pytest.raises(UnknownEncodingError):
        decode(b"title;text\nBuurtbus;Afgekapt \xe2\x80\n")


def test_bytes_that_are_no_text_are_refused() -> None:
    for data in (b"PK\x03\x04\x00\x00", b"\x00" * 10, bytes(range(256)) * 4):
        with pytest.raises((NotTextError, UnknownEncodingError)):
            decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        decode(data)
    except (NotTextError, UnknownEncodingError):
        return


@given(st.text(max_size=200).filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    if b"\x00" not in data:
        assert decode(data).text == data.decode()
