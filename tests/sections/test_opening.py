"""Opening a section: its people may write there, and nowhere else. Doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.sections.opening import add_department, open_section
from exchange.sections.tree import add_missing_pages
from exchange.themes.models import Theme
from tests.factories import DepartmentFactory, InitiativeFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def everything() -> tuple[int, ...]:
    models = (Group, Collection, GroupPagePermission, GroupCollectionPermission, DepartmentPage, MunicipalityPage)
    return tuple(model.objects.count() for model in models)


def command(*arguments: str, **options: str) -> str:
    out = StringIO()
    call_command("open_section", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_municipality_is_open_after_one_command_and_stays_so() -> None:
    page = MunicipalityPage.objects.get(municipality="GM9902")
    assert not page.has_joined
    assert "GM9902 editor" in command("GM9902")
    assert MunicipalityPage.objects.get(pk=page.pk).has_joined
    before = everything()
    command("Polderwaard")
    assert everything() == before


def test_a_department_is_added_and_opened_with_its_municipality() -> None:
    command("GM9902", department="Team Jeugd")
    before = everything()
    command("GM9902", department="team jeugd")
    assert everything() == before
    department = DepartmentPage.objects.get(title="Team Jeugd")
    assert department.municipality_page().has_joined
    opened = open_section(department)
    assert opened.collection.get_parent().name.startswith("GM9902")


def test_a_dissolved_code_opens_its_successor() -> None:
    old = Municipality.objects.filter(successors__code="GM1978").first()
    assert old is not None
    assert "GM1978" in command(old.code)


@pytest.mark.parametrize("name", ["GM0000", "Nergenshuizen", ""])
def test_an_unknown_municipality_is_refused_with_advice(name: str) -> None:
    with pytest.raises(CommandError, match="CBS code"):
        command(name)


def test_a_renamed_municipality_keeps_its_collection(waterhoven: MunicipalityPage) -> None:
    first = open_section(waterhoven).collection
    waterhoven.municipality.name = "Waterhaven"
    assert open_section(waterhoven).collection == first


def test_missing_pages_are_added_once() -> None:
    page = MunicipalityPage.objects.get(municipality="GM9913")
    index = page.get_parent().specific
    page.delete()
    assert add_missing_pages(index) == 1
    assert add_missing_pages(index) == 0


def test_the_same_department_title_in_two_municipalities(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage
) -> None:
    one, other = add_department(waterhoven, "Team Jeugd"), add_department(veldersloot, "Team Jeugd")
    assert one.pk != other.pk
    assert open_section(one).collection != open_section(other).collection


# --- what its people may do

FORM = {
    "title": "Nieuw initiatief", "slug": "nieuw-initiatief", "summary": "Een samenvatting.", "phase": "running",
    "safety_check": "done", "visibility": "public", "licence": "cc-by-4.0", "language": "nl",
    **{f"{name}-{field}": "0" for name in ("attachments", "partners") for field in ("TOTAL_FORMS", "INITIAL_FORMS")},
    **{f"{name}-count": "0" for name in (
        "problem", "approach", "results", "core_elements", "adaptable_elements", "preconditions", "recognitions",
    )},
}  # fmt: skip


def add_by_form(client: Client, section: MunicipalityPage | DepartmentPage, **fields: object) -> int:
    themes = list(Theme.objects.filter(slug="wmo").values_list("pk", flat=True))
    rich = {"trust": "null"}
    response = client.post(
        f"/beheer/pages/add/initiatives/initiativepage/{section.pk}/", {**FORM, **rich, "themes": themes, **fields}
    )
    return int(response.status_code)


def test_an_author_writes_a_draft_in_the_own_section_only(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn
) -> None:
    client = signed_in("author", "GM9901")
    assert add_by_form(client, waterhoven) == 302
    page = InitiativePage.objects.get()
    assert (page.live, page.municipality_id) == (False, "GM9901")
    assert [theme.slug for theme in page.get_latest_revision_as_object().theme_list()] == ["wmo"]
    assert add_by_form(client, veldersloot) in {302, 403, 404}
    assert InitiativePage.objects.count() == 1


def test_in_a_section_nobody_publishes_alone(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    page = InitiativeFactory(parent=waterhoven, published=False)
    address = f"/beheer/pages/{page.pk}/edit/"
    themes = list(Theme.objects.filter(slug="wmo").values_list("pk", flat=True))
    form = {**FORM, "trust": "null", "themes": themes, "action-publish": "1"}
    for role in ("author", "editor"):
        signed_in(role, "GM9901").post(address, form)
        assert not InitiativePage.objects.get().live
    signed_in("administrator").post(address, form)
    assert InitiativePage.objects.get().live


def test_a_department_role_covers_that_department(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    own, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    open_section(own)
    client = signed_in("author", "GM9901", own.page_ptr)
    assert add_by_form(client, own) == 302
    assert add_by_form(client, other, slug="anders") in {302, 403, 404}
    assert [page.department_id for page in InitiativePage.objects.all()] == [own.pk]


def test_a_member_has_no_admin(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    response = signed_in("member", "GM9901").get("/beheer/")
    assert response.status_code == 403


@pytest.mark.parametrize(
    "action", ["edit/", "delete/", "unpublish/", "copy/", "history/", "revisions/compare/live...latest/"]
)
def test_nobody_from_elsewhere_reaches_a_page_by_its_admin_address(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn, action: str
) -> None:
    page = InitiativeFactory(parent=waterhoven, title="Geheim plan", published=False)
    response = signed_in("editor", "GM9910").get(f"/beheer/pages/{page.pk}/{action}", follow=True)
    assert b"Geheim plan" not in response.content


def test_the_page_chooser_shows_no_draft_of_another_municipality(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn
) -> None:
    InitiativeFactory(parent=waterhoven, title="Geheim plan", published=False)
    InitiativeFactory(parent=waterhoven, title="Alleen voor ons", visibility="own")
    InitiativeFactory(parent=waterhoven, title="Voor iedereen")
    client = signed_in("editor", "GM9910")
    for address in (f"/beheer/choose-page/{waterhoven.pk}/", "/beheer/choose-page/search/?q=plan"):
        content = client.get(address).content
        assert b"Geheim plan" not in content
        assert b"Alleen voor ons" not in content
    assert b"Voor iedereen" in client.get(f"/beheer/choose-page/{waterhoven.pk}/").content


def test_the_editor_names_a_wrong_theme_and_loses_nothing(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    client = signed_in("author", "GM9901")
    response = client.post(
        f"/beheer/pages/add/initiatives/initiativepage/{waterhoven.pk}/",
        {**FORM, "trust": "null", "themes": ["999999"], "action-publish": "1"},
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert "bestaat niet" in page
    assert "Een samenvatting." in page


def test_a_contribution_is_copied_without_its_number_and_never_aliased(
    waterhoven: MunicipalityPage, signed_in: SignedIn
) -> None:
    page = InitiativeFactory(parent=waterhoven, external_id="x-1")
    client = signed_in("administrator")
    form = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": waterhoven.pk, "copy_subpages": ""}
    assert client.post(f"/beheer/pages/{page.pk}/copy/", form).status_code == 302
    copy = InitiativePage.objects.get(slug="kopie")
    assert copy.external_id == ""
    client.post(f"/beheer/pages/{page.pk}/copy/", {**form, "new_slug": "alias", "alias": "on"})
    assert not InitiativePage.objects.filter(slug="alias").exists()
