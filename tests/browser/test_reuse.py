"""From "interesting" to "running here", as two people of two municipalities: found, adopted, confirmed, stopped."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import Demo, accessible, sign_in

pytestmark = pytest.mark.browser
SOURCE = "editor@waterhoven.example"
WRITER, COLLEAGUE = "ada@veldersloot.example", "bas@veldersloot.example"
TITLE = "Warme overdracht als een bewoner verhuist"
ADOPTION = f"{TITLE} in Veldersloot"
# Two people of Veldersloot: the demo's own accounts are all of Waterhoven.
PEOPLE = """
from allauth.account.models import EmailAddress
from exchange.accounts.models import Membership, User
for email, role in (("{writer}", "author"), ("{colleague}", "editor")):
    user = User.objects.create(email=email, first_name=email[:3].title(), last_name="Verzonnen")
    user.set_password("{password}")
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Membership.objects.create(user=user, role=role, municipality_id="GM9910")
"""
# Time that went by, as the database sees it.
LATER = """
from datetime import timedelta
from django.utils import timezone
from exchange.adoptions.models import AdoptionPage
AdoptionPage.objects.filter(title="{title}").update(first_published_at=timezone.now() - timedelta(days=95))
"""
PASSWORD = "een-lang-verzonnen-wachtwoord"


@pytest.fixture
def veldersloot(demo: Demo) -> None:
    demo.run("shell", "-v", "0", "-c", PEOPLE.format(writer=WRITER, colleague=COLLEAGUE, password=PASSWORD))
    demo.passwords.update({WRITER: PASSWORD, COLLEAGUE: PASSWORD})


def place(reader: Page, demo: Demo) -> None:
    """A colleague reads along everything that waits."""
    reader.goto(f"{demo.address}/meelezen/")
    while reader.locator("main .rows a").count():
        reader.locator("main .rows a").first.click()
        reader.get_by_role("button", name="Ja, plaats het").click()
        expect(reader.get_by_text("Geplaatst.")).to_be_visible()


def test_from_interesting_to_running_here(
    open_page: Callable[[], Page], demo: Demo, veldersloot: None, tmp_path: Path
) -> None:
    # Ada of Veldersloot finds what Waterhoven built, and puts it beside another.
    ada, visitor = open_page(), open_page()
    sign_in(ada, demo, WRITER)
    ada.goto(f"{demo.address}/zoeken/?q=warme+overdracht+verhuizing&kind=initiative")
    cards = ada.locator("article.hit", has=ada.get_by_role("link", name=TITLE))
    cards.get_by_role("checkbox").check()
    ada.locator("article.hit").get_by_role("checkbox").nth(1).check()
    ada.get_by_role("button", name="Vergelijk").click()
    expect(ada.get_by_role("heading", name="Vergelijk initiatieven")).to_be_visible()
    ada.get_by_role("link", name=TITLE, exact=True).first.click()
    expect(ada.get_by_text("Nog niemand vertelde dat zij dit ook doen.")).to_be_visible()
    initiative = ada.url

    # "Dit doen wij ook": a minute.
    ada.get_by_role("link", name="Dit doen wij ook").click()
    ada.get_by_label("Waar hoort het").select_option(label="Veldersloot")
    ada.get_by_label("Loopt bij ons").check()
    ada.get_by_label("Ik ben het aanspreekpunt").check()
    accessible(ada)
    ada.get_by_role("button", name="Bewaar en laat een collega meelezen").click()
    expect(ada.get_by_text("Een collega leest nu mee.")).to_be_visible()
    form = ada.url
    visitor.goto(initiative)
    expect(visitor.get_by_text("Veldersloot")).to_have_count(0)
    bas = open_page()
    sign_in(bas, demo, COLLEAGUE)
    place(bas, demo)

    # She tells what they changed and what it gave.
    ada.goto(form)
    first = ada.locator("fieldset", has_text="Bellen, niet mailen")
    first.get_by_label("Wat deden jullie ermee").select_option(label="gehouden")
    ada.get_by_label("Uren van de gemeente").select_option(label="minder dan 4 uur per week")
    ada.get_by_label("Wat leverde het op?").select_option(label="net zo goed als bij de bron")
    ada.get_by_text("Wat deden jullie anders, en waarom?").click()
    ada.get_by_label("Wat deden jullie anders?").first.fill("Eén formulier voor drie gemeenten")
    accessible(ada)
    ada.get_by_role("button", name="Bewaar en laat een collega meelezen").click()
    expect(ada.get_by_text("Een collega leest nu mee.")).to_be_visible()
    place(bas, demo)

    # It does not count before the source said so; a scanner that opens the link says nothing.
    answer = f"{demo.address}/api/v1/search?q=warme+overdracht&kind=initiative&runs_at_size=s"
    titles = [hit["title"] for hit in visitor.request.get(answer).json()["results"]]
    assert TITLE not in titles
    link = demo.link_in_mail(SOURCE, "/toepassing/bron/")
    scanner, source = open_page(), open_page()
    scanner.goto(link)
    accessible(scanner)
    source.goto(link)
    source.get_by_role("button", name="Ja, dat klopt").click()
    expect(source.get_by_text("Je antwoord staat erbij.")).to_be_visible()
    titles = [hit["title"] for hit in visitor.request.get(answer).json()["results"]]
    assert TITLE in titles
    visitor.reload()
    expect(visitor.get_by_text("Loopt in 1 andere gemeente.")).to_be_visible()
    expect(
        visitor.get_by_role("heading", name="20.000 tot 50.000 inwoners: 1 net zo goed als bij de bron")
    ).to_be_visible()
    expect(visitor.get_by_text("Bellen, niet mailen: 1 × gehouden")).to_be_visible()

    # The proposal, with the figures of their own size; LibreOffice opens it.
    ada.goto(initiative)
    ada.get_by_role("link", name="Maak een collegevoorstel").click()
    accessible(ada)
    with ada.expect_download() as download:
        ada.get_by_role("button", name="Download voor Word").click()
    document = tmp_path / "voorstel.docx"
    download.value.save_as(document)
    check_document(document)

    # Three months later she is asked how it goes: it stopped, with a reason. It is still found.
    demo.run("shell", "-v", "0", "-c", LATER.format(title=ADOPTION))
    link = demo.link_in(demo.run("follow_adoptions"), WRITER, "/toepassing/hoe-gaat-het/")
    scanner.goto(link)
    accessible(scanner)
    phone = open_page()
    phone.goto(link)
    phone.get_by_label("Gestopt", exact=True).check()
    phone.get_by_label("waarom").select_option(label="geen mensen (meer)")
    phone.get_by_role("button", name="Bewaar").click()
    expect(phone.get_by_text("Het staat op de site.")).to_be_visible()
    titles = [hit["title"] for hit in visitor.request.get(answer).json()["results"]]
    assert TITLE not in titles
    visitor.goto(f"{demo.address}/zoeken/?q=warme+overdracht+veldersloot&kind=adoption&phase=stopped")
    visitor.get_by_role("link", name=ADOPTION).click()
    expect(visitor.get_by_text("Geen mensen (meer)")).to_be_visible()
    accessible(visitor)


def check_document(document: Path) -> None:
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice is not installed (Debian: apt install libreoffice-writer-nogui)."
    subprocess.run(
        [program, f"-env:UserInstallation=file://{document.parent}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(document.parent), str(document)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = PdfReader(document.with_suffix(".pdf")).pages
    text = re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))
    for expected in (
        "Veldersloot (24.100 inwoners)",
        "1 andere gemeenten van onze grootte",
        "minder dan 4 uur per week",
    ):
        assert expected in text, expected
