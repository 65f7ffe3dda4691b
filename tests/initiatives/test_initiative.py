"""What an initiative must have before it may say so."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from exchange.contributions.completeness import Level
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from tests.factories import ContactFactory, InitiativeFactory

DAY = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"phase": "secured"}, {"decision", "funding_sources", "responsible", "secured_until"}),
        ({"phase": "stopped"}, {"stopped_reason"}),
        ({"phase": "stopped", "stopped_reason": "Geen geld."}, set()),
        ({"phase": "stopped", "is_imported": True}, set()),
        ({"started_at": DAY, "ended_at": DAY - datetime.timedelta(days=1)}, {"ended_at"}),
        ({"title": "x" * 101}, {"title"}),
        ({"summary": "x" * 281}, {"summary"}),
        ({"summary": ""}, {"summary"}),
        ({"cost_once": "veel"}, {"cost_once"}),
        ({"source_url": "geen adres"}, {"source_url"}),
    ],
)
def test_what_does_not_fit_is_named_by_field(
    waterhoven: MunicipalityPage, fields: dict[str, Any], wrong: set[str]
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    for name, value in fields.items():
        setattr(page, name, value)
    if not wrong:
        page.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert set(caught.value.message_dict) == wrong


def test_the_basic_card_makes_a_basis(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven)
    assert page.completeness().level is Level.BEGIN
    assert page.completeness().next == "doelgroepen"
    whole = InitiativeFactory(parent=waterhoven, target_groups=["lvb"], contact=ContactFactory(parent=waterhoven))
    assert whole.completeness().level is Level.BASIC


def test_it_knows_where_it_stands(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven)
    assert (page.municipality_id, page.department) == ("GM9901", None)


@pytest.mark.django_db
def test_outside_a_section_it_cannot_stand() -> None:
    home = Page.objects.get(depth=2)
    with pytest.raises(ValidationError, match="hoort in het deel"):
        home.add_child(instance=InitiativePage(title="Zwerver", summary="Nergens."))
