"""What comes in is clean, whichever door it takes: forms, addresses, the admin's editor, and what no request brings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from lxml import etree
from wagtail.models import Revision

from exchange.accounts.models import User
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.themes.models import Theme
from home.clean_requests import CleanRequestMiddleware
from tests.conftest import Committed, Person
from tests.factories import InitiativeFactory
from tests.publishing.test_card import fields
from tests.sections.test_opening import FORM

pytestmark = pytest.mark.django_db
HYPHEN = "Taal\x02wandeling langs\x0bde haven\x85"


def received(**sent: Any) -> Any:
    """What a view gets of a posted form."""
    request = RequestFactory().post("/?q=a%0Bb&q=%00", sent)
    middleware = CleanRequestMiddleware(lambda _request: HttpResponse())
    middleware(request)
    middleware.process_view(request, None, (), {})
    return request


def test_a_view_gets_clean_values_names_and_files() -> None:
    file = SimpleUploadedFile("pla\u00adn\u202e.pdf", b"%PDF\x00\x02")
    request = received(title="geïn\u00ad\x00teresseerd", password="pass\u200bword ", **{"na\x00me": "x"}, file=file)
    assert request.GET.getlist("q") == ["a b", ""]
    assert request.POST["title"] == "geïnteresseerd"
    assert request.POST["name"] == "x"
    # What only its owner knows, and what a file holds, stay as they were sent.
    assert request.POST["password"] == "pass\u200bword "
    assert request.FILES["file"].name == "plan.pdf"
    assert request.FILES["file"].read() == b"%PDF\x00\x02"


def test_json_in_a_field_is_cleaned_behind_its_backslashes() -> None:
    sent = json.dumps([{"type": "text", "value": "a\x02b\ud800c"}])
    assert json.loads(received(stream=sent).POST["stream"]) == [{"type": "text", "value": "abc"}]
    assert received(text="[geen json\x02").POST["text"] == "[geen json"


def test_what_draftail_counts_by_place_waits_until_it_is_html() -> None:
    sent = json.dumps({"blocks": [{"text": "a\u00adb"}], "entityMap": {}}, ensure_ascii=False)
    assert received(text=sent).POST["text"] == sent


@pytest.mark.parametrize("address", ["/zoeken/", "/zoeken/feed/", "/api/v1/search", "/zoeken/lijkt-op/", "/voorstel/"])
@pytest.mark.parametrize("question", ["a%0Bb", "%00", "a%00b", "%ED%A0%80", "%EF%BF%BE", "%F4%8F%BF%BF", "e%CC%88"])
def test_no_question_breaks_an_answer(
    client: Client, waterhoven: MunicipalityPage, address: str, question: str
) -> None:
    for name in ("q", "title", "theme", "municipality", "initiatief", "soort"):
        response = client.get(f"{address}?{name}={question}")
        assert response.status_code in (200, 400), (name, response.content)
        if address == "/zoeken/feed/":
            etree.fromstring(response.content)


@pytest.mark.parametrize(
    "address",
    ["/gemeenten/water%00hoven/", "/a%0Bb", "/themas/%00/", "/zoeken/%02/", "/media/a%00.png", "/mensen/%00/"],
)
def test_an_address_with_control_characters_is_not_there(signed_in: Any, address: str) -> None:
    for client in (Client(), signed_in("editor", "GM9901")):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_a_cookie_with_an_escaped_nul_is_no_error(client: Client) -> None:
    client.cookies.load('sessionid="\\000abcdefghijk"')
    assert client.get("/zoeken/", headers={"cookie": 'sessionid="\\000abcdefghijk"'}).status_code == 200


def test_a_card_with_control_characters_comes_out_of_feed_and_proposal(
    waterhoven: MunicipalityPage, person: Person, committed: Committed
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    client = Client()
    client.force_login(author)
    sent = fields(title=HYPHEN, summary="Elke\x02 week\u200b samen\n\x0coefenen.")
    assert client.post("/schrijven/initiatief/", sent).status_code == 302
    page = InitiativePage.objects.get()
    assert (page.title, page.summary) == ("Taalwandeling langs de haven", "Elke week samen  oefenen.")
    reading.offer(page, author)
    page.refresh_from_db()
    with committed():
        state = page.current_workflow_task_state
        reading.answer(state, editor, approve=True, revision=page.latest_revision_id)
    feed = client.get("/zoeken/feed/?q=haven")
    assert "Taalwandeling langs de haven" in "".join(etree.fromstring(feed.content).itertext())
    for kind in ("docx", "odt"):
        assert client.get(f"/voorstel/?initiatief={page.pk}&soort={kind}").status_code == 200


def test_the_editor_of_the_admin_keeps_clean_text_in_fields_streams_and_rich_text(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    author = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, title="Concept", published=False, owner=author)
    client = Client()
    client.force_login(author)
    rich = {
        "blocks": [
            {
                "key": "a", "text": "ge\u00adwoon \x02vet\ud800", "type": "unstyled", "depth": 0, "entityRanges": [],
                "inlineStyleRanges": [{"offset": 9, "length": 3, "style": "BOLD"}],
            }
        ],
        "entityMap": {},
    }  # fmt: skip
    sent = FORM | {
        "title": "Con\x02cept", "slug": page.slug, "summary": "a\x0bb", "trust": json.dumps(rich),
        "approach-count": "1", "approach-0-deleted": "", "approach-0-order": "0", "approach-0-type": "text",
        "approach-0-id": "", "approach-0-value": json.dumps(rich),
    }  # fmt: skip
    response = client.post(f"/beheer/pages/{page.pk}/edit/", sent)
    assert response.status_code == 302, response.content.decode()[:3000]
    draft = InitiativePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.title, draft.summary) == ("Concept", "a b")
    assert "gewoon <b>vet</b>" in str(draft.trust)
    assert "gewoon <b>vet</b>" in str(draft.approach[0].value)
    content = json.dumps(Revision.objects.latest("pk").content)
    assert not any(sign in content for sign in ("u0002", "u00ad", "ud800"))


def test_what_no_request_brings_is_clean_in_the_database_and_in_versions(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(
        parent=waterhoven, title="Ge\u0301e\u0301n\x02", trust="<p>a\ud800b</p>", approach=[("text", "<p>x\x02y</p>")]
    )
    saved = InitiativePage.objects.get(pk=page.pk)
    assert (saved.title, saved.trust) == ("Géén", "<p>ab</p>")
    assert "<p>xy</p>" in str(saved.approach[0].value)
    assert "u0002" not in json.dumps(saved.latest_revision.content)
    user = User.objects.create(email="noor@waterhoven.example", first_name="No\x02or", last_name="van\nden\u200b Berg")
    assert User.objects.get(pk=user.pk).get_full_name() == "Noor van den Berg"


def test_what_was_there_before_is_cleaned_once_and_found_anew(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Taalwandeling", approach=[("text", "<p>xy</p>")])
    dirty = [{"type": "text", "value": "<p>x\x02y</p>", "id": "1"}]
    InitiativePage.objects.filter(pk=page.pk).update(title="Taal\x02wandeling", approach=dirty)
    content = page.latest_revision.content | {"title": "Taal\x02wandeling", "approach": json.dumps(dirty)}
    Revision.objects.filter(pk=page.latest_revision_id).update(content=content)
    Theme.objects.filter(slug="wmo").update(description="a\x0bb")
    call_command("tidy")
    saved = InitiativePage.objects.get(pk=page.pk)
    assert (saved.title, saved.latest_revision_id) == ("Taalwandeling", page.latest_revision_id)
    assert "<p>xy</p>" in str(saved.approach[0].value)
    assert "u0002" not in json.dumps(saved.latest_revision.content)
    assert Theme.objects.get(slug="wmo").description == "a\nb"
    before = Contribution.objects.filter(pk=page.pk).values()
    call_command("tidy")
    assert list(before) == list(Contribution.objects.filter(pk=page.pk).values())
