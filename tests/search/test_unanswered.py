"""Questions that found no answer: platform editors see them with proposals, and add words with one press."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from exchange.auditing.models import Act, AuditEntry
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from search import known_words, log, teaching, wordnet
from search.models import DismissedQuestion, SearchedQuestion, WordGroup
from search.nearest import Near, Terms, nearest, read_terms, witnesses
from tests.conftest import Committed
from tests.factories import InitiativeFactory

from .conftest import forget_vectors
from .encoders import EncoderServer

LIST, ADD, DISMISS = (
    "/beheer/zonder-antwoord/",
    "/beheer/zonder-antwoord/toevoegen/",
    "/beheer/zonder-antwoord/niet-bij-ons/",
)
LESSON = {"question": "zwaluwtoren", "word": "zwaluwtoren", "other": "nestkast", "way": "one"}


@pytest.fixture
def nest_boxes(waterhoven: MunicipalityPage, committed: Committed) -> None:
    """What a question about a *zwaluwtoren* should find, and cannot by its own words."""
    with committed():
        InitiativeFactory(parent=waterhoven, title="Nestkasten aan de kade", summary="Elke gevel een nestkast.")
        InitiativeFactory(parent=waterhoven, title="Sporthal met parkeerplaats", summary="Parkeren bij de sporthal.")
        InitiativeFactory(
            parent=waterhoven, title="Geheime nestkasten", summary="Nestkasten van ons.", visibility="own"
        )
    known_words.count()


@pytest.fixture
def editor(signed_in: Callable[..., Client], nest_boxes: None) -> Client:
    Client().get("/zoeken/", {"q": "zwaluwtoren"})
    return signed_in("platform_editor")


def titles(question: str) -> list[str]:
    return [hit["title"] for hit in Client().get("/api/v1/search", {"q": question}).json()["results"]]


def shown(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- the list


def test_before_anybody_searched_the_list_says_so(signed_in: Callable[..., Client]) -> None:
    assert "Er is nog niets gezocht" in shown(signed_in("platform_editor"))


def test_a_question_that_found_nothing_is_shown_with_how_often_and_since_when(editor: Client) -> None:
    Client().get("/zoeken/", {"q": "zwaluwtoren"})
    SearchedQuestion.objects.create(
        week=datetime.date(2026, 1, 5), question="zwaluwtoren", times=3, hits=0, found_nothing=True
    )
    page = shown(editor)
    assert "5 keer gezocht, zonder antwoord sinds de week van 5 januari 2026" in page
    assert "Er is niets gevonden" in page


def test_a_question_that_only_found_what_comes_near_is_shown_too(editor: Client) -> None:
    asked = {
        # Each has a part of it.
        "gevel kade sporthal parkeren": True,
        # A word that nobody uses was left out.
        "nestkasten voor zeearenden": True,
        "nestkasten": False,
        # A place is no word to add.
        "nestkasten veldersloot": False,
    }
    for question in asked:
        Client().get("/zoeken/", {"q": question})
    kept = dict(SearchedQuestion.objects.values_list("question", "only_near"))
    assert {question: kept[question] for question in asked} == asked
    page = shown(editor, f"{LIST}?alleen=buurt")
    assert "gevel kade sporthal parkeren" in page
    assert "zwaluwtoren" not in page


def test_what_was_answered_the_last_time_is_not_shown(editor: Client) -> None:
    SearchedQuestion.objects.create(
        week=datetime.date(2026, 1, 5), question="nestkast", times=9, hits=0, found_nothing=True
    )
    assert "nestkast</h2>" in shown(editor)
    Client().get("/zoeken/", {"q": "nestkast"})
    assert "nestkast</h2>" not in shown(editor)


@pytest.mark.parametrize("role", ["member", "author", "editor"])
def test_nobody_else_sees_it_or_adds_anything(editor: Client, signed_in: Callable[..., Client], role: str) -> None:
    client = signed_in(role, "GM9901")
    group = WordGroup.objects.create(words="zwaluwtoren", leads_to="nestkast")
    for address in (LIST, f"{LIST}{group.pk}/"):
        assert client.get(address).status_code in (302, 403, 404)
    for address in (ADD, DISMISS, f"{LIST}{group.pk}/ongedaan/"):
        assert client.post(address, LESSON).status_code in (302, 403, 404)
    assert WordGroup.objects.filter(pk=group.pk).exists()
    assert WordGroup.objects.filter(words="zwaluwtoren").count() == 1
    assert not DismissedQuestion.objects.exists()


# --- one press


def test_one_press_adds_and_the_next_search_finds(editor: Client) -> None:
    assert titles("zwaluwtoren") == []
    answer = editor.post(ADD, LESSON, follow=True)
    page = answer.content.decode()
    assert "Deze vraag vindt nu 1 bijdrage" in page
    assert "Nestkasten aan de kade" in page
    assert "Geheime" not in page
    assert titles("zwaluwtoren") == ["Nestkasten aan de kade"]
    assert "zwaluwtoren</h2>" not in shown(editor)
    group = WordGroup.objects.get(words="zwaluwtoren")
    assert (group.source, group.leads_to) == (WordGroup.Source.EDITOR, "nestkast")
    noted = AuditEntry.objects.get(action=Act.WORDS_ADDED)
    assert (noted.title, noted.municipality, noted.who is None) == ("zwaluwtoren → nestkast", None, False)


def test_one_way_leads_there_and_both_ways_back_too(editor: Client, waterhoven: MunicipalityPage) -> None:
    editor.post(ADD, LESSON)
    words = WordGroup.objects.get(words="zwaluwtoren")
    assert (words.word_list(), words.leads_to_list()) == (["zwaluwtoren"], ["nestkast"])
    editor.post(ADD, LESSON | {"way": "both"})
    both = WordGroup.objects.get(words__contains="\n", words__startswith="zwaluwtoren")
    assert (both.word_list(), both.leads_to_list()) == (["zwaluwtoren", "nestkast"], [])


def test_pressing_twice_adds_once(editor: Client) -> None:
    editor.post(ADD, LESSON)
    page = editor.post(ADD, LESSON | {"word": "Zwaluwtoren"}, follow=True).content.decode()
    assert "stond er al" in page
    assert WordGroup.objects.filter(leads_to="nestkast").count() == 1
    assert AuditEntry.objects.filter(action=Act.WORDS_ADDED).count() == 1


def test_undone_it_finds_nothing_again_and_is_back_on_the_list(editor: Client) -> None:
    editor.post(ADD, LESSON)
    undo = f"{LIST}{WordGroup.objects.get(words='zwaluwtoren').pk}/ongedaan/"
    assert "Weggehaald" in editor.post(undo, {"question": "zwaluwtoren"}, follow=True).content.decode()
    assert titles("zwaluwtoren") == []
    assert "zwaluwtoren</h2>" in shown(editor)
    assert AuditEntry.objects.filter(action=Act.WORDS_REMOVED, title="zwaluwtoren → nestkast").exists()
    assert "al weggehaald" in editor.post(undo, {"question": "zwaluwtoren"}, follow=True).content.decode()


def test_what_a_file_says_is_not_undone_here(editor: Client) -> None:
    group = WordGroup.objects.get(key="sourced:both:lintje")
    editor.post(f"{LIST}{group.pk}/ongedaan/")
    assert WordGroup.objects.filter(pk=group.pk).exists()


def test_words_that_find_nothing_either_are_said_so(editor: Client) -> None:
    page = editor.post(ADD, LESSON | {"other": "zeearend"}, follow=True).content.decode()
    assert "vindt nog steeds niets" in page
    assert "zwaluwtoren</h2>" in shown(editor)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"other": "", "own": ""}, "Kies een voorstel"),
        ({"word": ""}, "Vul in welk woord mensen typen"),
        ({"word": "de"}, "zegt te weinig"),
        ({"word": "mensen"}, "gebruikt iedereen"),
        ({"other": "mensen", "way": "both"}, "gebruikt iedereen"),
        ({"word": "nestkasten"}, "hetzelfde woord"),
        ({"other": "een twee drie vier vijf zes zeven acht negen tien elf"}, "hoogstens vijf woorden"),
        ({"word": "noor@waterhoven.example"}, "adres, nummer of datum"),
        ({"word": "x" * 101}, "100"),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_stays(editor: Client, sent: dict[str, str], said: str) -> None:
    before = WordGroup.objects.count()
    answer = editor.post(ADD, LESSON | sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'role="alert"' in page
    assert WordGroup.objects.count() == before


def test_an_own_word_is_added_as_a_proposal_is(editor: Client) -> None:
    editor.post(ADD, {"question": "zwaluwtoren", "word": "zwaluwtoren", "own": "nestkast", "way": "one"})
    assert titles("zwaluwtoren") == ["Nestkasten aan de kade"]


# --- not for here


def test_what_is_not_for_here_leaves_the_list_and_can_be_put_back(editor: Client) -> None:
    editor.post(DISMISS, {"question": "zwaluwtoren"})
    Client().get("/zoeken/", {"q": "zwaluwtoren"})
    page = shown(editor)
    assert "zwaluwtoren</h2>" not in page
    assert "Weggelegd" in page
    editor.post(DISMISS, {"question": "zwaluwtoren", "back": "1"})
    assert "zwaluwtoren</h2>" in shown(editor)
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {Act.QUESTION_DISMISSED, Act.QUESTION_BACK}


def test_only_what_was_asked_is_put_away(editor: Client) -> None:
    editor.post(DISMISS, {"question": "iets anders"})
    assert not DismissedQuestion.objects.exists()


def test_what_was_put_away_ends_with_the_question(editor: Client) -> None:
    editor.post(DISMISS, {"question": "zwaluwtoren"})
    SearchedQuestion.objects.update(week=timezone.localdate() - log.KEPT - datetime.timedelta(days=1))
    assert log.forget_old() == 1
    assert not DismissedQuestion.objects.exists()


def test_trying_a_question_again_is_not_counted(editor: Client) -> None:
    before = SearchedQuestion.objects.get(question="zwaluwtoren")
    teaching.try_again("zwaluwtoren")
    after = SearchedQuestion.objects.get(question="zwaluwtoren")
    assert (after.times, after.found_nothing) == (before.times, True)


# --- proposals


def proposed(text: str) -> list[str]:
    return [near.text for near in nearest(text, 6, witnesses(read_terms()))]


def test_the_theme_that_lies_near_in_meaning_is_proposed_and_none_while_the_encoder_fails(
    encoder: EncoderServer, nest_boxes: None
) -> None:
    Theme.objects.create(name="Vervoer in het dorp", slug="dorpsvervoer", synonyms="rijbewijs\nchauffeur")
    (near,) = [one for one in nearest("auto", 6, witnesses(read_terms())) if one.text == "Vervoer in het dorp"]
    assert near.why == "lijkt hierop qua betekenis"
    encoder.status = 500
    forget_vectors()
    assert "Vervoer in het dorp" not in proposed("auto")


def test_what_is_written_nearly_so_is_proposed(nest_boxes: None) -> None:
    assert "nestkasten" in proposed("neskasten")


def test_the_words_of_a_theme_that_share_a_part_are_proposed(db: None) -> None:
    assert any("mensenhandel" in word.lower() for word in proposed("mensenhandelaarsters"))


def test_what_means_the_same_in_wordnet_is_proposed_where_there_is_a_file(
    nest_boxes: None, tmp_path: Path, settings: Settings
) -> None:
    assert "nestkasten" not in proposed("vogelhuis")
    file = tmp_path / "wordnet.tab"
    file.write_text("# a list\n1-n\tnld:lemma\tvogelhuis\n1-n\tnld:lemma\tnestkast\n2-n\tnld:lemma\tzeearend\n")
    settings.WORDNET_FILE = str(file)
    assert proposed("vogelhuis")[0] == "nestkast"


def test_a_wordnet_that_cannot_be_read_is_logged_and_does_no_harm(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.WORDNET_FILE = str(tmp_path / "gone.tab")
    assert wordnet.same("vogelhuis") == []
    assert "WORDNET_FILE cannot be read" in caplog.text


def test_no_word_of_what_not_everybody_may_read_is_proposed(nest_boxes: None) -> None:
    assert "geheime" not in proposed("geheimen")


def test_each_witness_is_heard_and_no_word_is_proposed_twice() -> None:
    class Says:
        def __init__(self, *words: str) -> None:
            self.words = words

        def nearest(self, text: str, limit: int) -> list[Near]:
            return [Near(word, "") for word in self.words][:limit]

    found = nearest("kliko", 3, [Says("container", "kliko", "klikobak"), Says("containers", "afvalbak", "prullenbak")])
    assert [near.text for near in found] == ["container", "afvalbak", "klikobak"]
    assert nearest("kliko", 3, []) == []
    assert [near.text for near in nearest("kliko straat", 3, [Says("kliko", "klikobak")])] == ["klikobak"]


def test_without_any_word_there_is_no_proposal_and_the_page_says_so(editor: Client) -> None:
    assert nearest("xyz", 6, witnesses(Terms())) == []
    assert "We hebben geen voorstel" in shown(editor)
