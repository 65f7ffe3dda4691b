"""Pasted text is read as its reader saw it: without the marks of mail, Markdown, Word and HTML."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contributions.text import paragraphs
from exchange.publishing.pasted import bare
from exchange.publishing.prefill import lines_of, prefill


@pytest.mark.parametrize(
    ("pasted", "seen"),
    [
        ("> Wij staan elke week.\n>> Met koffie.\n>\nEn nu?", "Wij staan elke week.\nMet koffie.\n\nEn nu?"),
        ("•\tbel\no\tsub\n§\tteken\n\uf0b7 symbool\n*   ster", "- bel\n- sub\n- teken\n- symbool\n- ster"),
        ("o   sub", "- sub"),
        ("(1) bel\n(b) zet", "1) bel\nb) zet"),
        (
            "Dit is **heel** _mooi_ en `vrij`, zie [hier](https://a.example/x).",
            "Dit is heel mooi en vrij, zie hier (https://a.example/x).",
        ),
        ("snake_case_naam, 2 * 3 * 4 en a*b", "snake_case_naam, 2 * 3 * 4 en a*b"),
        ("![foto](x.png)", ""),
        ("Koffiekar\n=====\nAanpak\n------\nTekst", "# Koffiekar\n# Aanpak\nTekst"),
        ("Een\n\n---\n\nTwee\n***", "Een\n\n\nTwee"),
        ("### Resultaat ###", "### Resultaat"),
        ("| Jaar | Aantal |\n|:---|---:|\n| 2025 | 60 |", "Jaar\tAantal\n2025\t60"),
        ("- [ ] taak\n- [x] klaar", "- ☐ taak\n- ☒ klaar"),
        ("Van: jij en mij", "Van: jij en mij"),
    ],
)
def test_what_is_seen(pasted: str, seen: str) -> None:
    assert bare(pasted) == seen


def test_the_head_of_a_mail_is_no_text_and_names_nobody() -> None:
    mail = (
        "Van: Aya Verzonnen <aya@waterhoven.example>\nVerzonden: maandag 2 maart 2026 09:12\nAan: Wijkteam\n"
        "Onderwerp: FW: RE: Koffiekar in de wijk\n\nWij staan elke week op het plein met koffie.\n"
    )
    found = prefill(lines_of(mail))
    assert found.title == "Koffiekar in de wijk"
    assert "Verzonnen" not in str(found)
    assert found.summary == "Wij staan elke week op het plein met koffie."


def test_html_as_a_browser_shows_it() -> None:
    html = "<h1>Koffiekar</h1>\n<p>Wij &amp;\nde buren</p><ul><li>bel</li><li>zet</li></ul><p>Een.<br>Twee.</p>"
    lines = [line.text for line in lines_of(html) if line.text]
    assert lines == ["Koffiekar", "Wij & de buren", "- bel", "- zet", "Een.", "Twee."]
    assert bare("a < b en c > d") == "a < b en c > d"


def test_roman_items_stay_apart() -> None:
    assert paragraphs("i. een ding\nii. nog een ding") == "<p>i. een ding</p><p>ii. nog een ding</p>"


@given(st.text(alphabet=st.sampled_from("a >*_`[]()|#-=<p/:\n\toVan"), max_size=300))
def test_any_text_gives_text_and_twice_is_once_for_its_words(text: str) -> None:
    assert set(bare(text)) <= {*text, " ", "\n", "\t", "-", "#", "☐", "☒", "(", ")"}


@pytest.mark.parametrize(
    "text",
    ["**" * 20_000, "[a](" * 10_000, "_a" * 20_000, "<p " * 20_000, "`" * 40_000, "> " * 20_000, "- " * 20_000],
)
def test_marks_without_end_take_no_time(text: str) -> None:
    begin = time.monotonic()
    bare(text)
    assert time.monotonic() - begin < 2
