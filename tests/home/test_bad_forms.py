"""What Wagtail cannot read is a bad request; a mistake of ours stays one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from home.middleware import whose
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_an_editor_form_without_its_fields_is_refused(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    response = signed_in("editor", "GM9901").post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x"})
    assert response.status_code == 400
    assert "Dit konden we niet lezen" in response.content.decode()


def test_a_number_that_no_database_holds_breaks_nothing(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    data = {"title": "Inloop", "contact": "9" * 30}
    # SQLite cannot take it; PostgreSQL looks for it, and the form says that it is no choice.
    assert signed_in("author", "GM9901").post(reverse("new_card"), data).status_code in {200, 400}
    assert not InitiativePage.objects.exists()


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
    assert whose(None) == ""
