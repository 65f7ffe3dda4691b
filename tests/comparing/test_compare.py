"""Initiatives side by side: the same fields, in the order of choosing, and nothing that is not for the reader."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person
from tests.factories import ContactFactory, InitiativeFactory
from tests.publishing.conftest import client_for
from tests.test_queries import queries

pytestmark = pytest.mark.django_db


def shown(client: Client, *ids: int) -> dict[str, list[str]]:
    """By field, what each initiative says; the titles under an empty name."""
    response = client.get("/vergelijk/", {"initiatief": ids})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for name in soup.select(".whose, .take-out"):
        name.decompose()
    titles = {"": [one.get_text(" ", strip=True) for one in soup.select("thead th")]}
    rows = {row.th.get_text(strip=True): [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
            for row in soup.select("tbody tr") if row.th}  # fmt: skip
    return titles | rows


@pytest.fixture
def three(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, committed: Committed) -> list[InitiativePage]:
    with committed():
        return [
            InitiativeFactory(
                parent=waterhoven, title="Inloop groot",
                core_elements=[("line", "Een vast gezicht"), ("line", "Elke week")],
            ),
            InitiativeFactory(parent=veldersloot, title="Inloop klein", phase="stopped", stopped_reason="Geld op."),
            InitiativeFactory(parent=veldersloot, title="Alleen van ons", visibility="own"),
        ]  # fmt: skip


def test_the_same_fields_in_the_order_of_choosing(three: list[InitiativePage]) -> None:
    found = shown(Client(), three[1].pk, three[0].pk)
    assert found[""] == ["Inloop klein", "Inloop groot"]
    assert [cell.split()[0] for cell in found["Gemeente"]] == ["Veldersloot", "Waterhoven"]
    assert found["Dit moet blijven"] == ["–", "Een vast gezicht Elke week"]
    assert found["Fase"][0].endswith("Geld op.")
    # What none of them says is left out.
    assert "Waar het geld vandaan komt" not in found


def test_what_is_not_for_the_reader_is_not_there_and_nothing_says_what_it_was(
    three: list[InitiativePage], person: Person
) -> None:
    chosen = [one.pk for one in three]
    assert shown(Client(), *chosen)[""] == ["Inloop groot", "Inloop klein"]
    own = client_for(person("member", "GM9910"))
    assert shown(own, *chosen)[""] == ["Inloop groot", "Inloop klein", "Alleen van ons"]
    # The address stands in the page, for who chooses a language, and a token in each form.
    hidden, absent = (Client().get("/vergelijk/", {"initiatief": pk}).content.decode() for pk in (chosen[2], 999_999))
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", hidden).replace(str(chosen[2]), "999999") == token.sub("", absent)


def test_the_contact_shows_for_who_may_see_it(waterhoven: MunicipalityPage, person: Person) -> None:
    contact = ContactFactory(parent=waterhoven, title="Coördinator", visibility="members")
    page = InitiativeFactory(parent=waterhoven, contact=contact)
    assert "Wie kun je bellen?" not in shown(Client(), page.pk)
    assert shown(client_for(person("member", "GM9910")), page.pk)["Wie kun je bellen?"] == ["Coördinator"]


def test_at_most_four_and_the_address_leads_on(waterhoven: MunicipalityPage) -> None:
    pages = [InitiativeFactory(parent=waterhoven, title=f"Nummer {number}") for number in range(5)]
    assert len(shown(Client(), *(page.pk for page in pages))[""]) == 4
    html = Client().get("/vergelijk/", {"initiatief": [pages[0].pk, pages[1].pk]}).content.decode()
    assert f'href="?initiatief={pages[1].pk}"' in html
    assert "hoogstens 4" not in html


def test_others_like_it_are_offered_and_search_leads_there(three: list[InitiativePage], committed: Committed) -> None:
    html = Client().get("/zoeken/?q=inloop").content.decode()
    assert f'id="vergelijk-{three[0].pk}"' in html
    assert "/vergelijk/?initiatief=" in Client().get(three[0].url).content.decode()
    assert "Er is nog niets om te vergelijken" in Client().get("/vergelijk/").content.decode()


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.text(max_size=20), st.integers().map(str)), max_size=6))
def test_whatever_stands_in_the_address(waterhoven: MunicipalityPage, values: list[Any]) -> None:
    assert Client().get("/vergelijk/", {"initiatief": values}).status_code == 200


def test_few_queries_whatever_the_number(three: list[InitiativePage], waterhoven: MunicipalityPage) -> None:
    pages = [InitiativeFactory(parent=waterhoven, contact=ContactFactory(parent=waterhoven)) for _ in range(4)]
    two = queries(Client(), f"/vergelijk/?initiatief={pages[0].pk}&initiatief={pages[1].pk}")
    four = queries(Client(), "/vergelijk/?" + "&".join(f"initiatief={page.pk}" for page in pages))
    assert two <= 25
    assert four <= two
