"""What the address of the search page holds, how something of it goes, and what htmx is told."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search.choices import Choices, bounds_about
from search.models import SearchedQuestion
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "gevonden"}


@pytest.fixture
def two(waterhoven: MunicipalityPage, committed: Committed) -> list[InitiativePage]:
    with committed():
        return [InitiativeFactory(parent=waterhoven, title=f"Inloop {number}") for number in range(2)]


def choices(query: str) -> Choices:
    found: Choices = Client().get(f"/zoeken/?{query}").context["choices"]
    return found


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


# --- as large as which municipality


@pytest.mark.parametrize("typed", ["GM9910", "veldersloot", "Gemeente Veldersloot"])
def test_about_as_large_as_a_municipality_becomes_bounds_of_inhabitants(typed: str) -> None:
    found = choices(f"q=inloop&about={typed}")
    assert found.about is not None
    assert found.about.population is not None
    low, high = bounds_about(found.about.population)
    assert low < found.about.population < high
    assert (found.request.inhabitants_min, found.request.inhabitants_max) == (low, high)
    assert found.to_query() == "q=inloop&about=GM9910"
    # A feed and a weekly mail know no municipality: they keep the bounds.
    assert asked("?" + Client().get(f"/zoeken/?{found.to_query()}").context["asked_in_full"]) == {
        "q": ["inloop"], "inhabitants_min": [str(low)], "inhabitants_max": [str(high)],
    }  # fmt: skip


def test_typed_bounds_and_a_municipality_hold_both() -> None:
    low, high = bounds_about(24_100)
    found = choices("about=GM9910&inhabitants_min=20000&inhabitants_max=90000").request
    assert (found.inhabitants_min, found.inhabitants_max) == (20_000, high)
    found = choices("about=GM9910&inhabitants_max=18000").request
    assert (found.inhabitants_min, found.inhabitants_max) == (low, 18_000)


def test_a_municipality_that_nobody_knows_is_told_and_left_out() -> None:
    page = Client().get("/zoeken/?about=Atlantis")
    assert page.context["choices"].about is None
    assert "We kennen geen gemeente &#x27;Atlantis&#x27;." in page.content.decode()


# --- what goes


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        ("size=xl", "q=a&size=l&kind=lesson&inhabitants_min=5&about=GM9910"),
        ("size", "q=a&kind=lesson&inhabitants_min=5&about=GM9910"),
        ("inhabitants", "q=a&kind=lesson&size=xl&size=l&about=GM9910"),
        ("about", "q=a&kind=lesson&size=xl&size=l&inhabitants_min=5"),
        ("filters", "q=a"),
        ("size=unknown", "q=a&kind=lesson&size=xl&size=l&inhabitants_min=5&about=GM9910"),
    ],
)
def test_one_thing_goes_and_the_rest_stays_from_the_first_page(drop: str, left: str) -> None:
    everything = "q=a&size=xl&size=l&kind=lesson&inhabitants_min=5&about=GM9910"
    answer = Client().get(f"/zoeken/?{everything}&page=1&drop={drop}")
    assert answer.status_code == 302
    assert asked(answer["Location"]) == parse_qs(left)


def test_a_tick_that_goes_leaves_the_page_of_the_answer(two: list[InitiativePage]) -> None:
    ticked = "&".join(f"initiatief={one.pk}" for one in two)
    answer = Client().get(f"/zoeken/?q=inloop&{ticked}&at=2&drop=initiatief={two[0].pk}")
    assert asked(answer["Location"]) == {"q": ["inloop"], "page": ["2"], "initiatief": [str(two[1].pk)]}


# --- what is ticked


def test_what_is_ticked_is_told_as_far_as_the_reader_may_see_it(
    two: list[InitiativePage], waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    hidden: InitiativePage = InitiativeFactory(parent=waterhoven, title="Alleen van ons", visibility="own")
    query = "&".join(f"initiatief={one.pk}" for one in (*two, hidden))
    for address in (f"/zoeken/gekozen/?{query}", f"/zoeken/?q=eenhoorn&{query}"):
        told = Client().get(address).content.decode()
        assert "Inloop 0" in told
        assert "2 van hoogstens 4" in told
        assert "Alleen van ons" not in told
        assert "3 van hoogstens 4" in signed_in("member", "GM9901").get(address).content.decode()


def test_what_is_ticked_stands_in_the_address_with_the_page_one_looks_at(two: list[InitiativePage]) -> None:
    answer = Client().get(f"/zoeken/gekozen/?q=inloop&sort=newest&at=2&initiatief={two[0].pk}")
    assert asked(answer["HX-Replace-Url"]) == {
        "q": ["inloop"], "sort": ["newest"], "page": ["2"], "initiatief": [str(two[0].pk)],
    }  # fmt: skip


def test_the_button_leads_to_what_was_ticked_and_nothing_else(two: list[InitiativePage]) -> None:
    query = f"q=inloop&size=xl&go=compare&initiatief={two[0].pk}&initiatief={two[1].pk}"
    there = f"/vergelijk/?initiatief={two[0].pk}&initiatief={two[1].pk}"
    assert Client().get(f"/zoeken/?{query}")["Location"] == there
    assert Client().get(f"/zoeken/?{query}", headers=HTMX)["HX-Redirect"] == there


def test_what_is_ticked_elsewhere_goes_along(two: list[InitiativePage], committed: Committed) -> None:
    page = Client().get(f"/zoeken/?q=eenhoorn&initiatief={two[0].pk}").content.decode()
    # In the form of the filters, and in that of a new question.
    assert page.count(f'<input type="hidden" name="initiatief" value="{two[0].pk}" />') == 2
    assert Client().get(f"/zoeken/?q=inloop&initiatief={two[0].pk}").context["compared_elsewhere"] == []


# --- what htmx is told


def test_the_address_of_a_change_is_the_plain_one() -> None:
    query = "q=inloop&size=xl&inhabitants_min=&find_theme=a&open=theme"
    assert Client().get(f"/zoeken/?{query}", headers=HTMX)["HX-Push-Url"] == "/zoeken/?q=inloop&size=xl"
    here = HTMX | {"HX-Current-URL": "http://testserver/zoeken/?q=inloop&size=xl"}
    assert Client().get(f"/zoeken/?{query}", headers=here)["HX-Push-Url"] == "false"
    of_a_list = HTMX | {"HX-Target": "lijst-theme"}
    assert "HX-Push-Url" not in Client().get(f"/zoeken/?{query}", headers=of_a_list)


def test_a_question_is_counted_when_it_is_asked_not_when_its_filters_change() -> None:
    client = Client()
    client.get("/zoeken/?q=fietsles")
    client.get("/zoeken/?q=fietsles&sort=newest", headers=HTMX)
    client.get("/zoeken/?q=fietsles", headers=HTMX | {"HX-Target": "lijst-theme"})
    assert SearchedQuestion.objects.get(question="fietsles").times == 1


def test_the_names_to_choose_from_are_the_same_for_everybody() -> None:
    answer = Client().get("/zoeken/gemeenten/")
    assert '<option value="Waterhoven"></option>' in answer.content.decode()
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert Client().post("/zoeken/gemeenten/").status_code == 405


# --- a page with little in it


def test_a_long_list_is_not_in_the_page_until_it_is_opened(
    section_of: Callable[[str], MunicipalityPage], committed: Committed
) -> None:
    codes = [f"GM99{number:02}" for number in range(1, 21)]
    with committed():
        for code in codes:
            InitiativeFactory(parent=section_of(code), title="Inloop")
    closed = Client().get("/zoeken/?q=inloop").content.decode()
    assert 'id="kies-municipality-' not in closed
    opened = Client().get("/zoeken/?q=inloop&open=municipality").content.decode()
    assert opened.count('id="kies-municipality-') == len(codes)
    assert not any(line.startswith(" ") for line in closed[closed.index('id="gevonden"') :].split("\n")[:100])
