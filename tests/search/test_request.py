"""From the URL to a question and back; whatever is typed, it is read or named."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.clean_text import clean_text
from search import dutch
from search.request import SearchRequest, Sort, parse, parse_words
from search.vocabulary import Vocabulary

WORDS = Vocabulary(
    themes={"inburgering": "Inburgering", "wmo": "Wmo"},
    target_groups={"lvb": "LVB"},
    municipalities={"GM0344": "Utrecht", "GM0363": "Amsterdam"},
    provinces={"PV26": "Utrecht"},
    regions={"VR09": "Utrecht"},
    successors={"GM0001": ("GM0344", "GM0363")},
)


def ask(query: str) -> tuple[SearchRequest, list[str]]:
    request, problems = parse(QueryDict(query), WORDS)
    return request, [problem.parameter for problem in problems]


def stem(word: str) -> str:
    return dutch.tokens(word)[0].stem


def test_words_phrases_and_minus() -> None:
    words = parse_words('opvang "van vluchtelingen" -azc')
    assert [word.stem for word in words.wanted] == [stem("opvang"), stem("vluchtelingen")]
    assert words.unwanted == (stem("azc"),)
    assert parse_words('"opvang van vluchtelingen"').phrases == ((stem("opvang"), stem("van"), stem("vluchtelingen")),)


def test_a_compound_knows_its_parts() -> None:
    word = parse_words("Anonimiseringssoftware").wanted[0]
    assert (word.text, word.parts) == ("anonimiseringssoftware", (stem("anonimisering"), stem("software")))


def test_words_that_only_ask_are_left_out_where_there_are_others() -> None:
    assert [word.text for word in parse_words("waarom stopte de energiebus").wanted] == ["stopte", "energiebus"]
    assert [word.text for word in parse_words("waarom").wanted] == ["waarom"]


@pytest.mark.parametrize("text", ['"', '""', '"opvang', 'op"vang', "-", "--", '-"opvang" zorg', "„opvang”", "’s"])
def test_broken_signs_never_fail(text: str) -> None:
    parse_words(text)


@pytest.mark.parametrize("text", ["de het een van", '"de het"', "!!! ???", "-opvang"])
def test_without_a_word_to_look_for_it_is_an_empty_question(text: str) -> None:
    assert parse_words(text).is_empty
    assert not parse_words("").is_empty


@settings(deadline=None)  # The first word reads the lists.
@given(st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    words = parse_words(text)
    assert words.text == clean_text(text).strip()
    assert len(words.wanted) <= 40


@settings(deadline=None)  # The first word reads the lists.
@given(
    st.dictionaries(
        st.sampled_from(["q", "kind", "theme", "size", "page", "sort", "inhabitants_min"]), st.text(max_size=20)
    )
)
def test_any_parameters_can_be_read_and_written_back(parameters: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    for name, value in parameters.items():
        query[name] = value
    request, _ = parse(query, WORDS)
    again, problems = parse(QueryDict(request.to_query()), WORDS)
    assert problems == []
    assert again == request


def test_every_part_of_a_question_survives_its_url() -> None:
    query = (
        "q=opvang+-azc&kind=initiative&kind=lesson&theme=wmo&target=lvb&size=s&province=PV26&region=VR09"
        "&municipality=GM0344&phase=running&cost=none&staff=under_4&inhabitants_min=10000&inhabitants_max=30000"
        "&sort=newest&group=kind&page=2&runs_at_size=s&evidence=described&confirmed=fresh&like=GM0363"
    )
    request, problems = ask(query)
    assert problems == []
    assert request.filters["kind"] == ("initiative", "lesson")
    assert (request.page, request.sort, request.group_by_kind) == (2, Sort.NEWEST, True)
    assert parse(QueryDict(request.to_query()), WORDS) == (request, [])


def test_a_dissolved_code_asks_for_its_successors() -> None:
    request, problems = ask("municipality=gm0001")
    assert (request.filters["municipality"], problems) == (("GM0344", "GM0363"), [])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=iets", "kind"), ("theme=bestaat-niet", "theme"), ("size=xxl", "size"), ("phase=ooit", "phase"),
        ("municipality=GM0000", "municipality"),
        ("like=Utrecht", "like"), ("page=0", "page"), ("page=-1", "page"), ("page=abc", "page"),
        ("page=99999999999", "page"),
        ("page=501", "page"), ("page_size=1000", "page_size"), ("inhabitants_min=veel", "inhabitants_min"),
        ("inhabitants_max=-3", "inhabitants_max"), ("sort=mooi", "sort"),
        ("q=" + "a" * 10_000, "q"), ("page=%C2%B2", "page"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(query: str, parameter: str) -> None:
    request, problems = ask(query)
    assert problems == [parameter]
    assert request.page == 1


def test_a_dutch_number_is_a_number() -> None:
    assert ask("inhabitants_min=20.000")[0].inhabitants_min == 20_000


def test_choosing_and_unchoosing_a_value_goes_back_to_the_first_page() -> None:
    request, _ = ask("theme=wmo&page=3")
    more = request.with_value("theme", "inburgering", chosen=True)
    assert (more.filters["theme"], more.page) == (("wmo", "inburgering"), 1)
    assert more.with_value("theme", "wmo", chosen=False).filters["theme"] == ("inburgering",)


def test_what_is_no_number_is_not_compared_with_every_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A range is asked for whole numbers alone: of anything else it looks at each of a hundred million."""

    class Bounds(list[int]):
        def __contains__(self, number: object) -> bool:
            assert isinstance(number, int)
            return False

    monkeypatch.setattr("search.request.range", lambda *limits: Bounds([0, 1]), raising=False)
    _request, problems = parse(QueryDict("inhabitants_min=veel&page=2.5"), WORDS)
    assert {problem.parameter for problem in problems} >= {"inhabitants_min"}
