"""An initiative that hundreds took over: its page asks the database no more often."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.adoptions.choices import Answer
from exchange.adoptions.models import SourceAnswer
from exchange.municipalities.alike import municipalities_like
from exchange.sections.models import MunicipalityPage
from search import vocabulary
from tests.benchmark.reuse import MANY, adopt
from tests.conftest import Committed
from tests.factories import AdoptionFactory, InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_two_hundred_adoptions_take_no_more_queries(
    waterhoven: MunicipalityPage, committed: Committed, signed_in: Callable[..., Client], reader: str
) -> None:
    client = Client() if reader == "visitor" else signed_in("member", "GM9910")
    with committed():
        page = InitiativeFactory(parent=waterhoven, core_elements=[("line", "Een vast gezicht")])
    addresses = [page.url, reverse("who_else", args=[page.pk]), f"{reverse('propose')}?initiatief={page.pk}"]

    def queries(address: str) -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vocabulary, "KEPT", 1_000_000_000)
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
        return len(captured)

    adopt(page, 2)
    before = [queries(address) for address in addresses]
    adopt(page, MANY - 2)
    shown = client.get(page.url).content.decode()
    assert f"Loopt in {MANY} andere gemeenten." in shown
    assert [queries(address) for address in addresses] == before


def test_a_member_reads_first_of_municipalities_like_the_own(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    made = AdoptionFactory(parent=veldersloot, initiative=page, result="same")
    SourceAnswer.objects.update_or_create(adoption=made, defaults={"answer": Answer.CONFIRMED})
    told = "Bij gemeenten zoals die van jou:"
    near = municipalities_like("GM9910")[0].code
    assert told in signed_in("member", near).get(page.url).content.decode()
    # Noorderkade has 421,500 inhabitants, Veldersloot 24,100.
    assert told not in signed_in("member", "GM9914").get(page.url).content.decode()
    assert told not in Client().get(page.url).content.decode()


def test_a_municipality_that_does_it_twice_is_one(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven)
    for number in range(2):
        made = AdoptionFactory(parent=veldersloot, initiative=page, slug=f"zo-{number}")
        SourceAnswer.objects.update_or_create(adoption=made, defaults={"answer": Answer.CONFIRMED})
    assert "Loopt in 1 andere gemeente." in Client().get(page.url).content.decode()
