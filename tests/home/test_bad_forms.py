"""What Wagtail cannot read is a bad request; a mistake of ours stays one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from home.middleware import is_tampered
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
EMPTY: dict[str, str] = {}


def test_an_editor_form_without_its_fields_is_refused(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    response = signed_in("editor", "GM9901").post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x"})
    assert response.status_code == 400
    assert "Dit konden we niet lezen" in response.content.decode()


def test_a_copy_to_nowhere_is_refused(waterhoven: MunicipalityPage, signed_in: Callable[..., Client]) -> None:
    page = InitiativeFactory(parent=waterhoven)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert signed_in("administrator").post(address, {"new_title": "x"}).status_code == 400


@pytest.mark.parametrize(
    "data",
    [
        {"title": "x", "problem-count": "x"},
        {"overwrite_revision_id": "abc"},
        {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "1", "comments-0-id": "abc"},
    ],
)
def test_an_editor_form_with_something_else_in_it_is_refused(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], data: dict[str, str]
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert signed_in("editor", "GM9901").post(address, data).status_code in {200, 302, 400}


def test_a_way_on_that_is_no_address_is_refused(waterhoven: MunicipalityPage, signed_in: Callable[..., Client]) -> None:
    page = InitiativeFactory(parent=waterhoven)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert signed_in("administrator").post(address, {"next": "900000,900001"}).status_code == 400


def test_a_number_that_no_database_holds_is_an_id_of_nothing(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    huge = 10**30
    data = {"title": "Inloop", "contact": str(huge)}
    assert signed_in("author", "GM9901").post(reverse("new_card"), data).status_code == 200
    assert not InitiativePage.objects.exists()
    for pages in (
        InitiativePage.objects.filter(pk=huge),
        InitiativePage.objects.filter(pk__in=[huge, -huge]),
        InitiativePage.objects.filter(contact__in=[huge]),
        InitiativePage.objects.filter(depth__in=[huge]),
    ):
        assert not pages.exists()
    assert InitiativePage.objects.exclude(pk=huge).count() == InitiativePage.objects.count()


def test_a_mistake_of_ours_in_the_editor_is_not_hidden(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Wagtail's code was at work last, as with a field that hides a method."""
    page = InitiativeFactory(parent=waterhoven)
    monkeypatch.setattr(InitiativePage, "get_admin_display_title", "no method", raising=False)
    client = signed_in("editor", "GM9901")
    with pytest.raises(TypeError):
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def test_an_error_is_of_the_form_only_at_the_places_that_are_named() -> None:
    class Field(forms.CharField):
        widget = type("Widget", (forms.TextInput,), {"value_from_datadict": lambda *_: EMPTY["missing"]})

    with pytest.raises(KeyError) as caught:
        type("Form", (forms.Form,), {"field": Field()})({}).is_valid()
    assert is_tampered("wagtailadmin_pages:edit", caught.value)
    assert not is_tampered("upload", caught.value)
    with pytest.raises(KeyError) as elsewhere:
        EMPTY["missing"]
    assert not is_tampered("wagtailadmin_pages:edit", elsewhere.value)


def test_a_mistake_of_ours_is_not_hidden(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(page: InitiativePage) -> None:
        raise ValueError("ours")

    monkeypatch.setattr(InitiativePage, "completeness_items", mistake)
    page = InitiativeFactory(parent=waterhoven, published=False)
    client = signed_in("editor", "GM9901")
    with pytest.raises(ValueError, match="ours"):
        client.get(reverse("card_done", args=[page.pk]))
