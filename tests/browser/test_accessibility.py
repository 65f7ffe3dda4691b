"""Every kind of page on a desktop and a phone, with and without JavaScript: accessible, and it fits the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser, StorageState

from .conftest import DESKTOP, PHONE, Demo, accessible, number_of_example, sign_in

pytestmark = pytest.mark.browser

MEMBER = "member@waterhoven.example"
EDITOR = "editor@waterhoven.example"
PAGES = {
    "home": ("/", None),
    "search": ("/zoeken/?q=opvang+vluchtelingen", None),
    "search with filters": ("/zoeken/?q=inloop&size=xl&theme=sleutelpersonen&inhabitants_min=20000", None),
    "search that comes near": ("/zoeken/?q=mantelzrog+eenzaamheid+fiets", MEMBER),
    "search with a problem": ("/zoeken/?theme=bestaat-niet", None),
    "nothing found": ("/zoeken/?q=eenhoorn", None),
    "nothing with these filters": ("/zoeken/?q=buurtauto&size=xl&phase=stopped&about=GM9910", None),
    "search with open lists": ("/zoeken/?about=GM9910&open=theme&open=municipality", MEMBER),
    "comparing nothing": ("/vergelijk/", None),
    "themes": ("/themas/", None),
    "theme": ("/themas/seksueel-geweld/", None),
    "municipalities": ("/gemeenten/", None),
    "municipality": ("/gemeenten/waterhoven/", None),
    "municipality for a member": ("/gemeenten/waterhoven/", MEMBER),
    "municipality that has not joined": ("/gemeenten/utrecht/", None),
    "department": ("/gemeenten/waterhoven/team-samen-leven/", None),
    "initiative": (
        "/gemeenten/waterhoven/team-samen-leven/wekelijkse-inloop-met-sleutelpersonen-in-het-azc/",
        None,
    ),
    "initiative for a member": (
        "/gemeenten/waterhoven/team-samen-leven/wekelijkse-inloop-met-sleutelpersonen-in-het-azc/",
        MEMBER,
    ),
    "stopped initiative": ("/gemeenten/esterbeek/energiebus-langs-de-dorpen/", None),
    "lesson": ("/gemeenten/waterhoven/team-samen-leven/betaal-sleutelpersonen-vanaf-de-eerste-dag/", None),
    "contact": ("/gemeenten/waterhoven/team-samen-leven/coordinator-gezondheid-nieuwkomers/", MEMBER),
    "public contact": ("/gemeenten/heuvelbrug/adviseur-participatie-en-migrantenadviesraad/", None),
    "editorial": ("/over/", None),
    "recommendations": ("/samen/", None),
    "sign in": ("/inloggen/", None),
    "take part": ("/doe-mee/", None),
    "take part for a member": ("/doe-mee/", MEMBER),
    "people": ("/mensen/GM9901/", EDITOR),
    "account": ("/account/", MEMBER),
    "two steps": ("/account/2fa/", MEMBER),
    "sessions": ("/account/sessions/", MEMBER),
    "password": ("/account/password/set/", MEMBER),
    "writing": ("/schrijven/", MEMBER),
    "card": ("/schrijven/initiatief/", EDITOR),
    "writing for an editor": ("/schrijven/", EDITOR),
    "card from a text": ("/schrijven/uit-tekst/", EDITOR),
    "log": ("/logboek/GM9901/", EDITOR),
    "importing": ("/beheer/importeren/", EDITOR),
    "reading along": ("/meelezen/", EDITOR),
    "adoption": ("/gemeenten/oeverdam/inloop-met-sleutelpersonen-in-de-wijk/", None),
    "adoption that stopped": ("/gemeenten/rietvoort/inloop-in-het-dorpshuis-gestopt/", MEMBER),
    "who does it too": ("/toepassingen/{number}/", None),
    "we do this too": ("/toepassing/nieuw/{number}/", EDITOR),
    "peer check": ("/toets/{number}/", EDITOR),
    "proposal": ("/voorstel/?initiatief={number}", MEMBER),
    "municipalities like ours": ("/gemeenten-zoals/GM9910/", None),
    "following": ("/volgen/", MEMBER),
    "lists": ("/lijsten/", MEMBER),
    "our contribution": ("/onze-bijdrage/GM9901/2026/", EDITOR),
    "not found": ("/bestaat-niet/", None),
}


@pytest.fixture(scope="session")
def number(browser: Browser, demo: Demo) -> int:
    """The number of an example that others took over."""
    return number_of_example(browser, demo)


@pytest.fixture(scope="session")
def signed_in(browser: Browser, demo: Demo) -> Callable[[str], StorageState]:
    """What a browser keeps of who signed in; each person does so once."""

    @cache
    def state(email: str) -> StorageState:
        context = browser.new_context()
        sign_in(context.new_page(), demo, email)
        kept = context.storage_state()
        context.close()
        return kept

    return state


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation_and_fits(
    browser: Browser, demo: Demo, number: int, signed_in: Callable[[str], StorageState], name: str, script: bool
) -> None:
    path, reader = PAGES[name]
    context = browser.new_context(viewport=DESKTOP, locale="nl-NL", storage_state=signed_in(reader) if reader else None)
    if not script:
        # Axe is a script itself: so it may run, and none of the page's own is let in.
        context.route("**/*.js", lambda route: route.abort())
    try:
        page = context.new_page()
        response = page.goto(demo.address + path.format(number=number))
        assert response is not None
        assert response.status == (404 if name == "not found" else 200)
        assert page.locator("h1").count() == 1
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    finally:
        context.close()
