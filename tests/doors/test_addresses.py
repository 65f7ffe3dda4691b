"""A page gets an address of its own whatever its title: in another script, of signs only, or that of a sibling."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from exchange.contributions.addresses import LENGTH, Addressed, address_of
from exchange.contributions.models import Contribution
from exchange.importing.files import Record
from exchange.importing.run import Options, run
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.sections.opening import add_department
from exchange.themes.models import Keyword
from tests.conftest import Committed, Person
from tests.factories import InitiativeFactory
from tests.publishing.test_card import fields
from tests.sections.test_opening import FORM

pytestmark = pytest.mark.django_db
TITLES = ["Довідка для біженців", "دليل القادمين الجدد", "መምርሒ", "新移民指南", "😀", "!?…", "…!?", "Ωδη", "œuvre"]


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Довідка для біженців", "dovidka-dlya-bizhentsiv"),
        ("Coördinator: één loket!", "coordinator-een-loket"),
        ("Straße & plein", "strasse-plein"),
        ("!?", ""),
        ("", ""),
        ("a" * 300, "a" * LENGTH),
        (("woord " * 40).strip(), "-".join(["woord"] * 16)),
    ],
)
def test_an_address_is_read_aloud_in_ascii(title: str, address: str) -> None:
    assert address_of(title) == address


@given(st.text())
def test_every_address_fits_and_is_plain(title: str) -> None:
    address = address_of(title)
    assert len(address) <= LENGTH
    assert address.isascii()
    assert not address.startswith("-")
    assert not address.endswith("-")


def test_every_page_of_ours_gets_an_address() -> None:
    ours = {model for model in apps.get_models() if issubclass(model, Page) and model is not Page}
    assert ours
    assert all(issubclass(model, Addressed) for model in ours)


def test_cards_in_any_script_are_saved_offered_placed_and_found(
    waterhoven: MunicipalityPage, person: Person, committed: Committed
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    client = Client()
    client.force_login(author)
    for title in TITLES:
        assert client.post("/schrijven/initiatief/", fields(title=title)).status_code == 302
        page = InitiativePage.objects.get(title=title)
        assert page.slug
        with committed():
            client.post(f"/schrijven/{page.pk}/klaar/", {"looked": "on"})
            page.refresh_from_db()
            reading.answer(page.current_workflow_task_state, editor, approve=True, revision=page.latest_revision_id)
        address = InitiativePage.objects.get(pk=page.pk).url
        assert client.get(address).status_code == 200
        assert address in client.get("/zoeken/feed/").content.decode()
        assert address in client.get("/sitemap.xml").content.decode()
    slugs = list(InitiativePage.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == len(TITLES)
    assert {"initiatief-1", "initiatief-2"} < set(slugs)


def test_titles_that_become_the_same_address_get_a_number(waterhoven: MunicipalityPage) -> None:
    for title in ("Опора", "Opora", "ОПОРА"):
        InitiativeFactory(parent=waterhoven, title=title, slug="")
    assert set(InitiativePage.objects.values_list("slug", flat=True)) == {"opora", "opora-2", "opora-3"}


def _row(line: int, title: str) -> dict[str, str]:
    return {"municipality": "GM9901", "external_id": str(line), "title": title, "text": "Wegwijzer."}


def test_an_import_a_department_and_a_copy_get_an_address(waterhoven: MunicipalityPage) -> None:
    titles = ["دليل القادمين الجدد", "Довідка для біженців", "መምርሒ"]
    rows = [Record(line, _row(line, title)) for line, title in enumerate(titles, 2)]
    report = run(rows, Options())
    assert not report.errors
    slugs = list(InitiativePage.objects.order_by("pk").values_list("slug", flat=True))
    assert all(slugs)
    assert len(set(slugs)) == len(titles)
    assert add_department(waterhoven, "Команда").slug == "komanda"
    assert add_department(waterhoven, "؟").slug == "afdeling-of-team-1"
    copied = InitiativePage.objects.first().copy(to=DepartmentPage.objects.first())
    assert copied.slug == slugs[0]


def test_a_draft_without_an_address_gets_one_when_it_is_offered(
    waterhoven: MunicipalityPage, person: Person, committed: Committed
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven, title="Довідка", published=False, owner=author)
    Page.objects.filter(pk=page.pk).update(slug="", url_path=f"{waterhoven.url_path}/")
    page.refresh_from_db()
    page.latest_revision.content |= {"slug": "", "url_path": page.url_path}
    page.latest_revision.save()
    with committed():
        reading.offer(page, author)
        page.refresh_from_db()
        reading.answer(page.current_workflow_task_state, editor, approve=True, revision=page.latest_revision_id)
    placed = InitiativePage.objects.get(pk=page.pk)
    assert (placed.live, placed.slug) == (True, "dovidka")
    assert Client().get(placed.url).status_code == 200


@pytest.mark.parametrize("title", ["دليل", "!!"])
def test_in_the_admin_the_address_may_stay_open(waterhoven: MunicipalityPage, person: Person, title: str) -> None:
    author = person("author", "GM9901")
    client = Client()
    client.force_login(author)
    sent = FORM | {"title": title, "slug": "", "summary": "x", "trust": "null"}
    response = client.post(f"/beheer/pages/add/initiatives/initiativepage/{waterhoven.pk}/", sent)
    assert response.status_code == 302, response.content.decode()[:2000]
    assert InitiativePage.objects.get().slug in ("dlyl", "initiatief-1")


def test_what_looks_the_same_is_one_keyword(waterhoven: MunicipalityPage) -> None:
    spellings = ["gei\u0308nteresseerd", "ge\u00efnteresseerd", "GE\u00cfNTERESSEERD", "ge\u00ad\u00efnteresseerd"]
    rows = [
        Record(line, _row(line, f"Proef {line}") | {"tags": tag})
        for line, tag in enumerate([*spellings, "ge\u00efnteresseerd\u200b"], 2)
    ]
    report = run(rows, Options())
    assert not report.errors, report.errors
    assert [keyword.name for keyword in Keyword.objects.all()] == ["geïnteresseerd"]
    assert Contribution.objects.filter(keywords__name="geïnteresseerd").count() == 5
