"""What a kind that nobody knows of gets for nothing. Run by `test_a_new_kind.py`, with settings of its own."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.contributions.models import Contribution
from exchange.following import digest
from exchange.importing.files import Record
from exchange.importing.run import Options, run
from exchange.sections.models import MunicipalityPage
from search.projection import project_dirty
from tests.conftest import Committed, Person
from tests.factories import ContributionFactory
from tests.publishing.conftest import client_for
from tests.search.conftest import Ask, ask, build, engine_name

from .questions.models import QuestionPage

__all__ = ["ask", "build", "engine_name"]

pytestmark = pytest.mark.django_db


class QuestionFactory(ContributionFactory):
    class Meta:
        model = QuestionPage

    title = "Wie leent ons een kraamverzorgster?"
    wording = "<p>Wij zoeken iemand die op zaterdag meekijkt.</p>"


@pytest.fixture
def question(waterhoven: MunicipalityPage, committed: Committed) -> QuestionPage:
    with committed():
        page: QuestionPage = QuestionFactory(parent=waterhoven, haste="week")
    project_dirty()
    return page


def test_it_is_known_only_where_it_is_installed() -> None:
    assert "tests.kinds.questions" in settings.INSTALLED_APPS
    call_command("check", fail_level="WARNING")


def test_it_is_published_and_shown_under_its_own_heading(question: QuestionPage, waterhoven: MunicipalityPage) -> None:
    assert "op zaterdag" in Client().get(question.url).content.decode()
    section = Client().get(waterhoven.url).content.decode()
    assert "Wat vragen zij?" in section
    assert question.title in section


def test_it_is_found_counted_and_filtered_on_both_engines(question: QuestionPage, ask: Ask) -> None:
    answer = ask(q="zaterdag meekijken")
    assert [(hit["id"], hit["kind"]) for hit in answer["results"]] == [(question.pk, "question")]
    kinds = {value["value"]: (value["label"], value["count"]) for value in answer["facets"]["kind"]}
    assert kinds["question"] == ("Vraag", 1)
    assert ask(kind="question")["count"] == 1
    assert ask(q="zaterdag", kind="lesson")["count"] == 0
    assert answer["facets"]["haste"][0] | {"selected": False} == {
        "value": "week", "label": "deze week", "count": 1, "selected": False,
    }  # fmt: skip
    assert [ask(haste=value)["count"] for value in ("week", "none")] == [1, 0]


def test_it_stands_in_the_api_description() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    [kind] = [one for one in described["paths"]["/search"]["get"]["parameters"] if one["name"] == "kind"]
    assert "question" in str(kind) or "question" in str(described["components"]["schemas"])


def test_it_is_in_the_feed_and_in_the_mail_of_who_follows(question: QuestionPage) -> None:
    assert question.title in Client().get(reverse("search_feed"), {"q": "zaterdag"}).content.decode()
    week = digest.week_of(timezone.localdate() + datetime.timedelta(days=7))
    assert [(one.title, one.kind) for one in digest.read(week)] == [(question.title, "Vraag")]


def test_it_is_for_the_right_people(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, committed: Committed, ask: Ask
) -> None:
    with committed():
        page = QuestionFactory(parent=waterhoven, visibility="own")
    project_dirty()
    colleague, elsewhere = client_for(person("member", "GM9901")), client_for(person("member", "GM9910"))
    assert [one.get(page.url).status_code for one in (Client(), elsewhere, colleague)] == [404, 404, 200]
    assert ask(q="zaterdag")["count"] == 0
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client_for(person("author", "GM9901")).get(edit).status_code == 200
    assert client_for(person("author", "GM9910")).get(edit).status_code == 404


def test_it_is_listed_in_the_admin_with_its_own_column(question: QuestionPage, person: Person) -> None:
    listed = client_for(person("author", "GM9901")).get(reverse("vragen:index")).content.decode()
    assert question.title in listed
    assert "deze week" in listed


def test_it_is_asked_about_after_its_own_days(question: QuestionPage) -> None:
    question.confirmed_at = datetime.date(2026, 1, 1)
    assert question.due_on() == datetime.date(2026, 1, 31)


def test_it_is_imported_with_its_own_columns(waterhoven: MunicipalityPage) -> None:
    row = {
        "kind": "Vraag",
        "municipality": "GM9901",
        "title": "Wie weet dit?",
        "text": "Hoe dan?",
        "haste": "deze week",
    }
    report = run([Record(2, row)], Options(publish=True))
    assert not report.errors
    page = Contribution.objects.get(title="Wie weet dit?").specific
    assert (page.kind.slug, page.haste, page.wording) == ("question", "week", "<p>Hoe dan?</p>")


def test_it_is_written_in_the_admin(waterhoven: MunicipalityPage, person: Person) -> None:
    add: Any = reverse("wagtailadmin_pages:add", args=["questions", "questionpage", waterhoven.pk])
    assert client_for(person("author", "GM9901")).get(add).status_code == 200
