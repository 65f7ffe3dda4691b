"""What the privacy check asks of a writer and shows a reader: also about attachments, and what no tick answers."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image

from exchange.contributions import privacy
from exchange.contributions.attached import Attachment, DocumentText
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.contributions import pictures
from tests.factories import InitiativeFactory
from tests.sections.test_opening import FORM as EMPTY

from .conftest import client_for
from .test_card import fields, write

pytestmark = pytest.mark.django_db
BSN = "111222333"


def a_document(words: str, name: str = "draaiboek.docx") -> Document:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(words)
    made.save(out)
    return Document.objects.create(title="Draaiboek", file=ContentFile(out.getvalue(), name=name))


def attach(page: InitiativePage, document: Document) -> None:
    draft = page.get_latest_revision_as_object()
    draft.attachments.add(Attachment(document=document))
    draft.save_revision(user=page.owner)


def done(client: Client, page: InitiativePage, **data: str) -> str:
    return client.post(f"/schrijven/{page.pk}/klaar/", data, follow=True).content.decode()


def is_offered(page: InitiativePage) -> bool:
    return bool(Contribution.objects.get(pk=page.pk).workflow_in_progress)


def test_a_citizen_number_is_not_placed_with_a_tick_and_goes_when_its_kind_is_named(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    client = client_for(person("author", "GM9901"))
    page = write(client, summary=f"Neem {BSN} over van de brief.")
    shown = client.get(f"/schrijven/{page.pk}/klaar/").content.decode()
    assert "Dit lijkt een burgerservicenummer" in shown
    assert 'name="looked"' not in shown
    assert "Haal eerst weg" in done(client, page, looked="on")
    assert not is_offered(page)
    page = write(client, title="Inloop twee", summary=f"Neem zaaknummer {BSN} over van de brief.")
    done(client, page)
    assert is_offered(page)


def test_an_attachment_that_nobody_read_yet_is_read_when_it_is_offered(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    client, reader = client_for(person("author", "GM9901")), client_for(person("editor", "GM9901"))
    page = write(client)
    attach(page, a_document("Bel 06 12345678 voor het gezin."))
    assert not DocumentText.objects.exists()
    # Who ticked before it was read did not look at what stands in it.
    assert "Is dit het nummer van een persoon?" in done(client, page, looked="on")
    assert not is_offered(page)
    done(client, page, looked="on")
    state = Contribution.objects.get(pk=page.pk).current_workflow_task_state
    shown = reader.get(f"/meelezen/{state.pk}/").content.decode()
    assert "Is dit het nummer van een persoon?" in shown
    assert "06 12345678" in shown


def test_a_citizen_number_in_an_attachment_keeps_a_text_back(waterhoven: MunicipalityPage, person: Person) -> None:
    client = client_for(person("author", "GM9901"))
    page = write(client)
    attach(page, a_document(f"BSN: {BSN}"))
    assert "Dit lijkt een burgerservicenummer" in done(client, page, looked="on")
    assert "Dit lijkt een burgerservicenummer" in done(client, page, looked="on")
    assert not is_offered(page)


def test_an_attachment_that_cannot_be_read_is_looked_at_by_its_writer(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    client = client_for(person("author", "GM9901"))
    page = write(client)
    attach(page, Document.objects.create(title="Lijst", file=ContentFile(b"geen xlsx", name="lijst.xlsx")))
    assert "kunnen wij niet helemaal lezen" in done(client, page)
    assert not is_offered(page)
    done(client, page, looked="on")
    assert is_offered(page)


def test_the_editor_reads_an_attachment_that_is_added_and_offered_at_once(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    page = InitiativeFactory(parent=waterhoven, published=False)
    client = client_for(person("author", "GM9901"))
    document = a_document("Bel 06 12345678.")
    document.collection = open_section(waterhoven).collection
    document.save()
    row = {
        "attachments-TOTAL_FORMS": "1", "attachments-0-document": document.pk,
        "attachments-0-ORDER": "1", "attachments-0-id": "", "attachments-0-title": "", "attachments-0-DELETE": "",
        "attachments-0-evaluated_by": "",
    }  # fmt: skip
    form = EMPTY | fields(title=page.title, slug=page.slug, summary=page.summary, safety_check="done", trust="null")
    address, offered = f"/beheer/pages/{page.pk}/edit/", form | row | {"action-submit": "1"}
    shown = client.post(address, offered | {"privacy_looked": "on"}).content.decode()
    assert "Is dit het nummer van een persoon?" in shown
    assert not is_offered(page)
    assert client.post(address, offered | {"privacy_looked": "on"}).status_code == 302
    assert is_offered(page)


def test_every_place_where_somebody_writes_is_read(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven, summary="Kort.")
    picture = ContentFile(pictures.png(b"Geheim van niemand"), name="foto.png")
    page.image = Image.objects.create(title="Foto van Fatma Öztürk", description="Bel 06 11223344", file=picture)
    page.keywords.add("06 55667788")
    page.search_description = "Mail noor@waterhoven.example"
    page.trust = '<p>Kijk <a href="https://maps.app.goo.gl/AbC123">hier</a>.</p>'
    attached = Attachment(document=a_document("Niets"), title="Verhaal van Yusuf", evaluated_by="Hogeschool Voorbeeld")
    page.attachments.add(attached)
    found = {finding.found for finding in page.findings()}
    assert found == {
        "Foto van Fatma Öztürk", "06 11223344", "06 55667788", "noor@waterhoven.example", "maps.app.goo.gl/AbC123",
        "Verhaal van Yusuf",
    }  # fmt: skip


def test_one_question_is_asked_once_with_a_few_places(waterhoven: MunicipalityPage, person: Person) -> None:
    client = client_for(person("author", "GM9901"))
    page = write(client, summary=" ".join(f"06 1234567{number}." for number in range(9)))
    shown = client.get(f"/schrijven/{page.pk}/klaar/").content.decode()
    assert shown.count("Is dit het nummer van een persoon?") == 1
    assert "En nog 4 keer." in shown


def test_no_page_of_a_visitor_runs_the_check(waterhoven: MunicipalityPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = InitiativeFactory(parent=waterhoven)

    def never(texts: object) -> list[privacy.Finding]:
        raise AssertionError

    monkeypatch.setattr(privacy, "check", never)
    for address in ("/", page.url, waterhoven.url, "/zoeken/"):
        assert Client().get(address).status_code == 200
