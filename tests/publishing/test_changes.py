"""Who reads along sees every change of a placed page, whatever kind of field it is in."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.admin.panels import InlinePanel
from wagtail.documents.models import Document
from wagtail.models import Page

from exchange.contributions.attached import Attachment
from exchange.contributions.choices import Visibility
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.publishing.changes import changed, shown
from exchange.publishing.comparisons import ChoiceListComparison, said
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from tests.conftest import Person
from tests.contributions.test_kinds import KINDS, full
from tests.factories import InitiativeFactory
from tests.filling import Filler, panels

from .conftest import client_for, write

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def offered_change(page: Contribution, draft: Contribution, writer: Any) -> str:
    """Offer a new version; the page that who reads along sees."""
    draft.save_revision(user=writer, clean=False)
    page.refresh_from_db()
    page.get_workflow().start(page, writer)
    return f"/meelezen/{page.current_workflow_task_state.pk}/"


@pytest.mark.parametrize("model", KINDS)
def test_every_field_of_a_kind_is_shown_when_it_changes(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, model: type[Page]
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    filler = Filler(waterhoven, veldersloot)
    page = full(model, waterhoven, filler)
    draft = page.get_latest_revision_as_object()
    labels = []
    for panel in panels(model):
        filler.fill(draft, panel, 1)
        field = panel.db_field
        labels.append(str(panel.heading if isinstance(panel, InlinePanel) else field.verbose_name))
    response = client_for(editor).get(offered_change(page, draft, author))
    assert response.status_code == 200
    told = {change.label.lower(): change.html for change in response.context["changes"]}
    assert {label.lower() for label in labels} <= set(told)
    # Neither what Python calls nothing or a yes, nor its quotes, nor what is stored.
    assert not [html for html in told.values() if any(word in html for word in ("None", "True", "[&#x27;", "object ("))]


def documents_of(page: InitiativePage, *titles: str) -> InitiativePage:
    """The newest version of a page, with these attachments; those that it has already stay the same rows."""
    draft: InitiativePage = page.get_latest_revision_as_object()
    known = {one.title: one for one in draft.attachments.all()}
    rows = [
        known.get(title) or Attachment(title=title, document=Document.objects.create(title=title)) for title in titles
    ]
    for place, row in enumerate(rows):
        row.sort_order = place
    draft.attachments.set(rows)
    return draft


@pytest.mark.parametrize(
    ("after", "told", "not_told"),
    [
        (["Een", "Twee", "Drie"], '<li class="addition">Document: Drie, Naam: Drie</li>', "Twee"),
        (["Twee"], '<li class="deletion">Document: Een, Naam: Een</li>', "Twee"),
        (["Twee", "Een"], "De volgorde is veranderd.", "Een"),
    ],
)
def test_attachments_that_came_went_and_moved_are_told(
    waterhoven: MunicipalityPage, person: Person, after: list[str], told: str, not_told: str
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven)
    documents_of(page, "Een", "Twee").save_revision().publish()
    page = InitiativePage.objects.get(pk=page.pk)
    address = offered_change(page, documents_of(page, *after), author)
    (change,) = client_for(editor).get(address).context["changes"]
    assert change.label == "Bijlagen"
    assert told in change.html
    assert not_told not in change.html


def test_an_attachment_that_changed_is_told_and_escaped(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven)
    documents_of(page, "Een", "Twee").save_revision().publish()
    page = InitiativePage.objects.get(pk=page.pk)
    draft = documents_of(page, "Een", "Twee")
    draft.attachments.first().title = "Draaiboek <b>nieuw</b>"
    html = client_for(editor).get(offered_change(page, draft, author)).content.decode()
    assert '<span class="addition">Draaiboek ' in html
    assert "<b>nieuw</b>" not in html


def test_themes_in_another_order_are_no_change(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    themes = list(Theme.objects.order_by("name")[:2])
    page = InitiativeFactory(parent=waterhoven, themes=[one.slug for one in themes])
    draft = page.get_latest_revision_as_object()
    draft.themes.set(list(reversed(themes)), clear=True)
    told = client_for(editor).get(offered_change(page, draft, author)).context["changes"]
    assert told == []


def test_a_comparison_that_can_do_nothing_says_that_something_changed() -> None:
    class Unknown:
        def field_label(self) -> str:
            return "Iets nieuws"

        def has_changed(self) -> bool:
            return True

    (change,) = changed([Unknown()])
    assert change.label == "Iets nieuws"
    assert "veranderd" in change.html


def test_choices_are_told_by_their_label(waterhoven: MunicipalityPage) -> None:
    field = InitiativePage._meta.get_field("made_with")
    first, second, *_others = field.values
    before, after = InitiativePage(made_with=[first.value]), InitiativePage(made_with=[second.value])
    html = shown(ChoiceListComparison(field, before, after))
    assert str(first.label) in html
    assert first.value not in html.replace(str(first.label), "")


def test_yes_no_and_nothing_are_words() -> None:
    assert [said(value) for value in (True, False, None, 3)] == ["ja", "nee", "", "3"]


def test_a_section_is_read_along_too(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    draft = waterhoven.get_latest_revision_as_object()
    draft.reception_places = [("place", {"kind": "azc", "long_term": True, "town": "Waterhoven"})]
    assert reading.colleagues(waterhoven)
    response = client_for(editor).get(offered_change(waterhoven, draft, author))
    assert response.status_code == 200
    assert response.context["changes"]


def test_who_may_read_it_is_told_by_its_label(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven)
    write(page, author, visibility=Visibility.OWN)
    page.refresh_from_db()
    reading.offer(page, author)
    response = client_for(editor).get(f"/meelezen/{page.current_workflow_task_state.pk}/")
    (change,) = response.context["changes"]
    assert str(Visibility.OWN.label) in change.html
