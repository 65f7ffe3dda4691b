"""From a mail address to a contribution that others find: the whole way, as the people who take it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import Demo, accessible, sign_in

pytestmark = pytest.mark.browser
NEW = "noor@waterhoven.example"
EDITOR = "editor@waterhoven.example"
TITLE = "Koffie met de wijkagent op woensdag"
# Time that went by, as the database sees it: the server's own clock cannot be moved.
LATER = """
from datetime import timedelta
from django.utils import timezone
from exchange.contributions.models import Contribution
from search.projection import project
pages = Contribution.objects.filter(owner__email="noor@waterhoven.example")
pages.update(confirmed_at=timezone.localdate() - timedelta(days={days}))
project(pages.values_list("pk", flat=True))
"""


def test_from_a_mail_address_to_what_others_find(open_page: Callable[[], Page], demo: Demo) -> None:
    # A member by the button behind the link; a mail scanner that opens the link does nothing.
    noor = open_page()
    noor.goto(f"{demo.address}/doe-mee/")
    noor.get_by_label("Voornaam").fill("Noor")
    noor.get_by_label("Achternaam").fill("Verzonnen")
    noor.get_by_label("E-mail").fill(NEW)
    noor.get_by_role("button", name="Stuur mij een link").click()
    expect(noor.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    link = demo.link_in_mail(NEW, "/account/confirm-email/")
    scanner = open_page()
    scanner.goto(link)
    accessible(scanner)
    noor.goto(link)
    noor.get_by_role("button", name="Ja, dit is mijn adres").click()
    expect(noor.get_by_role("heading", name="Welkom, Noor")).to_be_visible()
    expect(noor.get_by_text("deelnemer")).to_be_visible()

    # She asks to write, and an editor lets her.
    noor.get_by_role("button", name="Vraag om mee te doen").click()
    expect(noor.get_by_text("Je verzoek is verstuurd").first).to_be_visible()
    els = open_page()
    sign_in(els, demo, EDITOR)
    els.goto(demo.link_in_mail(EDITOR, "/mensen/"))
    accessible(els)
    els.get_by_role("button", name="Laat meedoen").click()
    els.get_by_label("E-mailadres").fill("collega@waterhoven.example")
    els.get_by_role("button", name="Stuur een uitnodiging").click()
    expect(els.get_by_text("collega@waterhoven.example").first).to_be_visible()

    # The card saves itself while she types, and says what is there already.
    noor.goto(f"{demo.address}/schrijven/initiatief/")
    noor.get_by_label("Waar hoort het").select_option(label="Waterhoven")
    noor.get_by_label("Titel").fill("Wekelijkse inloop met sleutelpersonen")
    noor.get_by_label("Titel").press("Tab")
    expect(noor.get_by_text("Dit is er al.")).to_be_visible()
    noor.get_by_label("Titel").fill(TITLE)
    noor.get_by_label("Samenvatting").fill(
        "Elke woensdag drinkt de wijkagent koffie in de bibliotheek. Bel 06 12345678."
    )
    expect(noor.get_by_text("Bewaard als concept.")).to_be_visible()
    noor.wait_for_url("**/schrijven/*/")
    noor.reload()
    expect(noor.get_by_label("Titel")).to_have_value(TITLE)
    noor.locator("summary", has_text="Thema's").click()
    noor.get_by_label("Sleutelpersonen", exact=True).check()
    noor.get_by_label("Ik ben het aanspreekpunt").check()
    noor.get_by_label("Er staan geen herkenbare personen").check()
    accessible(noor)
    noor.get_by_role("button", name="Bewaar en ga verder").click()

    # She looks at what may identify somebody, mends it, and offers it.
    expect(noor.get_by_text("Is dit het nummer van een persoon?")).to_be_visible()
    accessible(noor)
    noor.get_by_role("link", name="Verander de kaart").click()
    noor.get_by_label("Samenvatting").fill("Elke woensdag drinkt de wijkagent koffie in de bibliotheek.")
    noor.get_by_role("button", name="Bewaar en ga verder").click()
    noor.get_by_role("button", name="Vraag een collega om mee te lezen").click()
    expect(noor.get_by_text("Een collega leest nu mee.")).to_be_visible()
    visitor = open_page()
    unseen = visitor.goto(f"{demo.address}/gemeenten/waterhoven/koffie-met-de-wijkagent-op-woensdag/")
    assert unseen is not None
    assert unseen.status == 404

    # Els reads what waits for her; nobody else has to.
    els.goto(f"{demo.address}/meelezen/")
    for _ in range(2):
        els.locator("main .rows a").first.click()
        accessible(els)
        els.get_by_role("button", name="Ja, plaats het").click()
        expect(els.get_by_text("Geplaatst.")).to_be_visible()
    expect(els.get_by_text("Er wacht nu niets.")).to_be_visible()

    # A visitor finds it.
    visitor.goto(f"{demo.address}/zoeken/?q=koffie+wijkagent")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", name=TITLE)).to_be_visible()

    # She is asked whether it is still true. A scanner opens the link and nothing happens; her button confirms.
    link = demo.link_in(demo.run("ask_confirmations"), NEW, "/klopt-dit/")
    scanner.goto(link)
    accessible(scanner)
    expect(scanner.get_by_text("Klopt nog op")).to_have_count(0)
    reader = open_page()
    reader.goto(link)
    for number in range(2):
        reader.get_by_role("button", name="Ja, dit klopt nog").first.click()
        expect(reader.get_by_text("Klopt nog op")).to_have_count(number + 1)
    visitor.reload()
    expect(visitor.get_by_text("Klopt nog op").first).to_be_visible()
    noor.goto(f"{demo.address}/gemeenten/waterhoven/koffie-met-de-wijkagent-op-woensdag/")
    expect(noor.get_by_text("Noor Verzonnen").or_(noor.get_by_text("Aanspreekpunt Waterhoven")).first).to_be_visible()

    # A year later she is asked again. Much later the editor is, and it is marked and found last.
    demo.run("shell", "-v", "0", "-c", LATER.format(days=380))
    assert demo.link_in(demo.run("ask_confirmations"), NEW, "/klopt-dit/") != link
    demo.run("shell", "-v", "0", "-c", LATER.format(days=500))
    assert demo.link_in(demo.run("ask_confirmations"), EDITOR, "/klopt-dit/")
    visitor.reload()
    expect(visitor.get_by_text("Niet bevestigd").first).to_be_visible()
    answer = visitor.request.get(f"{demo.address}/api/v1/search?q=koffie&page_size=100").json()
    assert answer["count"] > 1
    assert answer["results"][-1]["title"] == TITLE
    visitor.goto(f"{demo.address}/zoeken/?q=koffie+wijkagent&confirmed=overdue")
    expect(visitor.get_by_role("link", name=TITLE)).to_be_visible()
    expect(visitor.get_by_text("niet bevestigd", exact=True).first).to_be_visible()


def test_the_only_officer_of_a_municipality_is_read_by_the_platform(open_page: Callable[[], Page], demo: Demo) -> None:
    boss, noor, pim = open_page(), open_page(), open_page()
    address = "alleen@bureau.example"
    sign_in(boss, demo, "administrator@waterhoven.example")
    boss.goto(f"{demo.address}/mensen/GM9918/")
    boss.get_by_label("E-mailadres").fill(address)
    boss.get_by_label("Rol", exact=True).select_option(label="redacteur")
    boss.get_by_role("button", name="Stuur een uitnodiging").click()
    noor.goto(demo.link_in_mail(address, "/doe-mee/"))
    noor.get_by_label("Voornaam").fill("Een")
    noor.get_by_label("Achternaam").fill("Verzonnen")
    noor.get_by_role("button", name="Stuur mij een link").click()
    noor.goto(demo.link_in_mail(address, "/account/confirm-email/"))
    noor.get_by_role("button", name="Ja, dit is mijn adres").click()
    noor.goto(f"{demo.address}/schrijven/initiatief/")
    noor.get_by_label("Titel").fill("Buurtmoestuin achter het gemeentehuis")
    noor.get_by_label("Samenvatting").fill("Bewoners kweken samen groente.")
    noor.locator("summary", has_text="Thema's").click()
    noor.get_by_label("Sleutelpersonen", exact=True).check()
    noor.get_by_role("button", name="Bewaar en ga verder").click()
    noor.get_by_role("button", name="Vraag een collega om mee te lezen").click()
    sign_in(pim, demo, "platform-editor@waterhoven.example")
    pim.goto(f"{demo.address}/meelezen/")
    pim.get_by_role("link", name="Buurtmoestuin").click()
    expect(pim.get_by_text("geen collega die kan meelezen")).to_be_visible()
    pim.get_by_role("button", name="Ja, plaats het").click()
    visitor = open_page()
    visitor.goto(f"{demo.address}/zoeken/?q=buurtmoestuin")
    expect(visitor.get_by_role("link", name="Buurtmoestuin achter het gemeentehuis")).to_be_visible()
