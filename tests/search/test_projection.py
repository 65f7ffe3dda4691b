"""Whatever happens to a page, its entry is right afterwards. The table of the design's traps, row by row."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.themes.models import TargetGroup, Theme
from search import projection
from search.filter_values import by_filter
from search.models import Entry, EntryTerm
from search.projection import find_drift, project, project_dirty
from tests.conftest import Committed
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory


@dataclass
class Scene:
    """A published initiative in a department of Waterhoven, and another municipality beside it."""

    page: InitiativePage
    department: DepartmentPage
    home: MunicipalityPage
    other: MunicipalityPage


@pytest.fixture
def scene(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, committed: Committed) -> Scene:
    with committed():
        department = DepartmentFactory(parent=waterhoven, title="Team Samen")
        page = InitiativeFactory(parent=department, title="Wekelijkse inloop", themes=["sleutelpersonen"])
    return Scene(page=page, department=department, home=waterhoven, other=veldersloot)


def entry(scene: Scene) -> Entry:
    return Entry.objects.get(pk=scene.page.pk)


def values(scene: Scene, field: str) -> set[str]:
    return set(by_filter(entry(scene).values).get(field, []))


def edit(scene: Scene) -> InitiativePage:
    page: InitiativePage = InitiativePage.objects.get(pk=scene.page.pk)
    return page


# --- each action, and what the entry must be afterwards


def publish_with_other_themes(scene: Scene) -> None:
    page = edit(scene)
    page.title = "Maandelijkse inloop"
    page.themes.set(list(Theme.objects.filter(slug="wmo")))
    page.save_revision().publish()


def after_publishing(scene: Scene) -> None:
    assert entry(scene).title == "Maandelijkse inloop"
    assert values(scene, "theme") == {"wmo", "zorg-welzijn-jeugd"}


def save_a_draft(scene: Scene) -> None:
    page = edit(scene)
    page.title = "Nog niet klaar"
    page.save_revision()


def as_it_was(scene: Scene) -> None:
    assert entry(scene).is_listed
    assert entry(scene).title == "Wekelijkse inloop"
    assert values(scene, "theme") == {"sleutelpersonen", "samen-met-inwoners"}


def unpublish(scene: Scene) -> None:
    edit(scene).unpublish()


def gone(scene: Scene) -> None:
    row = entry(scene)
    assert not row.is_listed
    assert (row.title, row.summary, row.values, row.text.body, row.text.stems) == ("", "", "", "", "")
    assert not EntryTerm.objects.filter(entry=row).exists()


def move_to_another_municipality(scene: Scene) -> None:
    edit(scene).move(scene.other, pos="last-child")


def elsewhere(scene: Scene) -> None:
    assert entry(scene).municipality_id == "GM9910"
    assert values(scene, "municipality") == {"GM9910"}
    assert values(scene, "size") == {"s"}
    assert entry(scene).path.startswith("/gemeenten/veldersloot/")


def move_the_department(scene: Scene) -> None:
    DepartmentPage.objects.get(pk=scene.department.pk).move(scene.other, pos="last-child")


def rename_the_page(scene: Scene) -> None:
    page = edit(scene)
    page.slug = "iets-anders"
    page.save_revision().publish()


def renamed(scene: Scene) -> None:
    assert entry(scene).path == "/gemeenten/waterhoven/team-samen/iets-anders/"


def rename_the_department(scene: Scene) -> None:
    department = DepartmentPage.objects.get(pk=scene.department.pk)
    department.slug = "team-anders"
    department.save_revision().publish()


def below_a_renamed_department(scene: Scene) -> None:
    assert entry(scene).path == "/gemeenten/waterhoven/team-anders/wekelijkse-inloop/"


def delete(scene: Scene) -> None:
    edit(scene).delete()


def delete_the_department(scene: Scene) -> None:
    DepartmentPage.objects.get(pk=scene.department.pk).delete()


def unpublish_the_department(scene: Scene) -> None:
    DepartmentPage.objects.get(pk=scene.department.pk).unpublish()


def unpublish_and_publish_the_department(scene: Scene) -> None:
    unpublish_the_department(scene)
    DepartmentPage.objects.get(pk=scene.department.pk).save_revision().publish()


def restrict(scene: Scene) -> None:
    PageViewRestriction.objects.create(page=scene.department.page_ptr, restriction_type="login")


def restrict_and_open_again(scene: Scene) -> None:
    restrict(scene)
    PageViewRestriction.objects.get().delete()


def make_it_for_members(scene: Scene) -> None:
    page = edit(scene)
    page.visibility = "members"
    page.save_revision().publish()


def for_members(scene: Scene) -> None:
    assert entry(scene).visibility == "members"
    assert Client().get("/api/v1/search").json()["count"] == 0


def rename_the_theme(scene: Scene) -> None:
    theme = Theme.objects.get(slug="sleutelpersonen")
    theme.name = "Bruggenbouwers"
    theme.save()


def found_by_the_new_name(scene: Scene) -> None:
    assert Client().get("/api/v1/search?q=bruggenbouwers").json()["count"] == 1


def change_the_slug_of_the_theme(scene: Scene) -> None:
    theme = Theme.objects.get(slug="sleutelpersonen")
    theme.slug = "bruggenbouwers"
    theme.save()


def found_by_the_new_slug(scene: Scene) -> None:
    assert values(scene, "theme") == {"bruggenbouwers", "samen-met-inwoners"}


def rename_the_broader_theme(scene: Scene) -> None:
    theme = Theme.objects.get(slug="samen-met-inwoners")
    theme.slug = "samen"
    theme.save()


def found_by_the_broader_theme(scene: Scene) -> None:
    assert values(scene, "theme") == {"sleutelpersonen", "samen"}


def add_a_synonym(scene: Scene) -> None:
    theme = Theme.objects.get(slug="sleutelpersonen")
    theme.synonyms += "\nbruggenbouwer"
    theme.save()


def rename_the_municipality(scene: Scene) -> None:
    Municipality.objects.get(code="GM9901").save()
    municipality = Municipality.objects.get(code="GM9901")
    municipality.name, municipality.population = "Bruggenbouwers", 24_000
    municipality.save()


def in_a_renamed_municipality(scene: Scene) -> None:
    found_by_the_new_name(scene)
    assert values(scene, "size") == {"s"}


def expire(scene: Scene) -> None:
    page = edit(scene)
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled", stdout=StringIO())


def schedule_and_wait(scene: Scene) -> None:
    page = edit(scene)
    page.title = "Maandelijkse inloop"
    page.themes.set(list(Theme.objects.filter(slug="wmo")))
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


ACTIONS: list[tuple[Callable[[Scene], None], Callable[[Scene], None]]] = [
    (publish_with_other_themes, after_publishing),
    (save_a_draft, as_it_was),
    (unpublish, gone),
    (move_to_another_municipality, elsewhere),
    (move_the_department, elsewhere),
    (rename_the_page, renamed),
    (rename_the_department, below_a_renamed_department),
    (delete, gone),
    (delete_the_department, gone),
    (unpublish_the_department, gone),
    (unpublish_and_publish_the_department, as_it_was),
    (restrict, gone),
    (restrict_and_open_again, as_it_was),
    (make_it_for_members, for_members),
    (rename_the_theme, found_by_the_new_name),
    (change_the_slug_of_the_theme, found_by_the_new_slug),
    (rename_the_broader_theme, found_by_the_broader_theme),
    (add_a_synonym, found_by_the_new_name),
    (rename_the_municipality, in_a_renamed_municipality),
    (expire, gone),
]


@pytest.mark.parametrize(("act", "holds"), ACTIONS, ids=[act.__name__ for act, _ in ACTIONS])
def test_the_entry_is_right_after(
    scene: Scene, committed: Committed, act: Callable[[Scene], None], holds: Callable[[Scene], None]
) -> None:
    version = entry(scene).version
    with committed():
        act(scene)
    project_dirty()
    holds(scene)
    assert find_drift() == []
    assert not Entry.objects.filter(dirty=True).exists()
    assert entry(scene).version >= version


def test_every_change_of_what_is_found_raises_the_version(scene: Scene, committed: Committed) -> None:
    version = entry(scene).version
    with committed():
        publish_with_other_themes(scene)
    assert entry(scene).version == version + 1
    with committed():
        edit(scene).save_revision().publish()
    assert entry(scene).version == version + 1


# --- nothing is lost


def test_what_crashed_before_projecting_is_projected_by_the_worker(scene: Scene) -> None:
    # No `committed`: as if the process died right after the database took the page.
    publish_with_other_themes(scene)
    assert entry(scene).dirty
    assert entry(scene).title == "Wekelijkse inloop"
    out = StringIO()
    call_command("search_index", "push", stdout=out)
    assert "projected" in out.getvalue()
    after_publishing(scene)
    assert not entry(scene).dirty


def test_a_failing_projection_keeps_the_page_and_stays_dirty(
    scene: Scene, committed: Committed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("no room on the disk")

    with monkeypatch.context() as patched:
        patched.setattr(projection, "store", fail)
        with committed():
            publish_with_other_themes(scene)
    assert "no room on the disk" in caplog.text
    assert edit(scene).title == "Maandelijkse inloop"
    assert entry(scene).dirty
    project_dirty()
    after_publishing(scene)


def test_projecting_again_changes_nothing(scene: Scene) -> None:
    assert project([scene.page.pk]) == 0
    assert project([scene.page.pk, scene.page.pk, 999_999]) == 0
    assert not Entry.objects.get(pk=999_999).is_listed


def test_a_row_that_was_tampered_with_is_found_and_repaired(scene: Scene) -> None:
    Entry.objects.filter(pk=scene.page.pk).update(digest="other", title="Onzin")
    with pytest.raises(CommandError, match="differ from their page"):
        call_command("search_index", "check")
    call_command("search_index", "check", repair=True, stdout=StringIO())
    assert entry(scene).title == "Wekelijkse inloop"
    call_command("search_index", "check", stdout=StringIO())


def test_a_rebuild_writes_every_row_again(scene: Scene) -> None:
    EntryTerm.objects.all().delete()
    call_command("search_index", "rebuild", stdout=StringIO())
    assert EntryTerm.objects.filter(entry=scene.page.pk).exists()
    out = StringIO()
    call_command("search_index", "status", stdout=out)
    assert out.getvalue().startswith("1 entries, 0 tombstones, 0 dirty")


def test_a_page_that_was_made_without_a_signal_is_projected(waterhoven: MunicipalityPage, committed: Committed) -> None:
    page = InitiativePage(title="Zonder omweg", summary="Rechtstreeks in de boom.", live=True)
    with committed():
        waterhoven.add_child(instance=page)
    project_dirty()
    assert Entry.objects.get(pk=page.pk).is_listed


# --- what is derived from others


def test_the_role_of_a_contact_follows_the_contact(waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        contact = ContactFactory(parent=waterhoven, title="Kwartiermaker", visibility="public")
        InitiativeFactory(parent=waterhoven, contact=contact)

    def found(word: str) -> int:
        return int(Client().get("/api/v1/search", {"q": word, "kind": "initiative"}).json()["count"])

    assert found("kwartiermaker") == 1
    with committed():
        contact.title = "Verbinder"
        contact.save_revision().publish()
    assert (found("kwartiermaker"), found("verbinder")) == (0, 1)
    with committed():
        contact.unpublish()
    assert found("verbinder") == 0
    with committed():
        contact.save_revision().publish()
    assert found("verbinder") == 1
    with committed():
        Page.objects.get(pk=contact.pk).specific.delete()
    assert found("verbinder") == 0
    assert find_drift() == []


def test_target_groups_and_shared_municipalities_are_found(waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        page = InitiativeFactory(
            parent=waterhoven,
            target_groups=["lvb"],
            together_with=[Municipality.objects.get(code="GM9911")],
        )
    counts = Client().get("/api/v1/search?municipality=GM9911&target=lvb&size=xs").json()
    assert [result["id"] for result in counts["results"]] == [page.pk]
    with committed():
        group = TargetGroup.objects.get(slug="lvb")
        group.synonyms = "langzame leerlingen"
        group.save()
    assert Client().get("/api/v1/search?q=leerling").json()["count"] == 1


def test_a_move_outside_a_transaction_projects_the_new_municipality(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the admin, where what waits for a commit runs at once: whoever listens too early reads the old one."""
    monkeypatch.setattr("search.signals.transaction.on_commit", lambda work, robust: work())
    page = InitiativeFactory(parent=waterhoven)
    page.move(veldersloot, pos="last-child")
    assert Entry.objects.get(pk=page.pk).municipality_id == "GM9910"
    assert find_drift() == []
