"""Nothing found: each way on that is told leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, committed: Committed) -> None:
    """Large: an initiative with a lesson; small: an initiative."""
    with committed():
        large = InitiativeFactory(parent=waterhoven, title="Inloop groot", phase="running")
        LessonFactory(parent=large, title="Inloop: les")
        InitiativeFactory(parent=veldersloot, title="Inloop klein", phase="running")


def page(query: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/zoeken/?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("shelf")
def test_which_filter_to_take_away_with_what_it_gives_most_first() -> None:
    told = Client().get("/zoeken/?q=inloop&size=s&kind=lesson").context["nothing"]
    assert [(way.drop, way.count) for way in told.ways] == [("size", 1), ("kind", 1)]
    told = Client().get("/zoeken/?q=inloop&size=xl&phase=stopped").context["nothing"]
    assert [(way.drop, way.count) for way in told.ways] == [("phase", 2)]
    shown = page("q=inloop&size=xl&phase=stopped")
    assert "Zonder 'Fase': 2 resultaten" in shown.replace("&#x27;", "'")
    assert "Niets gevonden" not in shown


@pytest.mark.usefixtures("shelf")
def test_where_no_single_filter_is_the_one_all_of_them_may_go() -> None:
    shown = page("q=inloop&size=m&phase=stopped&kind=contact")
    assert "Zoek zonder filters: 3 resultaten" in shown
    assert 'value="filters"' in shown


@pytest.mark.usefixtures("shelf")
def test_a_municipality_and_bounds_may_go_too() -> None:
    told = Client().get("/zoeken/?q=inloop&about=GM9910&inhabitants_min=300000").context["nothing"]
    assert {way.drop: way.count for way in told.ways} == {"about": 2, "inhabitants": 1}


@pytest.mark.usefixtures("shelf")
def test_without_filters_nothing_either_is_said() -> None:
    shown = page("q=eenhoorn&size=xl")
    assert "Niets gevonden over <strong>eenhoorn</strong>. Zonder filters ook niet." in shown
    assert "Zonder filters ook niet" not in page("q=eenhoorn")


@pytest.mark.usefixtures("shelf")
def test_quotes_and_minus_signs_are_offered_without_where_that_finds_something() -> None:
    assert 'href="?q=Inloop%20klein"' in page('q="Inloop" klein -inloop'.replace('"Inloop" klein', "Inloop klein"))
    assert "zonder aanhalingstekens" not in page('q="eenhoorn draak"')


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=x", "één letter is te weinig"),
        ("q=eenhoorn", "Gebruik een ander woord."),
        ("q=eenhoorn+draak", "Gebruik minder woorden."),
        ("q=біженці", "Zoek in het Nederlands"),
        ("q=لاجئ", "Zoek in het Nederlands"),
        ("q=" + "%3F" * 40, "alleen woorden of tekens"),
        ("q=" + "eenhoorn+" * 55, "Niets gevonden over"),
        ("q=" + "eenhoorn" * 60, "Niets gevonden over"),
    ],
)
def test_every_strange_question_hears_what_to_do(query: str, says: str) -> None:
    assert says in page(query)


@pytest.mark.usefixtures("shelf")
def test_somebody_to_ask_is_named_where_there_is_somebody(waterhoven: MunicipalityPage, committed: Committed) -> None:
    assert "Vraag het iemand" not in page("q=eenhoorn")
    with committed():
        ContactFactory(parent=waterhoven, visibility="public")
    assert "Vraag het iemand" in page("q=eenhoorn")


def test_an_empty_exchange_says_so_and_asks_to_begin(
    signed_in: Callable[..., Client], waterhoven: MunicipalityPage
) -> None:
    for query in ("", "q=inloop", "size=xl"):
        shown = page(query)
        assert "Hier staat nog niets wat jij mag lezen." in shown
        assert "Doe mee" in shown
    assert "Schrijf het eerste initiatief" in page("", signed_in("author", "GM9901"))


@pytest.mark.usefixtures("shelf")
def test_a_full_exchange_is_not_called_empty() -> None:
    assert "Hier staat nog niets" not in page("q=eenhoorn")
