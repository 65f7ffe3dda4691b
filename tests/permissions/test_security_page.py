"""`docs/security.md` says by which test each guard is held: those tests and files are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_and_file_that_the_page_on_security_names_is_there() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|exchange|home|search)/[\w/.]+)`", page))
    linked = {f"docs/{one}" for one in re.findall(r"\]\(([\w/.-]+\.md)\)", page)}
    assert len(named) > 40
    assert [one for one in sorted(named | linked) if not (ROOT / one).exists()] == []
