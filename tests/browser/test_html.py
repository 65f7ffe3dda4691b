"""Every page that somebody finds by clicking is valid HTML, for each reader and in both languages.

The checker is the Nu Html Checker, the one of the WHATWG and the W3C; `hx-` attributes are htmx's own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from playwright.sync_api import APIRequestContext, Browser

from .conftest import Demo, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

JAR = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
READERS = {
    "visitor": None,
    "member": "member@waterhoven.example",
    "author": "author@waterhoven.example",
    "editor": "editor@waterhoven.example",
}
# Nobody comes there by a link, or only after a form.
STARTS = (
    "/", "/bestaat-niet/", "/api/v1/docs", "/inloggen/", "/account/signup/", "/vergelijk/", "/zoeken/?q=azc",
    "/zoeken/?q=buurtauto&size=xl&phase=stopped", "/zoeken/?about=GM9910&open=municipality",
)  # fmt: skip
# So many pages of each kind: `/gemeenten/#/` is one kind, whichever municipality.
OF_A_KIND = 3
# The admin is Wagtail's; the rest sends no page, or signs out.
ELSEWHERE = ("/beheer/", "/static/", "/media/", "/documenten/", "/uitloggen/", "/account/logout/")


@pytest.fixture(scope="session")
def checker(is_ci: bool) -> list[str]:
    """The command of the checker; where Java or the checker is not there the test is skipped aloud."""
    java = shutil.which("java")
    if java and JAR.exists():
        return [java, "-jar", str(JAR), "--format", "json", "--errors-only", "--also-check-css"]
    message = "No Java or no vnu-jar (npm ci): whether the pages are valid HTML was NOT tried."
    if is_ci:
        pytest.fail(message)
    pytest.skip(message)


def kind_of(address: str) -> str:
    """Pages of the same kind have the same form of address: names and numbers in it do not count."""
    parts = urlsplit(address)
    first, *rest = parts.path.strip("/").split("/")
    names = "/".join("#" if re.search(r"\d|-", part) or first == "gemeenten" else part for part in rest)
    return f"{first}/{names}?{sorted(parse_qs(parts.query))}"


def pages(asking: APIRequestContext, site: str) -> dict[str, str]:
    """The pages that somebody finds by clicking, by address."""
    queue, seen, kinds, found = list(STARTS), set[str](), dict[str, int](), dict[str, str]()
    while queue:
        address = queue.pop(0)
        kind = kind_of(address)
        if address in seen or kinds.get(kind, 0) >= OF_A_KIND or address.startswith(ELSEWHERE):
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = asking.get(site + address)
        assert answer.status < 500, address
        if "html" not in answer.headers.get("content-type", ""):
            continue
        found[address] = answer.text()
        queue += links_in(found[address], site + urlsplit(answer.url).path, site)
    return found


def links_in(text: str, base: str, site: str) -> list[str]:
    links = [
        urldefrag(urljoin(base, str(a["href"]))).url
        for a in BeautifulSoup(text, "html.parser").find_all("a", href=True)
    ]
    return [link.removeprefix(site) for link in links if link.startswith(site + "/")]


def faults(checker: list[str], folder: Path) -> list[str]:
    """What the checker says of the pages in a folder, but of htmx's attributes."""
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', 0)} {one['message']} | {one.get('extract', '')[:160]!r}"
        for one in messages
        if not re.match(r"Attribute “hx-[a-z-]+” not allowed", one["message"])
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_valid_html(
    reader: str, language: str, demo: Demo, browser: Browser, checker: list[str], tmp_path: Path
) -> None:
    context = browser.new_context(locale=language, extra_http_headers={"Accept-Language": language})
    try:
        if email := READERS[reader]:
            sign_in(context.new_page(), demo, email)
        found = pages(context.request, demo.address)
    finally:
        context.close()
    assert len(found) > 50
    for number, (address, text) in enumerate(found.items()):
        name = re.sub(r"[^\w.=-]+", "_", address)[:120]
        (tmp_path / f"{number:03} {name}.html").write_text(text, encoding="utf-8")
    assert not faults(checker, tmp_path), "\n".join(faults(checker, tmp_path))


def test_the_checker_sees_a_fault(checker: list[str], tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html lang='nl'><head><title>Proef</title></head><body><p>Tekst</p>{}</body></html>"
    (tmp_path / "right.html").write_text(page.format("<p hx-get='/'>Meer</p>"), encoding="utf-8")
    assert not faults(checker, tmp_path)
    (tmp_path / "wrong.html").write_text(page.format("</p>"), encoding="utf-8")
    assert "No “p” element in scope" in faults(checker, tmp_path)[0]
