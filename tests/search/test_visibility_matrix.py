"""Every reader times every way out: of what a reader may not see, nothing shows anywhere, by word or by meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchange.contributions.models import Contribution
from exchange.sections.models import MunicipalityPage
from search import known_words
from search.meaning import making
from search.models import Encoding, Vector
from tests.conftest import Committed, SectionOf
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory

# What there is: a word that is asked for, and one that is asked by nobody, so where it shows it leaked.
WORDS = {
    "public": ("zonneboiler", "kalebas"),
    "members": ("waterturbine", "pompelmoes"),
    "own": ("windvanger", "artisjok"),
    "draft": ("getijdemolen", "schorseneer"),
    "withdrawn": ("stoomketel", "postelein"),
    "under a closed department": ("warmtepomp", "veldsla"),
}
READERS = {
    "visitor": (None, {"public"}),
    "member elsewhere": (("member", "GM9910"), {"public", "members"}),
    "author elsewhere": (("author", "GM9910"), {"public", "members"}),
    "member here": (("member", "GM9901"), {"public", "members", "own"}),
    "editor here": (("editor", "GM9901"), {"public", "members", "own"}),
    "platform editor": (("platform_editor", None), {"public", "members"}),
}


Reader = tuple[Client, set[str]]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, signed_in: Callable[..., Client]) -> Reader:
    """A reader's client, and what that reader may see."""
    account, sees = READERS[request.param]
    return signed_in(*account) if account else Client(), sees


@pytest.fixture(params=["words alone", "and meaning"])
def witness(request: pytest.FixtureRequest) -> str:
    """By what is found; where it is meaning too, there is an encoder."""
    if request.param == "and meaning":
        request.getfixturevalue("encoder")
    name: str = request.param
    return name


@pytest.fixture
def pages(
    section_of: SectionOf, committed: Committed, build: Callable[[], None], witness: str
) -> dict[str, Contribution]:
    """One contribution of each kind of openness, alike in everything but its own words; each with a contact."""
    here: MunicipalityPage = section_of("GM9901")
    section_of("GM9910")
    made: dict[str, Contribution] = {}
    with committed():
        department = DepartmentFactory(parent=here)
        for name, (word, secret) in WORDS.items():
            visibility = name if name in {"public", "members", "own"} else "public"
            parent = department if name == "under a closed department" else here
            contact = ContactFactory(parent=parent, title=f"Coördinator {secret}", visibility=visibility)
            made[name] = InitiativeFactory(
                parent=parent, title=f"Proef met {word} en {secret}", slug=f"proef-{len(made)}", contact=contact,
                summary=f"Over {word}, {secret} en energie voor inwoners.", themes=["wmo"], phase="running",
                keywords=[secret], visibility=visibility, published=name != "draft",
            )  # fmt: skip
        made["withdrawn"].unpublish()
        made["withdrawn"].specific.contact.unpublish()
        # A draft's contact is one too.
        made["draft"].specific.contact.unpublish()
        department.unpublish()
    known_words.count()
    if witness == "and meaning":
        _be_near_everything()
    build()
    return made


def _be_near_everything() -> None:
    """Every question is near every contribution: where one is kept from somebody, only their rights do that."""
    making.make()
    Encoding.objects.update(floor=-1, surely=-1)
    assert Vector.objects.count() >= len(WORDS)


def ways_out(pages: dict[str, Contribution]) -> list[tuple[str, dict[str, str]]]:
    """Every address where something of a contribution may show."""
    asked = ["", "proef", "energie inwoners", *(word for word, _ in WORDS.values())]
    mistyped = [word[:-2] + word[-1] + word[-2] for word, _ in WORDS.values()]
    return [
        *(("/api/v1/search", {"q": text, "page_size": "100"}) for text in [*asked, *mistyped]),
        *(("/zoeken/", {"q": text}) for text in [*asked, *mistyped]),
        *(("/zoeken/feed/", {"q": text}) for text in asked),
        *(("/api/v1/suggest", {"q": text}) for text in ["proef", *(word[:6] for word, _ in WORDS.values())]),
        # With similar contributions on it.
        *((page.url or "", {}) for page in pages.values()),
        ("/", {}),
        ("/themas/", {}),
        ("/themas/wmo/", {}),
        ("/gemeenten/", {}),
        ("/gemeenten/waterhoven/", {}),
        ("/sitemap.xml", {}),
        ("/zoeken/", {"theme": "wmo", "municipality": "GM9901"}),
    ]


def test_what_a_reader_may_not_see_shows_nowhere(
    pages: dict[str, Contribution], engine_name: str, reader: Reader
) -> None:
    client, sees = reader
    hidden = {secret for name, (_word, secret) in WORDS.items() if name not in sees}
    shown: set[str] = set()
    for address, parameters in ways_out(pages):
        content = client.get(address, parameters).content.decode().lower()
        leaked = {secret for secret in hidden if secret in content}
        assert not leaked, (address, parameters, leaked)
        shown |= {secret for name, (_word, secret) in WORDS.items() if name in sees and secret in content}
    # And what may be seen is: else this test would say nothing.
    assert shown == {WORDS[name][1] for name in sees}


def test_every_count_is_of_what_the_reader_may_see(
    pages: dict[str, Contribution], engine_name: str, reader: Reader, witness: str
) -> None:
    client, sees = reader
    answer: dict[str, Any] = client.get("/api/v1/search", {"q": "energie", "page_size": "100"}).json()
    # Of each there is a contact too, which has no word of the question and comes by meaning.
    number = len(sees) if witness == "words alone" else 2 * len(sees)
    assert (answer["engine"], answer["count"], len(answer["results"])) == (engine_name, number, number)
    for facet in ("municipality", "theme", "phase", "size", "kind"):
        # All are alike in all of these, so each value has all of them; contacts have some of their own.
        assert {value["count"] for value in answer["facets"][facet]} <= {len(sees), number}, facet
    for name, (word, _secret) in WORDS.items():
        found = client.get("/api/v1/search", {"q": word}).json()
        # By meaning everything else comes along that this reader may see, contacts too.
        if witness == "words alone":
            assert found["count"] == int(name in sees), word
        else:
            assert 0 < found["count"] <= 2 * len(sees), word
        # A correction is proposed only to who may read something that has it.
        mistyped = client.get("/api/v1/search", {"q": word[:-2] + word[-1] + word[-2]}).json()
        assert name in sees or mistyped["did_you_mean"] != word


def test_why_something_stands_here_tells_nothing_of_what_is_for_members(
    section_of: SectionOf, committed: Committed, build: Callable[[], None], signed_in: Callable[..., Client]
) -> None:
    with committed():
        here = section_of("GM9901")
        contact = ContactFactory(parent=here, title="Coördinator pompelmoes", visibility="members")
        InitiativeFactory(parent=here, title="Kalebas", slug="kalebas", contact=contact)
        InitiativeFactory(parent=here, title="Pompelmoes", slug="pompelmoes")
    build()
    asked = {"q": "kalebas pompelmoes", "kind": "initiative"}
    seen = Client().get("/zoeken/", asked).content.decode()
    assert "Hierin staat niet: pompelmoes." in seen
    assert "Past erbij door thema, doelgroep of gemeente: pompelmoes." not in seen
    known = signed_in("member", "GM9910").get("/zoeken/", asked).content.decode()
    assert "Past erbij door thema, doelgroep of gemeente: pompelmoes." in known
