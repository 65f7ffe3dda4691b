"""Every kind of contribution is described whole, and can be edited with something in each of its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from wagtail.models import Page

from exchange.contributions.checks import every_kind_is_described, hidden, no_field_hides_a_method, problems, subclasses
from exchange.contributions.kinds import kind_of, kinds, page_class
from exchange.contributions.models import Contribution
from exchange.lessons.models import LessonPage
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person
from tests.factories import UserFactory
from tests.filling import Filler, panels
from tests.publishing.conftest import client_for

KINDS = sorted(subclasses(Contribution), key=lambda model: model.__name__)


def full(model: type[Page], section: Page, filler: Filler, **fields: Any) -> Any:
    """A page of a kind with something in every field of its editor."""
    page = model(live=False, owner=UserFactory(), **fields)
    for panel in panels(model):
        if getattr(panel, "field_name", "") not in {"go_live_at", "expire_at"}:
            filler.fill(page, panel, 0)
    section.add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


# Wagtail leaves the file of a thumbnail to be cleaned up.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize("role", ["author", "editor", "administrator"])
def test_the_editor_opens_with_something_in_every_field(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, model: type[Page], role: str
) -> None:
    page = full(model, waterhoven, Filler(waterhoven, veldersloot))
    user = person(role, None if role == "administrator" else "GM9901")
    response = client_for(user).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "Hoe volledig" in response.content.decode()


def test_no_field_hides_a_method() -> None:
    assert KINDS
    assert no_field_hides_a_method() == []


def test_a_field_that_hides_a_method_is_found() -> None:
    class Base(models.Model):
        class Meta:
            app_label = "contributions"
            abstract = True

        def advice(self) -> list[str]:
            return []

        @property
        def state_id(self) -> int:
            return 1

    meta = type("Meta", (), {"app_label": "contributions", "abstract": True})
    fields = {"advice": models.TextField(), "__module__": __name__, "Meta": meta}
    lesson = type("Lesson", (Base,), fields)
    assert list(hidden(lesson)) == [("advice", Base)]


def test_every_kind_is_described_and_found_by_its_slug_in_its_order() -> None:
    assert every_kind_is_described() == []
    assert [kind.slug for kind in kinds()] == ["initiative", "lesson", "contact", "adoption"]
    for kind in kinds():
        assert kind_of(kind.slug) is kind
        assert page_class(kind).kind is kind
        assert not kind.form or reverse(kind.form, args=[1])
    assert kind_of("nothing") is None


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"slug": ""}, "contributions.E003"),
        ({"slug": "far-too-long-a-slug"}, "contributions.E003"),
        ({"slug": "contact"}, "contributions.E004"),
        ({"columns": {"absent": "Afwezig"}}, "contributions.E005"),
        ({"imported": {"text": "absent"}}, "contributions.E005"),
    ],
    ids=["no slug", "a long slug", "a slug twice", "a column without a field", "a file without a field"],
)
def test_a_description_that_lacks_something_is_said_at_start(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], number: str
) -> None:
    monkeypatch.setattr(LessonPage, "kind", replace(LessonPage.kind, **changes))
    assert number in {error.id for error in every_kind_is_described()}


def test_a_kind_without_a_description_is_said_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(LessonPage, "kind")
    assert [number for number, _words in problems(LessonPage, {})] == ["contributions.E002"]
