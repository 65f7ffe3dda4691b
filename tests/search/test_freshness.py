"""What nobody confirmed is marked, ranks lower, and in the end stands below everything else: on both engines."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from exchange.confirming.asking import confirm
from exchange.contributions.models import Contribution
from exchange.sections.models import MunicipalityPage
from search.models import Entry
from tests.conftest import Committed
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

from .conftest import Ask
from .test_engines import counts, titles

# How many days ago the confirmation of each contact ended; 182 days after it was given.
ENDED = {"Bevestigd": -100, "Vandaag": 0, "Gisteren": 1, "Maand": 30, "Langer": 31, "Bijna": 89, "Lang": 90}


@pytest.fixture
def contacts(waterhoven: MunicipalityPage, committed: Committed) -> None:
    today = timezone.localdate()
    with committed():
        for title, days in ENDED.items():
            ContactFactory(
                parent=waterhoven,
                title=f"Aanspreekpunt {title}",
                summary="Voor vragen over inburgering.",
                visibility="public",
                confirmed_at=today - datetime.timedelta(days=days + 182),
            )
        LessonFactory(parent=waterhoven, title="Les over een aanspreekpunt", summary="Voor vragen over inburgering.")


def names(answer: dict[str, Any]) -> set[str]:
    return {title.rsplit(" ", 1)[-1] for title in titles(answer)}


def test_the_filter_takes_each_state_and_a_lesson_has_none(contacts: None, ask: Ask) -> None:
    answer = ask()
    assert answer["count"] == 8
    assert counts(answer, "confirmed") == {"fresh": 2, "due": 2, "overdue": 3}
    assert names(ask(confirmed="fresh")) == {"Bevestigd", "Vandaag"}
    assert names(ask(confirmed="due")) == {"Gisteren", "Maand"}
    assert names(ask(confirmed="overdue")) == {"Langer", "Bijna", "Lang"}
    both = ask(confirmed=["fresh", "due"], q="aanspreekpunt")
    assert (both["count"], counts(both, "confirmed")) == (4, {"fresh": 2, "due": 2, "overdue": 3})
    assert counts(both, "kind") == {"contact": 4}


def test_what_was_not_confirmed_in_time_ranks_lower_and_in_the_end_last(contacts: None, ask: Ask) -> None:
    found = [title.rsplit(" ", 1)[-1] for title in titles(ask(q="aanspreekpunt inburgering", kind="contact"))]
    assert set(found[:4]) == {"Bevestigd", "Vandaag", "Gisteren", "Maand"}
    assert set(found[4:6]) == {"Langer", "Bijna"}
    assert found[6] == "Lang"


def test_what_is_last_stands_below_what_only_comes_near(
    waterhoven: MunicipalityPage, committed: Committed, ask: Ask
) -> None:
    long_ago = timezone.localdate() - datetime.timedelta(days=1000)
    with committed():
        InitiativeFactory(parent=waterhoven, title="Taalmaatje met fietsles en koffie", confirmed_at=long_ago)
        InitiativeFactory(parent=waterhoven, title="Fietsles en koffie")
    assert titles(ask(q="taalmaatje fietsles koffie")) == ["Fietsles en koffie", "Taalmaatje met fietsles en koffie"]


def test_without_words_it_is_last_too_and_in_another_order_it_is_not(
    waterhoven: MunicipalityPage, committed: Committed, ask: Ask
) -> None:
    long_ago = timezone.localdate() - datetime.timedelta(days=1000)
    with committed():
        InitiativeFactory(parent=waterhoven, title="Eerst")
        InitiativeFactory(parent=waterhoven, title="Daarna", confirmed_at=long_ago)
    assert titles(ask()) == ["Eerst", "Daarna"]
    assert titles(ask(sort="newest")) == ["Daarna", "Eerst"]


def test_a_day_that_passes_changes_the_answer_without_a_push_and_confirming_changes_it_back(
    contacts: None, ask: Ask, committed: Committed
) -> None:
    page = Contribution.objects.get(title="Aanspreekpunt Vandaag")
    assert "Vandaag" in names(ask(confirmed="fresh"))
    versions = dict(Entry.objects.values_list("page_id", "version"))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert "Vandaag" in names(ask(confirmed="due"))
        assert dict(Entry.objects.values_list("page_id", "version")) == versions
        with committed():
            confirm(page, None, timezone.localdate())
    assert Entry.objects.get(page_id=page.pk).version == versions[page.pk] + 1


def test_the_hit_says_that_nobody_confirmed_it(contacts: None) -> None:
    page = Client().get("/zoeken/?q=aanspreekpunt+lang").content.decode()
    assert "niet bevestigd" in page
    assert "daarom staat het onder al het andere" in page
