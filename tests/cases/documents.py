"""Documents: what is right for each file that becomes a card, or is attached."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from exchange.contributions.attached import DocumentText

from .world import World, fields_of

KAR = "Koffiekar in de wijk"


def control_character_pdf(world: World) -> None:
    fields = fields_of(world.from_file("stuk.pdf"))
    assert "\x02" not in "".join(fields.values())
    assert "vluchtelingen" in " ".join(fields.values())


def docx_content_control(world: World) -> None:
    fields = fields_of(world.from_file("stuk.docx"))
    assert fields["title"] == KAR
    assert "In het invulvak staat de aanpak." in fields["approach"]
    assert "Kosten: 12.000 euro per jaar." in fields["approach"]


def docx_content_control_row(world: World) -> None:
    approach = fields_of(world.from_file("stuk.docx"))["approach"]
    assert "Budget" in approach
    assert "9.500 euro" in approach


def docx_table_in_place(world: World) -> None:
    fields = fields_of(world.from_file("stuk.docx"))
    assert "Wat speelt er" in fields["problem"]
    assert "Ouderen zijn eenzaam." in fields["problem"]
    for words in ("Bezoekers", "Terugkerend"):
        assert words in fields["results"]
    assert fields["results"].count("60") == 2


def docx_text_box(world: World) -> None:
    fields = fields_of(world.from_file("stuk.docx"))
    assert fields["approach"].count("Bel eerst de buren.") == 1
    assert " ".join(fields.values()).count("Bel eerst de buren.") <= 2


def docx_tracked_insertion(world: World) -> None:
    approach = fields_of(world.from_file("stuk.docx"))["approach"]
    assert "De kar staat op donderdag op het plein." in approach


def odt_comment(world: World) -> None:
    fields = fields_of(world.from_file("stuk.odt"))
    assert "De kar staat op het plein. Elke week." in " ".join(fields.values())
    world.attach("stuk.odt")
    text = DocumentText.objects.get().text
    assert "De kar staat op het plein. Elke week." in " ".join(text.split())
    assert len(text) < 200


def odt_deleted_text(world: World) -> None:
    fields = fields_of(world.from_file("stuk.odt"))
    assert fields["title"] == KAR
    assert "geheime" not in " ".join(fields.values())
    world.attach("stuk.odt")
    assert "geheime" not in DocumentText.objects.get().text
    answer = Client().get("/api/v1/search", {"q": "geheime"})
    assert all("geheim" not in str(hit).lower() for hit in answer.json()["results"])


def odt_footnote_and_frame(world: World) -> None:
    draft = world.from_file("stuk.odt")
    fields = fields_of(draft)
    approach = fields["approach"]
    words = approach.split()
    assert len(words) == len(approach.split(" "))
    # Nothing stands twice.
    sentences = [part for part in approach.replace("?", ".").split(".") if len(part.split()) > 1]
    assert len(sentences) == len({part.strip() for part in sentences})


def pdf_form_values(world: World) -> None:
    draft = world.from_file("stuk.pdf")
    assert "elke week een kar" in fields_of(draft)["approach"] or "ingevuld" in draft.said_to_writer.lower()


def pdf_hyphens(world: World) -> None:
    whole = "Wij helpen de vluchtelingen uit het azc met taal- en zwemles, en met de noodopvang."
    assert whole in " ".join(fields_of(world.from_file("stuk.pdf")).values())
    world.attach("stuk.pdf")
    for question in ("vluchtelingen", "noodopvang"):
        assert "Met een bijlage" in Client().get("/zoeken/", {"q": question}).content.decode()


def pdf_scan_attachment(world: World) -> None:
    page = world.attach("scan.pdf")
    assert DocumentText.objects.get().problem
    assert get_document_model().objects.count() == 1
    editor = world.client("editor")
    told = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    told += editor.get(reverse("writing")).content.decode() + editor.get("/beheer/", follow=True).content.decode()
    assert "scan" in told.lower()
