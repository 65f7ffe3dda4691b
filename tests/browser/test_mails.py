"""The mails about reuse, as a mail program shows them: accessible, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Browser

from exchange.accounts.letters import Letter, Stranger, send
from exchange.adoptions import letters as adoption_letters
from exchange.following import letters as following_letters
from exchange.following.news import News

pytestmark = pytest.mark.browser


# A page needs a database, and a browser of Playwright in the same thread forbids that: what a letter reads is enough.
PLACED: Any = SimpleNamespace(
    title="Inloop", municipality=SimpleNamespace(name="Veldersloot"), get_stage_display=lambda: "Loopt bij ons",
    get_reason_display=lambda: "geen geld", get_url_parts=lambda: (1, "https://site.example", "/inloop/"),
)  # fmt: skip
SOURCE: Any = SimpleNamespace(title="Inloop met sleutelpersonen")
NEWS = [News(1, "Inloop", "/inloop/", "Initiatief", "Waterhoven", "GM9901", "public", frozenset())]
LETTERS: dict[str, Callable[[], Letter]] = {
    "taken over": lambda: adoption_letters.taken_over(PLACED, SOURCE, "/toepassing/bron/x/"),
    "declined": lambda: adoption_letters.declined(PLACED, SOURCE),
    "confirmed": lambda: adoption_letters.confirmed(PLACED),
    "doubted": lambda: adoption_letters.doubted(PLACED, "Bel even."),
    "how does it go": lambda: adoption_letters.how_does_it_go(PLACED, 3, "/toepassing/hoe-gaat-het/x/"),
    "this week": lambda: following_letters.this_week(NEWS, "https://site.example/weekbericht/uit/x/"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_has_no_violation(
    browser: Browser, mailoutbox: list[EmailMultiAlternatives], name: str, language: str
) -> None:
    send(Stranger("ada@veldersloot.example", language), LETTERS[name])
    html = str(mailoutbox[-1].alternatives[0][0])
    page = browser.new_page()
    page.set_content(html)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.locator("html").get_attribute("lang") == language
    page.close()
