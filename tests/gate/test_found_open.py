"""What was found open to any author of any municipality with a key that was guessed: each closed, and each tried.

Every one of these was seen red with the gate taken out.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Task

from exchange.accounts.models import User
from exchange.auditing.models import Act, AuditEntry
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.factories import DepartmentFactory, InitiativeFactory, LessonFactory
from tests.publishing.conftest import client_for, write

from .probing import NOT_THERE
from .world import picture

pytestmark = pytest.mark.django_db
SECRET = "zwijgzaam-4711"


@pytest.fixture
def author(waterhoven: MunicipalityPage, person: Person) -> User:
    return person("author", "GM9901")


@pytest.fixture
def stranger(author: User) -> Client:
    """An author of another municipality."""
    return client_for(author)


@pytest.fixture
def hidden(veldersloot: MunicipalityPage) -> Contribution:
    page: Contribution = InitiativeFactory(
        parent=veldersloot, title=SECRET, slug="iets", published=False, keywords=[f"{SECRET}woord"]
    )
    return page


@pytest.fixture
def files(veldersloot: MunicipalityPage) -> tuple[Document, Image]:
    collection = open_section(veldersloot).collection
    document = Document.objects.create(
        title=SECRET, file=ContentFile(b"x", name=f"{SECRET}.txt"), collection=collection
    )
    image = Image.objects.create(title=SECRET, file=picture(f"{SECRET}.png"), collection=collection)
    document.tags.add(f"{SECRET}woord")
    image.tags.add(f"{SECRET}woord")
    return document, image


def tells(client: Client, address: str, data: Any = None) -> bool:
    """Does an address, or the next page, say the secret?"""
    texts = [client.get(address, data or {}).content.decode(), client.get("/beheer/").content.decode()]
    return any(SECRET in text.lower() for text in texts)


def test_a_page_chooser_tells_no_title(stranger: Client, hidden: Contribution) -> None:
    choose = reverse("wagtailadmin_choose_page")
    assert not tells(stranger, f"{choose}{hidden.pk}/")
    assert stranger.get(f"{choose}{hidden.pk}/").status_code == 404
    assert not tells(stranger, reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": [hidden.pk]})
    assert not tells(stranger, reverse("wagtailadmin_choose_page_search"), {"q": SECRET[:9]})
    assert not tells(stranger, choose, {"page_type": "lessons.LessonPage"})


def test_the_chooser_does_not_begin_under_a_hidden_page(stranger: Client, hidden: Contribution) -> None:
    LessonFactory(parent=hidden, title="De enige les", published=False)
    assert not tells(stranger, reverse("wagtailadmin_choose_page"), {"page_type": "lessons.LessonPage"})


def test_the_chooser_shows_what_is_for_everybody(stranger: Client, veldersloot: MunicipalityPage) -> None:
    InitiativeFactory(parent=veldersloot, title="Voor iedereen")
    address = reverse("wagtailadmin_choose_page_child", args=[veldersloot.pk])
    assert "Voor iedereen" in stranger.get(address).json()["html"]


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_nothing_is_done_in_bulk(action: str, stranger: Client, hidden: Contribution) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    assert not tells(stranger, f"{address}?id={hidden.pk}")
    assert stranger.post(f"{address}?id={hidden.pk}").status_code == 404
    assert Page.objects.filter(pk=hidden.pk, live=False).exists()


@pytest.mark.parametrize("kind", ["document", "image"])
def test_no_file_is_listed_or_named(kind: str, stranger: Client, files: tuple[Document, Image]) -> None:
    file = files[0] if kind == "document" else files[1]
    app = f"wagtail{'docs' if kind == 'document' else 'images'}"
    for address in (
        f"/beheer/api/main/{kind}s/", f"/beheer/api/main/{kind}s/{file.pk}/", f"/beheer/{kind}s/",
        reverse(f"{app}_chooser:choose"), reverse(f"{app}_chooser:chosen", args=[file.pk]),
        reverse(f"{app}_chooser:chosen_multiple") + f"?id={file.pk}",
        reverse("wagtail_bulk_action", args=[app, kind, "delete"]) + f"?id={file.pk}",
    ):  # fmt: skip
        assert not tells(stranger, address), address


def test_the_workflow_of_a_page_tells_no_title(
    stranger: Client, veldersloot: MunicipalityPage, person: Person, hidden: Contribution
) -> None:
    writer = person("author", "GM9910")
    person("editor", "GM9910")
    write(hidden, writer)
    page = Contribution.objects.get(pk=hidden.pk).specific
    task = Task.objects.first()
    assert task is not None
    for waits in (False, True):
        if waits:
            reading.offer(page, writer)
        for address in (
            f"workflow/action/{page.pk}/approve/1/", f"workflow/collect_action_data/{page.pk}/approve/1/",
            f"workflow/confirm_cancellation/{page.pk}/", f"workflow/preview/{page.pk}/{task.pk}/",
            f"{page.pk}/workflow_history/", f"{page.pk}/usage/", f"{page.pk}/history/results/",
        ):  # fmt: skip
            assert not tells(stranger, f"/beheer/pages/{address}"), address
        stranger.post(f"/beheer/pages/workflow/action/{page.pk}/approve/1/")
        assert SECRET not in stranger.get("/beheer/").content.decode()


def test_the_explorer_tells_nothing_of_another_section(stranger: Client, hidden: Contribution) -> None:
    parent = hidden.get_parent()
    for address in (f"{parent.pk}/", f"{parent.pk}/results/", f"{hidden.pk}/", f"{hidden.pk}/results/"):
        assert not tells(stranger, f"/beheer/pages/{address}")


def test_no_word_is_completed_with_those_of_hidden_pages(
    stranger: Client, hidden: Contribution, files: tuple[Document, Image]
) -> None:
    assert not tells(stranger, reverse("wagtailadmin_tag_autocomplete"), {"term": SECRET[:4]})
    for model in (("themes", "keyword"), ("taggit", "tag")):
        assert not tells(stranger, reverse("wagtailadmin_tag_model_autocomplete", args=model), {"term": SECRET[:4]})
    assert not tells(stranger, "/beheer/documents/")
    assert not tells(stranger, "/beheer/images/")


def test_a_colleague_s_draft_is_neither_deleted_nor_moved_by_the_api(
    stranger: Client, waterhoven: MunicipalityPage, person: Person
) -> None:
    department = DepartmentFactory(parent=waterhoven)
    open_section(department)
    draft = InitiativeFactory(parent=waterhoven, published=False, owner=person("author", "GM9901"))
    for action, data in (
        ("delete", {}),
        ("move", {"destination_page_id": department.pk}),
        ("copy", {}),
        ("publish", {}),
    ):
        address = reverse("wagtailadmin_api:pages:action", args=[draft.pk, action])
        data = {"destination_page_id": department.pk}
        assert stranger.post(address, data, content_type="application/json").status_code == 404
    assert Page.objects.get(pk=draft.pk).get_parent().pk == waterhoven.pk
    assert InitiativePage.objects.count() == 1


def test_a_pasted_address_tells_no_title(stranger: Client, veldersloot: MunicipalityPage) -> None:
    own = InitiativeFactory(parent=veldersloot, title=SECRET, slug="iets", visibility="own")
    data = {"external-link-chooser-url": f"http://localhost{own.url}", "external-link-chooser-link_text": ""}
    answer = stranger.post(reverse("wagtailadmin_choose_page_external_link"), data)
    assert SECRET not in answer.content.decode()


def test_no_list_offers_the_names_of_others(stranger: Client, person: Person, veldersloot: MunicipalityPage) -> None:
    writer = person("author", "GM9910")
    User.objects.filter(pk=writer.pk).update(last_name=SECRET)
    page = InitiativeFactory(parent=veldersloot, owner=writer)
    write(page, writer)
    page.get_latest_revision().publish()
    lists = ["/beheer/pages/", "/beheer/pages/search/", "/beheer/initiatieven/", "/beheer/aanspreekpunten/results/"]
    lists += [reverse(f"wagtailadmin_reports:{name}") for name in ("site_history", "workflow", "locked_pages")]
    for address in lists:
        assert SECRET not in stranger.get(address, follow=True).content.decode(), address


@pytest.mark.parametrize("key", [NOT_THERE, 999_999, 10**30])
def test_what_is_hidden_answers_like_what_is_not_there(key: int, stranger: Client, hidden: Contribution) -> None:
    views = ("edit", "delete", "copy", "history", "view_draft", "unpublish", "move", "lock")
    for view in views:
        theirs = stranger.get(f"/beheer/pages/{hidden.pk}/{view}/")
        nothing = stranger.get(f"/beheer/pages/{key}/{view}/")
        # The page repeats the address that was asked, and each has a token of its own.
        said = [
            re.sub(r'"\w{64}"', "", one.content.decode()).replace(f"/{pk}/", "/#/")
            for one, pk in ((theirs, hidden.pk), (nothing, key))
        ]
        assert said[0] == said[1]
        assert (theirs.status_code, nothing.status_code) == (404, 404)


def test_what_is_hidden_takes_as_many_questions_as_what_is_not_there(stranger: Client, hidden: Contribution) -> None:
    counted = []
    # The first one warms up what is looked up once.
    stranger.get(f"/beheer/pages/{NOT_THERE}/edit/")
    for key in (hidden.pk, NOT_THERE):
        with CaptureQueriesContext(connection) as asked:
            stranger.get(f"/beheer/pages/{key}/edit/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_somebody_who_was_taken_out_meets_the_door(
    stranger: Client, author: User, waterhoven: MunicipalityPage
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    assert stranger.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200
    author.memberships.all().delete()
    assert stranger.get(f"/beheer/pages/{page.pk}/edit/").status_code != 200
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert stranger.get(f"/beheer/pages/{page.pk}/edit/").status_code == 302


def test_a_refusal_stands_in_the_log(stranger: Client, author: User, hidden: Contribution) -> None:
    stranger.get(f"/beheer/pages/{hidden.pk}/edit/")
    entry = AuditEntry.objects.get(action=Act.REFUSED)
    assert (entry.who, entry.municipality_id) == (author, "GM9901")
    assert entry.title == f"/beheer/pages/{hidden.pk}/edit/"
