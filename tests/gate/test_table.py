"""The gate's table is held against the configuration of addresses: an upgrade of Wagtail opens no door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images.models import Image

from exchange.accounts.doors import door
from exchange.gate.table import WAGTAIL, doors
from exchange.sections.models import MunicipalityPage
from exchange.urls import urlpatterns
from tests.conftest import Person
from tests.factories import InitiativeFactory
from tests.filling import picture_file

from .addresses import addresses

# What is off, for everybody. Whoever opens one of these puts it in the table of `exchange.gate` and takes it out here.
OFF = {
    "membership:copy", "membership:usage", "municipality:add", "municipality:delete", "municipality:edit",
    "municipality:history", "municipality:history_results", "municipality:usage", "organisation:copy",
    "organisation:usage", "pinnedresult:copy", "pinnedresult:usage", "searchedquestion:add", "searchedquestion:copy",
    "searchedquestion:edit", "searchedquestion:history", "searchedquestion:history_results", "searchedquestion:usage",
    "targetgroup:copy", "targetgroup:usage", "theme:copy", "theme:usage", "wagtail_bulk_action",
    "wagtailadmin_api:documents:detail", "wagtailadmin_api:documents:find", "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:images:detail", "wagtailadmin_api:images:find", "wagtailadmin_api:images:listing",
    "wagtailadmin_api:pages:action", "wagtailadmin_api:pages:detail", "wagtailadmin_api:pages:find",
    "wagtailadmin_api:pages:listing", "wagtailadmin_block_preview", "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_collections:set_privacy", "wagtailadmin_error_test", "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:revisions_index", "wagtailadmin_pages:set_page_position", "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:type_use", "wagtailadmin_pages:type_use_results", "wagtailadmin_pages:usage",
    "wagtailadmin_pages:workflow_preview", "wagtailadmin_password_reset", "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_done", "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:aging_pages_results", "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:locked_pages_results", "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results", "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results", "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_results", "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:workflow_tasks_results", "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete", "wagtailadmin_workflows:add_task", "wagtailadmin_workflows:disable_task",
    "wagtailadmin_workflows:enable_task", "wagtailadmin_workflows:select_task_type",
    "wagtailadmin_workflows:task_chooser_create", "wagtailadmin_workflows:usage",
    "wagtailadmin_workflows:usage_results", "wagtailcore_authenticate_with_password", "wagtailcore_login",

    "wagtaildocs:document_usage", "wagtaildocs_authenticate_with_password", "wagtaildocs_chooser:chosen_multiple",
    "wagtailembeds:chooser", "wagtailembeds:chooser_upload",
    "wagtailimages:image_usage", "wagtailimages:preview",
    "wagtailimages:url_generator", "wagtailimages:url_generator_output", "wagtailimages_chooser:chosen_multiple",
    "wagtailimages_chooser:select_format", "wagtailsites:usage", "wagtailsnippets:index",
    "wagtailusers_groups:usage", "wagtailusers_users:copy", "wagtailusers_users:usage", "wordgroup:copy",
    "wordgroup:usage",
}  # fmt: skip

# These addresses have no name, and are not there: tests of Wagtail's own, and what no other address fits.
UNNAMED = {"beheer/test404/", "beheer/^.*/$"}

# Arguments that name no thing of anybody's, or that the view itself looks for in the thing that was asked about.
UNASKED = {
    "wagtailadmin_pages:add": {"content_type_app_name", "content_type_model_name"},
    "wagtailadmin_pages:preview_on_add": {"content_type_app_name", "content_type_model_name"},
    "wagtailadmin_pages:choose_parent": {"app_label", "model_name"},
    "wagtailadmin_pages:workflow_action": {"action_name"},
    "wagtailadmin_pages:collect_workflow_action_data": {"action_name"},
    "wagtailadmin_pages:revisions_view": {"revision_id"},
    "wagtailadmin_pages:revisions_revert": {"revision_id"},
    "wagtailadmin_pages:revisions_compare": {"revision_id_a", "revision_id_b"},
    "wagtailadmin_editing_sessions:ping": {"app_label", "model_name", "session_id"},
    "wagtailadmin_editing_sessions:release": {"session_id"},
    "wagtaildocs_serve": {"document_id", "document_filename"},
    "wagtail_serve": {"path"},
}


def test_each_address_is_in_the_table_or_off() -> None:
    known = {address.name for address in addresses() if not address.is_unnamed}
    assert known == set(doors()) | OFF
    assert not set(doors()) & OFF
    assert {address.route for address in addresses() if address.is_unnamed} == UNNAMED


def test_each_door_asks_about_arguments_that_its_address_has() -> None:
    arguments = {address.name: {name for name, _ in address.arguments} for address in addresses()}
    for name, one in doors().items():
        assert {*one.about, *one.changes} <= arguments[name], name


def test_no_argument_that_names_a_thing_goes_unasked() -> None:
    for address in addresses():
        one = doors().get(address.name)
        if one is None or one.who.__name__ != "anybody":
            continue
        unasked = {name for name, _ in address.arguments} - set(one.about)
        assert unasked <= UNASKED.get(address.name, set()), address


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["administrator", "platform_editor"])
def test_what_is_off_is_off_for_everybody(role: str, person: Person) -> None:
    client = Client()
    client.force_login(person(role))
    for address in addresses():
        if address.name in OFF and not address.arguments:
            assert client.get(reverse(address.name)).status_code == 404, address
    assert client.get("/beheer/api/main/pages/2/").status_code == 404
    assert client.get("/beheer/test404/").status_code == 404
    assert client.get("/beheer/bestaat-niet/").status_code == 404


def _anything(request: object) -> HttpResponse:
    return HttpResponse("open")


class _WithAnother:
    """The addresses of the site, and one in the admin that nobody decided on."""

    urlpatterns = [path("beheer/nieuw-in-wagtail/", _anything, name="new_in_wagtail"), *urlpatterns]


@pytest.mark.django_db
def test_an_address_that_nobody_decided_on_is_refused(signed_in: Callable[..., Client], settings: Settings) -> None:
    settings.ROOT_URLCONF = _WithAnother
    client = signed_in("administrator")
    assert client.get("/beheer/nieuw-in-wagtail/").status_code == 404
    with hooks.register_temporarily("register_doors", lambda: {"new_in_wagtail": door()}):
        doors.cache_clear()
        assert client.get("/beheer/nieuw-in-wagtail/").content == b"open"
    doors.cache_clear()


def test_two_doors_for_one_address_are_a_mistake() -> None:
    with hooks.register_temporarily("register_doors", lambda: {next(iter(WAGTAIL)): door()}):
        doors.cache_clear()
        with pytest.raises(ImproperlyConfigured):
            doors()
    doors.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["author", "editor", "administrator"])
def test_nothing_offers_to_do_something_with_many_at_once(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], role: str
) -> None:
    """That is off: a box to tick would end in a page that is not there."""
    client = signed_in(role, None if role == "administrator" else "GM9901")
    InitiativeFactory(parent=waterhoven)
    lists = [reverse("wagtailadmin_explore", args=[waterhoven.pk])]
    lists += [reverse(f"wagtail{kind}:index") for kind in ("docs", "images")]
    for address in lists:
        shown = client.get(address).content.decode()
        assert "/bulk/" not in shown
        assert "data-bulk-action-checkbox" not in shown


@pytest.mark.django_db
def test_a_file_does_not_offer_where_it_is_used(signed_in: Callable[..., Client]) -> None:
    """That is off: it would name pages of all sections."""
    image = Image.objects.create(title="Plein", file=ContentFile(picture_file(), "plein.png"))
    document = Document.objects.create(title="Plan", file=ContentFile(b"x", "plan.txt"))
    for name, pk in (("wagtailimages:edit", image.pk), ("wagtaildocs:edit", document.pk)):
        response = signed_in("administrator").get(reverse(name, args=[pk]))
        assert response.status_code == 200
        assert "/usage/" not in response.content.decode()
