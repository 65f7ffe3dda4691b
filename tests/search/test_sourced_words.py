"""The checked list of other words: where each is from, which way it leads, and whose word counts."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from exchange.themes.loader import DATA as THEMES
from exchange.themes.models import Theme
from search import dutch, vocabulary, word_groups
from search.lexicon import Lexicon, build, stems_of
from search.models import WordGroup
from search.rarity import in_dutch
from search.word_groups import DATA, Source

# From this on a word is so usual that looking for others beside it would change questions that do not mean it.
TELLING = 0.6
with (DATA / "sourced_words.tsv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t"))
with (THEMES / "themes.tsv").open(encoding="utf-8", newline="") as _file:
    THEME_SLUGS = {row["slug"] for row in csv.DictReader(_file, delimiter="\t")}


def of(*groups: WordGroup) -> Lexicon:
    return word_groups.lexicon_of(groups)


def leads(lexicon: Lexicon, word: str, other: str) -> bool:
    return stems_of(other) in lexicon.leads.get(stems_of(word), {})


# --- the list itself


def test_every_rule_says_which_way_it_leads_where_it_is_from_and_of_which_field_it_is() -> None:
    assert len(ROWS) > 500
    for row in ROWS:
        assert row["direction"] in ("both", "one"), row
        assert row["kind"] in ("synonym", "abbreviation"), row
        assert row["source"] in set(Source.values) - {Source.EDITOR}, row
        assert row["theme"] in THEME_SLUGS, row
        words = [row["word"], *row["other"].split(";")]
        assert all(words), row
        assert [word.strip() for word in words] == words, row


def test_no_rule_stands_there_twice_or_says_nothing() -> None:
    keys = Counter(group.key for group in word_groups.sourced())
    assert {key for key, times in keys.items() if times > 1} == set()
    for row in ROWS:
        for other in row["other"].split(";"):
            assert stems_of(other) not in ((), stems_of(row["word"])), row


def test_no_rule_widens_a_stop_word_a_word_of_asking_or_a_word_that_everybody_uses() -> None:
    empty = dutch.stop_words() | dutch.question_words()
    for row in ROWS:
        words = [row["word"], *(row["other"].split(";") if row["direction"] == "both" else ())]
        for word in words:
            stems = stems_of(word)
            assert stems, row
            assert word.casefold() not in empty, row
            assert len(stems) > 1 or in_dutch(stems[0]) >= TELLING, row


def test_no_rule_widens_a_place(db: None) -> None:
    places = vocabulary.load().gazetteer
    for row in ROWS:
        for word in [row["word"], *row["other"].split(";")]:
            assert not places.find(tuple(dutch.folded_words(word))), row


def test_the_list_says_what_people_call_it_and_not_the_other_way_round() -> None:
    lexicon = of(*word_groups.sourced())
    assert leads(lexicon, "spijbelen", "schoolverzuim")
    assert not leads(lexicon, "schoolverzuim", "spijbelen")
    assert leads(lexicon, "poetshulp", "huishoudelijke hulp")
    assert leads(lexicon, "milieustraat", "afvalbrengstation")
    assert leads(lexicon, "afvalbrengstation", "milieustraat")
    assert leads(lexicon, "Wpg", "politiegegevens")
    assert leads(lexicon, "politiegegevens", "Wpg")


# --- in the exchange


def test_what_the_files_say_is_there_with_its_source_and_theme(db: None) -> None:
    group = WordGroup.objects.get(key="sourced:one:spijbelen")
    assert (group.source, group.theme) == ("upl", "onderwijs-en-kansengelijkheid") or group.source in Source.values
    assert Theme.objects.filter(slug=group.theme).exists()
    assert not WordGroup.objects.exclude(key="").filter(source=Source.EDITOR).exists()
    assert word_groups.load() == 0


def test_what_an_editor_throws_away_does_not_come_back(db: None) -> None:
    WordGroup.objects.get(key="sourced:both:lintje").delete()
    assert word_groups.load() == 0
    assert not leads(word_groups.lexicon(), "lintje", "koninklijke onderscheiding")


def test_a_word_that_an_editor_adds_counts_from_the_next_question_on(db: None) -> None:
    assert not leads(word_groups.lexicon(), "kattenluik", "huisdier")
    group = WordGroup.objects.create(words="kattenluik", leads_to="huisdier")
    assert group.source == Source.EDITOR
    assert leads(word_groups.lexicon(), "kattenluik", "huisdier")
    assert not leads(word_groups.lexicon(), "huisdier", "kattenluik")


@pytest.mark.parametrize("own", [True, False])
def test_an_editors_own_direction_wins_from_the_files(own: bool) -> None:
    listed = WordGroup(words="milieustraat\nafvalbrengstation\nmilieupark", source=Source.UPL)
    editors = WordGroup(words="milieustraat", leads_to="afvalbrengstation")
    lexicon = of(listed, *([editors] if own else []))
    assert leads(lexicon, "milieustraat", "afvalbrengstation")
    assert leads(lexicon, "afvalbrengstation", "milieustraat") is not own
    # What the editor says nothing of stays.
    assert leads(lexicon, "afvalbrengstation", "milieupark")
    assert leads(lexicon, "milieupark", "milieustraat")
    assert leads(lexicon, "milieustraat", "milieupark")


def test_an_editor_who_says_it_both_ways_takes_nothing_away() -> None:
    listed = WordGroup(words="kliko\ncontainer", source=Source.OWN)
    both = of(listed, WordGroup(words="kliko\ncontainer"))
    assert leads(both, "kliko", "container")
    assert leads(both, "container", "kliko")


def test_without_an_editors_word_the_files_are_read_as_they_are() -> None:
    groups = list(word_groups.sourced())
    plain = build((one.word_list(), one.leads_to_list(), one.weight) for one in groups)
    assert of(*groups) == plain


def test_what_an_editor_changes_of_a_file_is_the_editors(signed_in: Callable[..., Client]) -> None:
    group = WordGroup.objects.get(key="sourced:both:lintje")
    sent = {"words": "lintje", "leads_to": "koninklijke onderscheiding", "origin": "synonym"}
    answer = signed_in("platform_editor").post(f"/beheer/wordgroup/edit/{group.pk}/", sent)
    assert answer.status_code == 302
    group.refresh_from_db()
    assert (group.source, group.key) == (Source.EDITOR, "sourced:both:lintje")
    assert word_groups.load() == 0
    assert not leads(word_groups.lexicon(), "koninklijke onderscheiding", "lintje")
