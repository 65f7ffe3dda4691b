"""The admin as a writer meets it: own contributions only, what to do next, our own name."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from exchange.adoptions.models import AdoptionPage
from exchange.dashboard.to_do import to_do
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, LessonFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def adopted(parent: MunicipalityPage, **fields: Any) -> AdoptionPage:
    """An adoption of something that Havenrode does."""
    open_section(source := MunicipalityPage.objects.get(municipality="GM9915"))
    page: AdoptionPage = AdoptionFactory(parent=parent, initiative=InitiativeFactory(parent=source), **fields)
    return page


LISTS = {
    "initiatieven": InitiativeFactory,
    "toepassingen": adopted,
    "lessen": LessonFactory,
    "aanspreekpunten": ContactFactory,
}


@pytest.mark.parametrize("name", LISTS)
def test_each_kind_has_a_list_of_what_one_may_edit(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn, name: str
) -> None:
    LISTS[name](parent=waterhoven, title="Van ons", confirmed_at="2020-02-01")
    LISTS[name](parent=veldersloot, title="Van een ander")
    LISTS[name](parent=veldersloot, title="Concept van een ander", published=False)
    text = signed_in("editor", "GM9901").get(f"/beheer/{name}/").content.decode()
    assert "Van ons" in text
    assert "van een ander" not in text.lower()
    for column in ("Klopt nog op", "Hoe volledig", "Wie mag dit lezen"):
        assert column in text
    # Not confirmed for years (nobody is asked about a lesson), and the first thing it lacks is named.
    assert ("niet bevestigd" in text) == (name != "lessen")
    assert " – " in text
    everything = signed_in("administrator").get(f"/beheer/{name}/").content.decode()
    assert "Van een ander" in everything


def test_a_list_takes_two_queries_more_for_each_page(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    """Of who may not publish alone, Wagtail asks for each page whether something below it is live: twice."""
    client = signed_in("editor", "GM9901")
    counts = []
    for batch in (2, 14):
        for number in range(batch):
            InitiativeFactory(parent=waterhoven, title=f"Initiatief {batch} {number}")
        client.get("/beheer/initiatieven/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/beheer/initiatieven/")
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2 * 14


def test_the_front_page_says_what_to_do_next(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn, person: Person
) -> None:
    today = timezone.localdate()
    InitiativeFactory(parent=waterhoven, title="Oud initiatief", confirmed_at=today - datetime.timedelta(days=500))
    InitiativeFactory(parent=waterhoven, title="Vers initiatief", confirmed_at=today)
    LessonFactory(parent=waterhoven, title="Half af", published=False)
    InitiativeFactory(parent=veldersloot, title="Van een ander")
    found = to_do(person("editor", "GM9901"))
    assert [one.page.title for one in found.drafts] == ["Half af"]
    assert [one.page.title for one in found.confirm] == ["Oud initiatief"]
    assert {one.page.title for one in found.complete} == {"Oud initiatief", "Vers initiatief"}
    assert {one.lacks for one in found.complete} == {"doelgroepen"}
    text = signed_in("editor", "GM9901").get("/beheer/").content.decode()
    for expected in (
        "Wat kun je nu doen?",
        "Oud initiatief",
        "Half af",
        "Nieuw bij Waterhoven",
        "Welkom bij Samenwijzer",
    ):
        assert expected in text
    assert "Van een ander" not in text


def test_who_is_done_hears_so(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    assert "Alles is bij" in signed_in("editor", "GM9901").get("/beheer/").content.decode()


def test_the_choosers_offer_the_own_files_only(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person
) -> None:
    for name in ("Waterhoven", "Veldersloot"):
        collection = Collection.objects.get(name__endswith=name)
        for model, file in ((Image, get_test_image_file()), (Document, ContentFile(b"x", "x.txt"))):
            model.objects.create(title=f"Van {name}", file=file, collection=collection)
    for model in (Image, Document):
        policy = policy_registry.get_by_type(model)
        offered = policy.instances_user_has_any_permission_for(person("editor", "GM9901"), ["choose"])
        assert [one.title for one in offered] == ["Van Waterhoven"]


def test_the_preview_of_a_draft_is_the_page(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    page = InitiativeFactory(parent=waterhoven, title="Nog niet geplaatst", published=False)
    response = signed_in("editor", "GM9901").get(f"/beheer/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    text = response.content.decode()
    assert "Nog niet geplaatst" in text
    assert "Wie kun je bellen?" in text
