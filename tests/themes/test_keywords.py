"""Of keywords that look alike there is one, wherever they come from."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Keyword, keyword_key
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

ALIKE = [
    "gei\u0308nteresseerd",
    "ge\u00efnteresseerd",
    "GE\u00cfNTERESSEERD",
    "ge\u00ad\u00efnteresseerd",
    "ge\u00efnteresseerd\u200b",
]


def test_spellings_that_look_alike_are_one_keyword(waterhoven: MunicipalityPage) -> None:
    for spelling in ALIKE:
        page = InitiativeFactory(parent=waterhoven)
        page.keywords.set([spelling, "Straße", "STRASSE"])
        page.save()
    assert Keyword.objects.count() == 2
    assert Keyword.objects.get(name__iexact=ALIKE[2]).name == "geïnteresseerd"


def test_two_in_one_text_are_one(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven)
    page.keywords.set(ALIKE)
    page.save()
    assert [one.name for one in InitiativePage.objects.get(pk=page.pk).keywords.all()] == ["geïnteresseerd"]


def test_doubles_that_exist_become_one_and_pages_and_drafts_keep_it(waterhoven: MunicipalityPage) -> None:
    first, second = InitiativeFactory(parent=waterhoven), InitiativeFactory(parent=waterhoven)
    first.keywords.set(["één", "rood"])
    second.keywords.set(["twee", "blauw"])
    for page in (first, second):
        page.save()
        page.save_revision()
    # As an older version left them: the same word in capitals, which SQLite takes for another.
    Keyword.objects.filter(name="twee").update(name="ÉÉN", key="ÉÉN")
    merge = import_module("exchange.themes.migrations.0003_one_keyword_for_what_looks_alike").merge
    merge(apps, connection.schema_editor())
    assert sorted(Keyword.objects.values_list("name", "key")) == sorted(
        (name, keyword_key(name)) for name in ("één", "rood", "blauw")
    )
    for page, other in ((first, "rood"), (second, "blauw")):
        fresh = InitiativePage.objects.get(pk=page.pk)
        assert {one.name for one in fresh.keywords.all()} == {"één", other}
        draft = fresh.get_latest_revision_as_object()
        assert {link.tag.name for link in draft.keyword_links.all()} == {"één", other}
