"""Advice for plain Dutch: what is hard is said, and what is plain is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from exchange.contributions.plain_language import advise, plain_words
from exchange.sections.models import MunicipalityPage
from tests.factories import InitiativeFactory


def said(text: str) -> list[tuple[str, str]]:
    return [(advice.words, advice.text) for advice in advise([("samenvatting", text)])]


def test_a_long_sentence_is_counted() -> None:
    long = "woord " * 25 + "einde."
    ((start, text),) = said(f"Kort. {long} Ook kort.")
    assert start == "woord woord woord woord woord woord…"
    assert "26 woorden" in text
    assert said("woord " * 24 + "einde.") == []


@pytest.mark.parametrize(("text", "plain"), [("Wij Implementeren dit.", "invoeren"), ("Tevens helpen wij.", "ook")])
def test_a_hard_word_gets_a_plainer_one(text: str, plain: str) -> None:
    assert plain in said(text)[0][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wij helpen AMV in het azc.", ["AMV"]), ("Een AMV (alleenstaande minderjarige) en nog een AMV.", []),
        ("Alleenstaande minderjarigen (AMV) wonen hier.", []), ("De GGD helpt.", []), ("AMV en AMV", ["AMV"]),
        ("De Wmo en het azc", []),
    ],
)  # fmt: skip
def test_an_abbreviation_is_explained_once(text: str, words: list[str]) -> None:
    assert [word for word, _ in said(text)] == words


def test_plain_text_gets_no_advice() -> None:
    assert said("Elke dinsdag is er koffie. Een vast gezicht helpt bij vragen. Wie wil, belt ons.") == []


def test_the_list_advises_no_word_that_it_calls_hard() -> None:
    hard = plain_words()
    assert not [plain for plain in hard.values() if any(word in hard for word in plain.split())]


@pytest.mark.django_db
def test_the_editor_shows_tips(waterhoven: MunicipalityPage, signed_in: Callable[..., Client]) -> None:
    page = InitiativeFactory(parent=waterhoven, title="Inloop", summary="Wij doen dit met de AMV.")
    html = signed_in("editor", "GM9901").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Schrijf deze afkorting de eerste keer voluit" in html
    assert "Vul aan: doelgroepen" in html


@pytest.mark.django_db
def test_a_picture_without_words_is_told(waterhoven: MunicipalityPage) -> None:
    image = Image.objects.create(title="Foto", file=get_test_image_file())
    page = InitiativeFactory(parent=waterhoven, summary="Wij schenken koffie.", image=image)
    assert [(one.words, one.field) for one in page.plain_language_tips()] == [("Foto", "afbeelding")]
    image.description = "Een vrouw schenkt koffie."
    image.save()
    page.image.refresh_from_db()
    assert page.plain_language_tips() == []


@pytest.mark.django_db
def test_only_dutch_is_looked_at(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven, summary="Wij implementeren dit.", language="en")
    assert page.plain_language_tips() == []
