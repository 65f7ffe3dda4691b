"""The way of a visitor, with the keyboard alone, without JavaScript, and with the back button."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import PHONE, Demo, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param == "with JavaScript", locale="nl-NL")
    yield context.new_page()
    context.close()


def test_from_question_to_whom_to_call_in_two_clicks(page: Page, demo: Demo) -> None:
    # She works for 24,000 inhabitants: "20.000 tot 50.000 inwoners" is a size like hers.
    sign_in(page, demo, "member@waterhoven.example")
    page.goto(f"{demo.address}/zoeken/?q=praten+over+geweld&size=s")
    page.get_by_role("link", name="Inloop bij de kapper").click()
    expect(page.get_by_text("Hogedonk (26.300 inwoners)")).to_be_visible()
    page.get_by_role("region", name="Wie kun je bellen?").get_by_role("link").click()
    expect(page.get_by_role("link", name="sociaal@hogedonk.example").first).to_be_visible()


def test_filters_narrow_come_off_and_the_back_button_works(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/zoeken/?q=opvang")
    everything = page.locator("#aantal").inner_text()
    page.get_by_role("group", name="Soort").get_by_label("Geleerde les").check()
    page.get_by_role("button", name="Toon resultaten").click()
    page.wait_for_url("**kind=lesson**")
    narrowed = page.locator("#aantal").inner_text()
    assert int(narrowed.split()[0]) < int(everything.split()[0])
    page.get_by_role("button", name="Haal weg: Soort: Geleerde les").click()
    expect(page.locator("#aantal")).to_have_text(everything)
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(narrowed)


def test_a_filter_works_at_once_and_keeps_the_place(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(f"{demo.address}/zoeken/?q=opvang")
    # The region that a screen reader listens to must be the same one afterwards.
    page.evaluate("document.getElementById('aantal').dataset.kept = 'yes'")
    before = page.locator("#aantal").inner_text()
    box = page.get_by_role("group", name="Soort").get_by_label("Geleerde les")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#aantal")).not_to_have_text(before)
    expect(page.locator("#aantal")).to_have_attribute("data-kept", "yes")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    assert "kind=lesson" in page.url
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(before)
    context.close()


def test_on_a_phone_the_filters_are_a_sheet(browser: Browser, demo: Demo) -> None:
    for has_script in (True, False):
        context = browser.new_context(
            viewport=PHONE,
            locale="nl-NL",
            java_script_enabled=has_script,
        )
        page = context.new_page()
        page.goto(f"{demo.address}/zoeken/?q=opvang")
        filters = page.get_by_role("region", name="Filters")
        expect(filters).to_be_hidden()
        page.get_by_role("button", name="Filters").click()
        expect(filters).to_be_visible()
        page.get_by_role("group", name="Soort").get_by_label("Geleerde les").check()
        page.get_by_role("button", name="Toon resultaten").click()
        page.wait_for_url("**kind=lesson**")
        expect(page.get_by_role("button", name="Haal weg: Soort: Geleerde les")).to_be_visible()
        context.close()


def test_the_interface_speaks_english_when_asked(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/themas/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Search", exact=True)).to_be_visible()
    assert page.url.endswith("/themas/")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("link", name="Zoeken", exact=True)).to_be_visible()


def tab_to(page: Page, link: Locator) -> None:
    """Press Tab until a link has the focus, as somebody without a mouse does."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The keyboard does not reach it.")


def test_the_keyboard_alone_goes_from_the_front_door_to_whom_to_call(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(demo.address)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.locator("input[name=q]"))
    page.keyboard.type("migrantenadviesraad")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/**")
    tab_to(page, page.get_by_role("link", name="Migrantenadviesraad met eigen budget"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Migrantenadviesraad met eigen budget")
    tab_to(page, page.get_by_role("region", name="Wie kun je bellen?").get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Adviseur participatie en migrantenadviesraad")
    tab_to(page, page.locator("a[href^='mailto:']").first)
    context.close()


def test_on_a_phone_the_search_page_starts_with_what_was_found(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(viewport=PHONE, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{demo.address}/zoeken/?q=opvang")
    first = page.locator("main h2 a, main h3 a").first.bounding_box()
    assert first is not None
    assert first["y"] < 1.5 * PHONE["height"]
    context.close()


def test_suggestions_by_keyboard_lead_to_a_theme(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(demo.address)
    box = page.get_by_role("combobox", name="Wat zoek je?")
    box.press_sequentially("asielz", delay=30)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_have_text("Asielopvang")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("asielz")
    page.keyboard.press("o")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/themas/asielopvang/")
    context.close()


def test_a_hit_says_why_it_stands_there(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/zoeken/?q=mantelzrog+eenzaamheid")
    expect(page.get_by_text("We zochten naar mantelzorg eenzaamheid.")).to_be_visible()
    page.get_by_text("Waarom staat dit hier?").first.click()
    expect(page.get_by_text("Hierin staat: eenzaamheid").first).to_be_visible()
    assert page.url.endswith("q=mantelzrog+eenzaamheid")
