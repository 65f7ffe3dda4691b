"""A contact: role first, for members unless opened, and key persons through an organisation only."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from exchange.contacts.models import ContactPage, works_on
from exchange.organisations.models import Organisation
from exchange.sections.models import MunicipalityPage
from tests.factories import ContactFactory

MONDAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "away_until", "expected"),
    [
        (["1", "3"], None, True),
        (["2"], None, False),
        ([], None, None),
        (["1"], MONDAY, False),
        (["1"], MONDAY - datetime.timedelta(days=1), True),
        ([], MONDAY, False),
    ],
)
def test_reachable_today(days: list[str], away_until: datetime.date | None, expected: bool | None) -> None:
    assert works_on(MONDAY, working_days=days, away_until=away_until) is expected


@pytest.mark.django_db
def test_a_new_contact_is_for_members() -> None:
    assert ContactPage().visibility == "members"
    assert ContactPage(visibility="public").visibility == "public"


def test_a_key_person_is_reached_through_an_organisation_with_consent(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven)
    contact.contact_kind, contact.visibility, contact.phone = "key_person", "public", "000"
    with pytest.raises(ValidationError) as caught:
        contact.full_clean()
    assert set(caught.value.message_dict) == {"organisation", "consent_given_at", "visibility", "person_name"}
    contact.organisation = Organisation.objects.create(name="Samen")
    contact.consent_given_at, contact.visibility, contact.phone = MONDAY, "members", ""
    contact.full_clean()


def test_nobody_stands_in_for_themselves(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven)
    contact.stand_in = contact
    with pytest.raises(ValidationError, match="iemand anders"):
        contact.full_clean()


def test_an_unknown_language_is_refused(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven)
    contact.languages = ["nl", "klingon"]
    with pytest.raises(ValidationError, match="klingon"):
        contact.full_clean()
