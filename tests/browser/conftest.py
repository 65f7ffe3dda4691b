"""A demo as a visitor meets it: served by `manage.py demo` in a folder of its own, seen with the system's Chromium."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
START_SECONDS = 240


@dataclass(frozen=True)
class Demo:
    """A running demo: where it is, the password of each account, and what it wrote: the mails too."""

    address: str
    passwords: dict[str, str]
    log: Path

    def link_in_mail(self, receiver: str, path: str) -> str:
        """The newest link to such a path in a mail to somebody."""
        return self.link_in(self.log.read_text(encoding="utf-8"), receiver, path)

    def run(self, *command: str) -> str:
        """Run a command of the site on this demo; what it prints, mails too."""
        environment = os.environ | {"DATA_DIR": str(self.log.parent), "DEBUG": "false"}
        environment["DJANGO_SETTINGS_MODULE"] = "exchange.settings.development"
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def link_in(self, text: str, receiver: str, path: str) -> str:
        """The newest link to such a path in the mails to somebody in a text."""
        mails = text.split("Content-Type: multipart/alternative")
        newest = next(mail for mail in reversed(mails) if f"\nTo: {receiver}\n" in mail)
        found = re.search(rf"https?://[^/\s]+({path}\S*)", newest)
        if found is None:
            raise AssertionError(newest)
        return self.address + found[1]


def find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serve_demo(folder: Path, **environment: str) -> Iterator[Demo]:
    """Start `manage.py demo` on SQLite in a folder, wait until it answers, and stop it in the end."""
    port = _free_port()
    output = folder / "demo.log"
    keep = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    with output.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "demo", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=keep | {"DATA_DIR": str(folder), "DEBUG": "false"} | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, output)
            accounts = re.findall(r"(\S+@\S+\.example)\s+(\S+)", output.read_text(encoding="utf-8"))
            yield Demo(address=f"http://127.0.0.1:{port}", passwords=dict(accounts), log=output)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"The demo did not start:\n{output.read_text(encoding='utf-8')}")


@contextmanager
def open_browser(executable: str) -> Iterator[Browser]:
    # In a container as root Chromium has no sandbox, and a small /dev/shm.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


def number_of_example(browser: Browser, demo: Demo) -> int:
    """The number of an initiative that others took over, of another municipality than the accounts."""
    context = browser.new_context()
    question = f"{demo.address}/api/v1/search?q=netwerkaanpak+seksueel+geweld&kind=initiative"
    found: int = context.request.get(question).json()["results"][0]["id"]
    context.close()
    return found


def sign_in(page: Page, demo: Demo, email: str) -> None:
    page.goto(f"{demo.address}/inloggen/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", demo.passwords[email])
    page.click("form:has(input[name=password]) button:not([form])")
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serve_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(is_ci: bool) -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        message = (
            "No Chromium: the browser tests did NOT run. Install it (Debian: apt install chromium) or set CHROMIUM."
        )
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)
    with open_browser(executable) as opened:
        yield opened


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of its own for each person."""
    contexts = []

    def make() -> Page:
        contexts.append(browser.new_context(locale="nl-NL"))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def accessible(page: Page) -> None:
    """Axe finds nothing on this page."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
