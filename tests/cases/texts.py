"""Texts and addresses: what is right for each text that is typed or asked."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail.models import Page

from exchange.contributions import privacy
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading

from .world import World


def _card(world: World, client: Client, title: str, summary: str = "Een korte samenvatting.") -> InitiativePage:
    """Write a card, and press the button."""
    form = {
        "section": world.section.pk, "title": title, "summary": summary, "themes": ["sleutelpersonen"],
        "phase": "running", "visibility": "public", "safety_check": "done", "target_groups": [],
    }  # fmt: skip
    known = set(InitiativePage.objects.values_list("pk", flat=True))
    page = client.get(reverse("new_card"))
    themes = page.context["form"].fields["themes"].queryset
    answer = client.post(reverse("new_card"), form | {"themes": [themes.first().pk]})
    assert answer.status_code == 302, answer.status_code
    found: InitiativePage = InitiativePage.objects.exclude(pk__in=known).get()
    return found


def _place(world: World, client: Client, page: InitiativePage) -> InitiativePage:
    """Offer it, and let a colleague place it."""
    answer = client.post(reverse("card_done", args=[page.pk]), {"privacy_looked": "on"}, follow=True)
    assert answer.status_code == 200
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    assert state is not None, "could not be offered"
    reader = world.person("editor", world.section.municipality_id)
    reading.answer(state, reader, approve=True, revision=state.revision_id)
    page.refresh_from_db()
    assert page.live
    return page


def control_character_card(world: World) -> None:
    title, summary = world.lines("kaart.txt")
    client = world.client()
    with world.committed():
        page = _place(world, client, _card(world, client, title, summary))
    assert "\x02" not in page.title + page.summary
    assert "inwoners" in page.summary
    feed = Client().get("/zoeken/feed/")
    assert feed.status_code == 200
    etree.fromstring(feed.content)
    for kind in ("docx", "odt"):
        answer = client.get(f"/voorstel/?initiatief={page.pk}&soort={kind}")
        assert answer.status_code == 200, kind
        with zipfile.ZipFile(BytesIO(answer.content)) as packed:
            for name in packed.namelist():
                # An ODT has one that is empty by itself.
                if name.endswith(".xml") and packed.getinfo(name).file_size:
                    etree.fromstring(packed.read(name))


def control_character_question(world: World) -> None:
    address = world.lines("adres.txt")[0]
    assert Client(raise_request_exception=False).get(address).status_code in {200, 400}


def slug_ukrainian_card(world: World) -> None:
    client = world.client()
    pages = [_card(world, client, title) for title in world.lines("titels.txt")]
    slugs = [page.slug for page in pages]
    assert all(slugs)
    assert len(set(slugs)) == len(slugs)
    placed = _place(world, client, pages[0])
    assert Client().get(placed.url).status_code == 200


def privacy_phone_and_names(world: World) -> None:
    silent = [line for line in world.lines("regels.txt") if not privacy.check([("tekst", line)])]
    assert silent == []


def search_er_of_abbreviations(world: World) -> None:
    _each_finds(world, "hand-zzp")


def search_without_hyphen(world: World) -> None:
    _each_finds(world, "hand-hyphen")


def search_nfd_and_soft_hyphen(world: World) -> None:
    world.import_for_all("lijst.jsonl")
    questions = world.lines("vragen.txt")
    for number, question in enumerate(questions[:6], start=1):
        assert ("hand-nfd" if number <= 4 else "hand-shy") in world.finds(question), question
    assert sorted(world.finds(questions[6])) == sorted(world.finds("opvang"))
    assert sorted(world.finds(questions[7])) == sorted(world.finds("Oekraïne"))


def _each_finds(world: World, key: str) -> None:
    world.import_for_all("lijst.jsonl")
    assert [question for question in world.lines("vragen.txt") if key not in world.finds(question)] == []
