"""What follows from others, for each reader and on both engines: nothing of what is hidden, and no figure from it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import docx
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.accounts.models import User
from exchange.adoptions import confirming
from exchange.adoptions.choices import Answer
from exchange.adoptions.models import AdoptionPage
from exchange.following.digest import send_digests
from exchange.following.models import Follow, ListItem, ReadingList
from exchange.initiatives.models import InitiativePage
from search.filter_values import by_filter
from search.models import Entry
from tests.conftest import Committed, Person, SectionOf
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, UserFactory
from tests.publishing.conftest import client_for

# Where it runs, who may know, and in which size class.
PLACES = {
    "GM9910": ("public", "s", "Veldersloot"),
    "GM9911": ("members", "xs", "Esterbeek"),
    "GM9904": ("own", "m", "Maasbergen"),
}
READERS: dict[str, Any] = {
    "visitor": (None, {"GM9910"}),
    "member": (("member", "GM9925"), {"GM9910", "GM9911"}),
    "member of the source": (("editor", "GM9901"), {"GM9910", "GM9911"}),
    "member of what is closed": (("member", "GM9904"), {"GM9910", "GM9911", "GM9904"}),
    "platform editor": (("platform_editor", None), {"GM9910", "GM9911"}),
}
# What the index shows to members; what is for one municipality only counts for nobody there.
IN_SEARCH = {"GM9910", "GM9911"}


@dataclass
class Scene:
    initiative: InitiativePage
    adoptions: dict[str, AdoptionPage] = field(default_factory=dict)
    mails: list[Any] = field(default_factory=list)


@pytest.fixture
def scene(section_of: SectionOf, committed: Committed, build: Callable[[], None], person: Person) -> Scene:
    """An initiative of Waterhoven that runs in three municipalities, each telling other people."""
    with committed():
        maker = person("editor", "GM9901")
        here = section_of("GM9901")
        page = InitiativeFactory(
            parent=here, title="Pompelmoes op dinsdag", owner=maker, target_groups=["lvb"], phase="running",
            contact=ContactFactory(parent=here), confirmed_at=timezone.localdate(), themes=["wmo"],
        )  # fmt: skip
        found = Scene(page)
        for code, (visibility, _size, name) in PLACES.items():
            found.adoptions[code] = AdoptionFactory(
                parent=section_of(code), initiative=page, visibility=visibility, title=f"Zo doet {name} het",
                contact=ContactFactory(parent=section_of(code), title=f"Rol {name}", visibility=visibility),
                staff="under_4", result="less", themes=["wmo"], owner=maker,
                summary="Een versie van pompelmoes op dinsdag.",
            )  # fmt: skip
    found.mails = [*mail.outbox]
    with committed():
        for adoption in found.adoptions.values():
            confirming.answer(adoption, maker, Answer.CONFIRMED)
    build()
    return found


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, person: Person, section_of: SectionOf) -> tuple[Client, User, set[str]]:
    account, sees = READERS[request.param]
    if account is None:
        return Client(), UserFactory(), sees
    user = person(*account)
    return client_for(user), user, sees


def ways_out(client: Client, user: User, scene: Scene) -> list[tuple[str, str]]:
    """Everything that a reader can get to see of who does it too."""
    number = scene.initiative.pk
    addresses = [
        scene.initiative.url, reverse("who_else", args=[number]), f"{reverse('compare')}?initiatief={number}",
        f"{reverse('propose')}?initiatief={number}", "/", "/themas/wmo/", "/gemeenten/waterhoven/",
        *(reverse("like_ours", args=[code]) for code in ("GM9901", "GM9925", *PLACES)),
        *(page.url for page in scene.adoptions.values()),
        "/zoeken/?q=pompelmoes", "/api/v1/search?q=pompelmoes", "/zoeken/feed/?q=pompelmoes", "/sitemap.xml",
    ]  # fmt: skip
    answers = [(address, client.get(address)) for address in addresses]
    # A page that is not there for this reader repeats no more than its address.
    found = [(address, answer.content.decode()) for address, answer in answers if answer.status_code == 200]
    document = client.get(reverse("propose"), {"initiatief": number, "soort": "docx"}).content
    file = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    found.append(("document", "\n".join([*(one.text for one in file.paragraphs), *cells])))
    made = ReadingList.objects.create(owner=user, title="Alles")
    ListItem.objects.bulk_create(ListItem(reading_list=made, contribution=page) for page in scene.adoptions.values())
    signed_in = client_for(user)
    found.append(("list", signed_in.get(reverse("reading_list", args=[made.pk])).content.decode()))
    Follow.objects.create(user=user, kind="theme", value="wmo")
    mail.outbox.clear()
    monday = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())
    send_digests(monday)
    found += [("digest", str(one.body)) for one in mail.outbox if one.to == [user.email]]
    return found


# A dot on the map: a line of no length. (Two letters of it may stand in any token of the page.)
_DOT = re.compile(r"M\d+ \d+h0")
# Lists of all municipalities, and what the register says of neighbours, name everybody.
_NAMED_ANYWAY = re.compile(r'<section class="town".*?</section>|<ul class="alike">.*?</ul>', re.DOTALL)


def test_nobody_sees_who_does_it_that_they_may_not_see(
    scene: Scene, engine_name: str, reader: tuple[Client, User, set[str]]
) -> None:
    client, user, sees = reader
    shown: set[str] = set()
    for address, text in ways_out(client, user, scene):
        cleaned = _NAMED_ANYWAY.sub("", text)
        for code, (_visibility, _size, name) in PLACES.items():
            # Facets and headings name municipalities; an adoption is told by its title, its contact or its address.
            traces = (f"Zo doet {name} het", f"Rol {name}", f"/zo-doet-{name.lower()}-het/")
            told = [trace for trace in traces if trace in cleaned]
            assert code in sees or not told, (address, told)
            if told:
                shown.add(code)
    assert shown == sees
    # Nor did the source get mail about what is closed.
    assert not any("Maasbergen" in str(one.body) for one in scene.mails)


def test_every_figure_is_of_what_the_reader_may_see(
    scene: Scene, engine_name: str, reader: tuple[Client, User, set[str]]
) -> None:
    client, _user, sees = reader
    page = client.get(scene.initiative.url).content.decode()
    number = len(sees)
    assert f"Loopt in {number} andere gemeente" in page
    assert len(_DOT.findall(page)) == number + 1
    # Of municipalities like the reader's own too.
    assert "Maasbergen (88" not in page or "GM9904" in sees
    assert (f"In {number} gemeenten werkte" in page) is (number > 1)
    for code, (_visibility, size, _name) in PLACES.items():
        assert (f'id="maat-{size}"' in page) is (code in sees)
        found = client.get("/api/v1/search", {"runs_at_size": size, "kind": "initiative"}).json()
        assert found["engine"] == engine_name
        assert found["count"] == int(code in sees & IN_SEARCH), size
    # Two confirmed adoptions: a rung that a visitor, who sees one, does not see.
    reached = client.get("/api/v1/search", {"evidence": "taken_over"}).json()
    assert reached["count"] == int(len(sees & IN_SEARCH) >= 2)
    everything = client.get("/api/v1/search", {"kind": "initiative"}).json()
    sizes = {value["value"]: value["count"] for value in everything["facets"]["runs_at_size"]}
    [hit] = [hit for hit in everything["results"] if hit["title"] == scene.initiative.title]
    assert set(hit["runs_at_sizes"]) == set(sizes)
    assert sizes == {"xl": 1, **{PLACES[code][1]: 1 for code in sees & IN_SEARCH}}


def test_what_runs_at_ones_own_size_stands_higher(
    section_of: SectionOf, committed: Committed, build: Callable[[], None], person: Person, engine_name: str
) -> None:
    with committed():
        here = section_of("GM9901")
        pages = [InitiativeFactory(parent=here, title="Kalebas", slug=f"kalebas-{number}") for number in range(3)]
        adoption = AdoptionFactory(parent=section_of("GM9910"), initiative=pages[0])
        confirming.answer(adoption, person("editor", "GM9901"), Answer.CONFIRMED)
    build()

    def ranked(client: Client) -> list[int]:
        found = client.get("/api/v1/search", {"q": "kalebas", "kind": "initiative"}).json()["results"]
        return [hit["id"] for hit in found]

    # Alike in everything: the newest first. For who is as large as Veldersloot the one that runs there.
    assert ranked(Client())[0] == pages[2].pk
    member = client_for(person("member", "GM9925"))
    assert ranked(member)[0] == pages[0].pk
    told = "Het loopt in een gemeente die ongeveer zo groot is als die van jou."
    assert member.get("/zoeken/", {"q": "kalebas"}).content.decode().count(told) == 1
    assert told not in Client().get("/zoeken/", {"q": "kalebas"}).content.decode()
    assert ranked(client_for(person("member", "GM9903")))[0] == pages[2].pk


# The entry is the same whatever engine reads it.
@pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
def test_what_happens_to_an_adoption_changes_the_entry_of_its_initiative(scene: Scene, committed: Committed) -> None:
    def sizes() -> dict[str, str]:
        entry = Entry.objects.get(pk=scene.initiative.pk)
        texts = {"public": entry.values, "members": entry.member_values}
        return {size: whom for whom, text in texts.items() for size in by_filter(text).get("runs_at_size", [])}

    assert sizes() == {"xl": "public", "s": "public", "xs": "members"}
    with committed():
        scene.adoptions["GM9910"].unpublish()
    assert sizes() == {"xl": "public", "xs": "members"}
    with committed():
        confirming.answer(scene.adoptions["GM9911"], scene.initiative.owner, Answer.DOUBTED)
    assert sizes() == {"xl": "public"}
    with committed():
        AdoptionPage.objects.get(pk=scene.adoptions["GM9910"].pk).get_latest_revision().publish()
    assert sizes() == {"xl": "public", "s": "public"}
    with committed():
        scene.adoptions["GM9910"].delete()
    assert sizes() == {"xl": "public"}
