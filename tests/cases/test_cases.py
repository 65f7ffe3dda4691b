"""Inputs of real people that once failed, one folder each; their right values stand here.

The folders are not ours to keep: CASES says where they are (`CASES=folder make cases`). Each has a check of its own
name, and a folder without one fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.accounts.models import User
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person, SectionOf

from . import documents, lists, people, pictures, texts
from .world import World

Check = Callable[[World], None]
WHERE = os.environ.get("CASES", "")
FOLDERS = sorted(path for path in Path(WHERE).iterdir() if path.is_dir()) if WHERE else []


def check_of(name: str) -> Check | None:
    """The check of a case: the function with its name."""
    for module in (lists, documents, pictures, texts, people):
        check: Check | None = getattr(module, name.replace("-", "_"), None)
        if check is not None:
            return check
    return None


@pytest.fixture
def world(waterhoven: MunicipalityPage, section_of: SectionOf, person: Person, committed: Committed) -> World:
    section_of("GM9910")

    def somebody(role: str, municipality: str) -> User:
        return person(role, None if role == "administrator" else municipality)

    return World(Path(), waterhoven, somebody, committed)


def test_the_cases_are_there(is_ci: bool) -> None:
    if not WHERE:
        message = "CASES is not set: the inputs that once failed are NOT tried."
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_once_failed_holds(world: World, folder: Path) -> None:
    check = check_of(folder.name)
    assert check is not None, f"no check is written for {folder.name}"
    world.folder = folder
    check(world)
