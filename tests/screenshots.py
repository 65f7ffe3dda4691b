"""Pictures of the demo: `make screenshots` for the README, `make screenshots TO=folder` for every kind of page.

The latter on a desktop, on a phone and as it is printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings

# The pictures that the README shows; the others are to look at.
README = {
    ("home", "desktop"), ("search", "desktop"), ("search", "phone"), ("initiative", "desktop"),
    ("municipality for a member", "desktop"), ("card", "phone"), ("who does it too", "desktop"),
}  # fmt: skip


def main(folder: Path, *, everything: bool) -> None:
    from tests.browser.conftest import (
        DESKTOP,
        PHONE,
        find_chromium,
        number_of_example,
        open_browser,
        serve_demo,
        sign_in,
    )
    from tests.browser.test_accessibility import PAGES

    executable = find_chromium()
    if executable is None:
        sys.exit("No Chromium: install it (Debian: apt install chromium) or set CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, serve_demo(Path(place)) as demo, open_browser(executable) as browser:
        number = number_of_example(browser, demo)
        for name, (path, reader) in PAGES.items():
            for width, viewport in (("desktop", DESKTOP), ("phone", PHONE), ("print", DESKTOP)):
                if not everything and (name, width) not in README:
                    continue
                context = browser.new_context(viewport=viewport, locale="nl-NL")
                page = context.new_page()
                if reader:
                    sign_in(page, demo, reader)
                page.goto(demo.address + path.format(number=number))
                file = folder / f"{name.replace(' ', '-')}-{width}"
                if width == "print":
                    page.pdf(path=file.with_suffix(".pdf"), format="A4")
                else:
                    page.screenshot(path=file.with_suffix(".png"), full_page=everything)
                context.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
    django.setup()
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), everything=True)
    else:
        main(settings.BASE_DIR / "docs" / "pictures", everything=False)
