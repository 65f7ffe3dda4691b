"""The search page and the theme page, and what they say when a question cannot be answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
Text = Callable[[str], str]


@pytest.fixture
def text(client: Client) -> Text:
    """The page at an address, which must be there."""

    def get(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private"
        return response.content.decode()

    return get


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("theme=bestaat-niet", "bestaat niet bij"),
        ("size=xxl", "bestaat niet bij"),
        ("municipality=GM0000", "bestaat niet bij"),
        ("page=9999", "heel getal"),
        ("page=abc", "heel getal"),
        ("page=400", "Er zijn maar 1 pagina"),
        ("sort=mooi", "Sorteren op"),
        ("q=" + "opvang " * 1500, "te lang"),
        ("q=de+het+een", "alleen woorden"),
        ("q=%22%22%22", "alleen woorden"),
        ("q=" + "%22" * 200, "alleen woorden"),
        ("inhabitants_min=-1", "heel getal"),
    ],
)
def test_every_bad_question_gets_an_answer_in_words(text: Text, query: str, says: str) -> None:
    assert says in text(f"/zoeken/?{query}")


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%27%3B+DROP+TABLE", "q=%F0%9F%98%80", "kind=", "foo=bar", "q=<script>alert(1)</script>"]
)
def test_strange_input_is_just_a_question(text: Text, query: str) -> None:
    assert "<script>alert" not in text(f"/zoeken/?{query}")


def test_nothing_found_helps_on(text: Text, waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven)
    page = text("/zoeken/?q=eenhoorn&size=xl")
    assert "Niets gevonden" in page
    assert "Zonder filters ook niet" in page
    assert "Doe mee" in page


def test_what_was_found_is_shown_with_its_marks_and_its_filters(
    text: Text, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop", summary="Opvang van <b>vluchtelingen</b>.")
    page = text("/zoeken/?q=vluchteling&theme=sleutelpersonen")
    assert "&lt;b&gt;<mark>vluchtelingen</mark>&lt;/b&gt;" in page
    assert "1 resultaat" in page
    assert 'name="theme" value="sleutelpersonen"' in " ".join(page.split())
    assert "250.000 inwoners of meer" in page


def test_the_themes_have_their_pages(text: Text, waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop", themes=["seksueel-geweld"])
    assert "Inloop" in text("/themas/sggg/")
    assert "112" in text("/themas/seksueel-geweld/")
    assert "nog niets" in text("/themas/wmo/")


def test_a_theme_that_was_renamed_is_found_by_its_new_address(client: Client) -> None:
    theme = Theme.objects.get(slug="wmo")
    theme.slug = "ondersteuning"
    theme.save()
    assert client.get("/themas/ondersteuning/").status_code == 200
    assert client.get("/themas/wmo/").status_code == 404
    assert "bestaat niet bij" in client.get("/zoeken/?theme=wmo").content.decode()


def test_the_list_of_themes_has_all(client: Client) -> None:
    page = client.get("/themas/").content.decode()
    assert all(f"/themas/{slug}/" in page for slug in Theme.objects.values_list("slug", flat=True))
