"""The search page as people use it: what is seen at once, where the keyboard goes, what stays and what back gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from .conftest import PHONE, Demo, accessible, sign_in

pytestmark = pytest.mark.browser

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
MEMBER = "member@waterhoven.example"
SIZE = "#kies-size-s"
# With twenty hits each: plain, with words that are missing in each of them, narrowed to a kind.
QUESTIONS = (
    "q=opvang+vluchtelingen",
    "",
    "q=hoe+bereiken+wij+nieuwkomers+die+seksueel+geweld+meemaakten",
    "kind=initiative",
)
# Tabs from the beginning of the page to the first filter.
MOST_TABS = 15
SMALLEST_TARGET = 24

Open = Callable[..., Page]
Scheme = Literal["light", "dark"]


@pytest.fixture
def open_search(browser: Browser, demo: Demo) -> Iterator[Open]:
    """The search page with a question, in a browser of its own."""
    contexts: list[BrowserContext] = []

    def make(
        query: str = "q=opvang",
        *,
        viewport: ViewportSize = LAPTOP,
        member: bool = False,
        locale: str = "nl-NL",
        scheme: Scheme = "light",
        script: bool = True,
    ) -> Page:
        made = browser.new_context(viewport=viewport, locale=locale, color_scheme=scheme, java_script_enabled=script)
        contexts.append(made)
        page = made.new_page()
        if member:
            sign_in(page, demo, MEMBER)
        page.goto(f"{demo.address}/zoeken/?{query}")
        return page

    yield make
    for one in contexts:
        one.close()


def boxes(page: Page) -> Locator:
    return page.locator(".hit-compare input")


def count(page: Page) -> str:
    return page.locator("#aantal").inner_text()


def chosen(page: Page) -> Locator:
    return page.locator("#gekozen-aantal")


def ticked(page: Page) -> list[str]:
    found: list[str] = page.locator("input[name=initiatief]:checked").evaluate_all("all => all.map(one => one.value)")
    return found


def seen_at_once(page: Page) -> int:
    """Hits that are on the screen as a whole, without scrolling."""
    number: int = page.locator(".hits > li").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().bottom <= innerHeight).length"
    )
    return number


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.id")
    return name


# --- what is seen


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
@pytest.mark.parametrize("query", QUESTIONS)
def test_six_of_twenty_hits_are_seen_at_once_on_a_laptop(open_search: Open, query: str, locale: str) -> None:
    page = open_search(query, locale=locale)
    assert page.locator(".hits > li").count() == 20
    assert seen_at_once(page) >= 6


@pytest.mark.parametrize("query", ["q=opvang+vluchtelingen", "", "kind=initiative"])
def test_three_hits_are_seen_at_once_on_a_phone_and_no_filters_before_them(open_search: Open, query: str) -> None:
    page = open_search(query, viewport=PHONE)
    assert seen_at_once(page) >= 3
    expect(page.locator("#filters")).to_be_hidden()


def test_each_hit_says_what_it_is_where_and_why(open_search: Open) -> None:
    hit = open_search("q=opvang+vluchtelingen").locator(".hit").first
    expect(hit.get_by_role("heading", level=3).get_by_role("link")).to_be_visible()
    expect(hit.locator("mark").first).to_be_in_viewport()
    expect(hit.locator(".facts-line")).to_contain_text(re.compile(r"Initiatief.*inwoners", re.DOTALL))
    why = hit.get_by_text("Waarom staat dit hier?")
    before = why.bounding_box()
    why.click()
    expect(hit.get_by_text("Hierin staat:")).to_be_visible()
    assert why.bounding_box() == before


def test_a_found_word_at_the_end_of_a_long_sentence_is_seen(open_search: Open) -> None:
    page = open_search("q=opvang+vluchtelingen")
    hidden: list[str] = page.locator(".hit-text").evaluate_all(
        """all => all.filter(one => one.querySelector("mark") &&
            one.querySelector("mark").getBoundingClientRect().bottom > one.getBoundingClientRect().bottom + 1)
            .map(one => one.textContent)"""
    )
    assert hidden == []


def test_that_all_are_examples_is_said_once(open_search: Open) -> None:
    page = open_search("q=opvang")
    expect(page.get_by_text("Voorbeeld", exact=True)).to_have_count(1)
    expect(page.get_by_text("Alle gemeenten hier zijn verzonnen.")).to_be_visible()


def test_what_only_comes_near_stands_apart(open_search: Open) -> None:
    near = open_search("q=mantelzrog+eenzaamheid+fiets").get_by_role("region", name="Dit komt in de buurt")
    expect(near.get_by_text("al je woorden")).to_be_visible()
    assert near.locator(".hit").count() > 1


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE, NARROW], ids=["laptop", "phone", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_that_can_be_opened_is_accessible_and_fits(
    open_search: Open, viewport: ViewportSize, scheme: Scheme
) -> None:
    page = open_search("q=opvang&size=xl", viewport=viewport, scheme=scheme)
    boxes(page).first.check()
    expect(chosen(page)).to_contain_text("1 van")
    page.get_by_text("Je keuze", exact=True).click()
    page.get_by_text("Waarom staat dit hier?").first.click()
    accessible(page)
    if viewport is not LAPTOP:
        page.get_by_role("button", name="Filters").click()
    page.locator("#facet-theme summary").click()
    expect(page.locator("#lijst-theme .check").first).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    small = page.locator("main :is(a, button, summary, select, label.check, .hit-compare label):visible").evaluate_all(
        "all => all.filter(one => one.checkVisibility() && one.tabIndex >= 0 && one.getClientRects().length === 1 &&"
        f" one.getBoundingClientRect().height < {SMALLEST_TARGET} - .5 && !one.matches('.to-chosen, .skip'))"
        ".map(one => one.outerHTML)"
    )
    assert small == []


def test_nothing_moves_while_the_page_comes_in(open_search: Open) -> None:
    page = open_search("q=opvang+vluchtelingen")
    page.wait_for_load_state("networkidle")
    moved: float = page.evaluate(
        """new Promise(done => { let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 300); })"""
    )
    assert moved < 0.01


def test_on_paper_are_the_hits_without_what_one_presses(open_search: Open) -> None:
    page = open_search("q=opvang&size=xl")
    boxes(page).first.check()
    page.emulate_media(media="print")
    for gone in ("#filters", ".search-form", ".hit-compare", ".why", "#gekozen", ".order", ".sheet-button"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".hit-text").first).to_be_visible()
    assert page.locator(".hit-text").first.evaluate("one => getComputedStyle(one).display") == "block"


# --- by keyboard


@pytest.mark.parametrize("member", [False, True], ids=["visitor", "member"])
def test_the_keyboard_reaches_the_size_in_few_tabs_and_can_pass_the_filters(open_search: Open, member: bool) -> None:
    page = open_search("q=opvang", member=member)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#about, #ongeveer-wij')"):
            break
    else:
        pytest.fail(f"The size is further than {MOST_TABS} tabs.")
    skip = page.get_by_role("link", name="Naar de resultaten")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "resultaten"
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.hit h3 a')"):
            return
    pytest.fail("After the filters come other things than hits.")


def test_the_focus_and_the_live_count_stay_when_a_filter_changes(open_search: Open) -> None:
    page = open_search()
    page.evaluate("document.getElementById('aantal').dataset.kept = 'yes'")
    before = count(page)
    page.locator(SIZE).focus()
    page.keyboard.press("Space")
    expect(page.locator("#aantal")).not_to_have_text(before)
    expect(page.locator("#aantal")).to_have_attribute("data-kept", "yes")
    expect(page.locator(SIZE)).to_be_focused()
    # The button goes with what it takes away: the keyboard is led to what it found.
    page.get_by_role("button", name=re.compile("Haal weg.*Grootte")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#aantal")).to_have_text(before)
    expect(page.locator("#resultaten")).to_be_focused()


def test_what_was_opened_stays_open_and_enter_in_a_box_asks(open_search: Open) -> None:
    page = open_search()
    page.locator("#facet-province summary").click()
    before = count(page)
    page.locator(SIZE).check()
    expect(page.locator("#aantal")).not_to_have_text(before)
    expect(page.locator("#facet-province")).to_have_attribute("open", "")
    page.locator("#facet-inwoners summary").click()
    page.locator("#inwoners-tot").fill("30000")
    page.keyboard.press("Enter")
    page.wait_for_url("**inhabitants_max=30000**")
    assert "open=" not in page.url


# --- filters


def test_a_long_list_comes_when_it_is_opened_and_its_box_narrows_it(open_search: Open) -> None:
    page = open_search("")
    box = page.locator("#lijst-municipality .check")
    assert box.count() == 0
    page.locator("#facet-municipality summary").click()
    expect(box.first).to_be_visible()
    page.locator("#vind-municipality").press_sequentially("water", delay=30)
    expect(box).to_have_count(1)
    expect(page.locator("#vind-municipality")).to_be_focused()
    box.get_by_role("checkbox").check()
    page.wait_for_url("**municipality=GM9901**")
    expect(page.get_by_role("button", name=re.compile("Gemeente: Waterhoven"))).to_be_visible()


def test_a_visitor_chooses_whose_size_and_keeps_it(open_search: Open) -> None:
    page = open_search("q=opvang")
    before = count(page)
    page.locator("#about").focus()
    expect(page.locator("#gemeentenamen option").nth(300)).to_be_attached()
    page.locator("#about").fill("den bosch")
    page.keyboard.press("Enter")
    page.wait_for_url("**about=GM0796**")
    expect(page.locator("#aantal")).not_to_have_text(before)
    expect(page.locator("#about")).to_have_value("'s-Hertogenbosch")
    page.get_by_role("combobox", name="Wat zoek je?").fill("taal")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=taal&about=GM0796**")
    expect(page.get_by_role("button", name=re.compile("Ongeveer zo groot als: 's-Hertogenbosch"))).to_be_visible()


def test_a_member_asks_for_those_about_as_large(open_search: Open) -> None:
    page = open_search("q=opvang", member=True)
    box = page.get_by_role("checkbox", name="Ongeveer zo groot als wij")
    box.check()
    page.wait_for_url("**about=GM9901**")
    expect(box).to_be_checked()
    expect(page.get_by_role("button", name=re.compile("Ongeveer zo groot als: Waterhoven"))).to_be_visible()
    box.uncheck()
    page.wait_for_url(lambda address: "about" not in address)


def test_an_unknown_municipality_is_said_also_after_a_change(open_search: Open) -> None:
    page = open_search("q=opvang")
    page.locator("#about").fill("Atlantis")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("We kennen geen gemeente 'Atlantis'")


def test_the_sheet_of_a_phone_tells_what_it_finds_and_closes_with_its_button(open_search: Open) -> None:
    page = open_search("q=opvang", viewport=PHONE)
    page.get_by_role("button", name="Filters").click()
    before = page.locator("#aantal-filters").inner_text()
    page.locator(SIZE).check()
    expect(page.locator("#aantal-filters")).not_to_have_text(before)
    expect(page.locator("#filters")).to_be_visible()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".hit").first).to_be_in_viewport()


# --- comparing


def test_what_is_ticked_stays_through_filter_order_page_and_back(open_search: Open) -> None:
    page = open_search("q=gemeente")
    for number in (0, 1):
        boxes(page).nth(number).check()
    expect(chosen(page)).to_have_text("2 van hoogstens 4 gekozen")
    first = ticked(page)
    page.locator("#sort").select_option("newest")
    page.wait_for_url("**sort=newest**")
    expect(chosen(page)).to_have_text("2 van hoogstens 4 gekozen")
    page.locator("#sort").select_option("relevance")
    page.wait_for_url(lambda address: "sort=newest" not in address)
    page.get_by_role("button", name="Volgende").click()
    page.wait_for_url("**page=2**")
    expect(page.locator("#resultaten")).to_be_focused()
    boxes(page).first.check()
    expect(chosen(page)).to_have_text("3 van hoogstens 4 gekozen")
    assert "page=2" in page.url
    page.reload()
    expect(chosen(page)).to_have_text("3 van hoogstens 4 gekozen")
    page.get_by_role("button", name="Vorige").click()
    page.wait_for_url(lambda address: "page=2" not in address)
    expect(page.locator("#gekozen")).to_be_visible()
    assert ticked(page) == first
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    page.wait_for_url("**/vergelijk/?initiatief=*")
    assert page.url.count("initiatief=") == 3
    page.go_back()
    expect(chosen(page)).to_have_text("3 van hoogstens 4 gekozen")
    assert ticked(page) == first


def test_the_choice_is_seen_and_taken_back_without_leaving_the_page(open_search: Open) -> None:
    page = open_search("q=gemeente&page=2")
    for number in (0, 1):
        boxes(page).nth(number).check()
    expect(chosen(page)).to_have_text("2 van hoogstens 4 gekozen")
    page.get_by_text("Je keuze", exact=True).click()
    expect(page.locator("#gekozen-lijst li")).to_have_count(2)
    page.locator("#gekozen-lijst button").first.click()
    expect(chosen(page)).to_have_text("1 van hoogstens 4 gekozen")
    expect(page.locator("#gekozen")).to_be_focused()
    assert "page=2" in page.url
    assert len(ticked(page)) == 1
    page.locator("#gekozen-lijst button").first.click()
    expect(page.locator("#gekozen")).to_be_hidden()
    expect(page.locator("#resultaten")).to_be_focused()


def test_the_button_is_one_step_from_a_tick_for_keyboard_and_thumb(open_search: Open) -> None:
    page = open_search("q=gemeente", viewport=PHONE)
    boxes(page).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar je keuze").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gekozen")).to_be_focused()
    button = page.get_by_role("button", name="Vergelijk", exact=True)
    page.mouse.wheel(0, 800)
    expect(button).to_be_in_viewport()
    place = button.bounding_box()
    assert place is not None
    assert place["y"] > PHONE["height"] / 2


def test_more_than_fit_side_by_side_is_told(open_search: Open) -> None:
    page = open_search("q=gemeente")
    for number in range(5):
        boxes(page).nth(number).check()
    expect(chosen(page)).to_have_text("5 gekozen. Er passen er 4 naast elkaar: haal er weg.")


# --- back


def test_back_from_a_hit_gives_the_place_the_filters_and_the_ticks(open_search: Open) -> None:
    page = open_search("q=gemeente")
    before = count(page)
    page.locator(SIZE).check()
    expect(page.locator("#aantal")).not_to_have_text(before)
    narrowed = count(page)
    boxes(page).nth(2).check()
    expect(chosen(page)).to_contain_text("1 van")
    page.locator(".hit h3 a").nth(7).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    page.wait_for_function("scrollY > 300")
    page.wait_for_timeout(200)
    there: int = page.evaluate("scrollY")
    page.locator(".hit h3 a").nth(8).click()
    page.wait_for_url("**/gemeenten/**")
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(narrowed)
    expect(page.locator(SIZE)).to_be_checked()
    assert len(ticked(page)) == 1
    page.wait_for_function(f"Math.abs(scrollY - {there}) < 40")
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(before)
    expect(page.locator(SIZE)).not_to_be_checked()


def test_another_language_comes_back_to_what_was_chosen(open_search: Open) -> None:
    page = open_search()
    page.locator(SIZE).check()
    page.wait_for_url("**size=s**")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Nederlands")).to_be_visible()
    assert "size=s" in page.url


# --- without JavaScript


def test_without_javascript_ticks_go_along_and_every_list_opens(open_search: Open) -> None:
    page = open_search("q=gemeente", script=False)
    boxes(page).first.check()
    boxes(page).nth(1).check()
    expect(page.locator("#gekozen")).to_be_visible()
    expect(chosen(page)).to_be_hidden()
    page.get_by_role("button", name="Volgende").click()
    page.wait_for_url("**page=2**")
    assert page.url.count("initiatief=") == 2
    boxes(page).first.check()
    page.locator(SIZE).check()
    page.get_by_role("button", name="Toon resultaten").click()
    page.wait_for_url("**size=s**")
    page.get_by_role("button", name=re.compile("Haal weg.*Grootte")).click()
    page.wait_for_url(lambda address: "size=s" not in address)
    page.locator("#facet-municipality summary").click()
    page.locator("#vind-municipality").fill("water")
    page.keyboard.press("Enter")
    expect(page.locator("#lijst-municipality .check")).to_have_count(1)
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    page.wait_for_url("**/vergelijk/**")
    assert page.url.count("initiatief=") == 3


# --- nothing found


def test_which_filter_to_take_away_is_said_with_what_it_gives(open_search: Open) -> None:
    page = open_search("q=buurtauto&size=xl&phase=stopped")
    way = page.get_by_role("button", name=re.compile("^Zonder"))
    promised = re.search(r"\d+", way.first.inner_text())
    assert promised is not None
    way.first.click()
    expect(page.locator("#aantal")).to_have_text(re.compile(rf"^{promised[0]} "))
    expect(page.locator("#resultaten")).to_be_focused()


@pytest.mark.parametrize("member", [False, True], ids=["visitor", "member"])
def test_nothing_found_gives_ways_on(open_search: Open, member: bool) -> None:
    page = open_search("q=eenhoorn", member=member)
    expect(page.get_by_text("Niets gevonden over eenhoorn.")).to_be_visible()
    if member:
        expect(page.get_by_role("button", name="Volg dit")).to_be_visible()
    page.get_by_role("link", name="Vraag het iemand").click()
    expect(page.locator(".hit").first).to_be_visible()
