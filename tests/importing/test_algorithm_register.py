"""The open algorithm register through its mapping, into the pages, the search and its facets.

Uses the register itself by the path in ALGORITHM_REGISTER, and a small file of our own where that is not set.
"""

from __future__ import annotations

import json
import os
import warnings
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from exchange.contributions.models import Contribution
from exchange.importing.mappings.algorithm_register import DEFAULT_THEME, themes_for, to_columns
from exchange.municipalities.models import Municipality
from search import dutch
from search.models import Entry, WordGroup
from search.projection import find_drift, project_dirty

OWN = Path(__file__).parent / "data" / "register.jsonl"
# With the register of August 2026; at least these, where another edition is used.
LEAST = (940, 204)


@pytest.fixture(scope="module")
def register(is_ci: bool) -> Path:
    given = os.environ.get("ALGORITHM_REGISTER")
    if given:
        path = Path(given)
        assert path.is_file(), f"ALGORITHM_REGISTER says {path}, and there is no such file."
        return path
    assert not is_ci, "CI must set ALGORITHM_REGISTER to the path of the open algorithm register."
    warnings.warn("ALGORITHM_REGISTER is not set: a small file of our own is used instead.", UserWarning, stacklevel=1)
    return OWN


def rows_of(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if row["gm_code"] and row["text"].strip()]


def command(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_contributions", path, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Hulp bij bijstand en schulden", ["bijstand-en-armoede"]),
        ("Kentekens van geparkeerde auto's", ["verkeer-en-parkeren"]),
        ("Een chatbot over afval", ["openbare-ruimte-en-afval", "dienstverlening-en-communicatie"]),
        ("Iets anders", [DEFAULT_THEME]),
    ],
)
def test_themes_follow_by_rule(text: str, themes: list[str]) -> None:
    assert themes_for(text) == themes


def test_only_rows_of_municipalities_are_taken() -> None:
    assert to_columns({"gm_code": "", "title": "Van een ministerie"}) is None
    columns = to_columns(
        {"gm_code": "GM0344", "external_id": "7", "title": "T", "text": "X", "status": "buiten_gebruik"}
    )
    assert columns is not None
    assert (columns["municipality"], columns["status"], columns["external_id"]) == ("GM0344", "stopped", "7")


@pytest.mark.corpus
@pytest.mark.django_db
def test_the_whole_register_is_imported_found_and_counted(
    register: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, client: Client
) -> None:
    """One test, because the import takes minutes: each step looks at what the one before left."""
    rows = rows_of(register)
    with django_capture_on_commit_callbacks(execute=True):
        said = command(register, publish=True, open_sections=True)
    project_dirty()

    assert "using --mapping algorithm-register" in said

    # Every row that can be is published, under the municipality it is of.
    live = Contribution.objects.filter(live=True)
    too_long = [row for row in rows if len(" ".join(row["title"].split())) > 100]
    assert f"{len(rows) - len(too_long)} added" in said
    assert live.count() == len(rows) - len(too_long)
    kept = set(live.values_list("external_id", "source_url"))
    assert kept == {(row["id"], row["url"]) for row in rows if row not in too_long}
    assert Counter(live.values_list("municipality", flat=True)) == Counter(
        row["gm_code"] for row in rows if row not in too_long
    )
    if register != OWN:
        assert live.count() >= LEAST[0]
        assert live.values("municipality").distinct().count() >= LEAST[1]

    # The search finds exactly what a scan of the input with the same words finds; a scan knows no other words.
    WordGroup.objects.all().delete()
    for word, size in (("anonimiseren", "s"), ("parkeren", "m"), ("bijstand", None)):
        expected = sum(
            matches(row, word)
            for row in rows
            if row not in too_long and (size is None or size_of(row["gm_code"]) == size)
        )
        parameters = {"q": word} | ({"size": size} if size else {})
        found = client.get("/api/v1/search", parameters).json()["count"]
        assert found >= expected
        if word == "anonimiseren":
            assert found == expected
            assert register == OWN or 70 <= found <= 90

    # Every value of every facet returns exactly its count.
    facets = client.get("/api/v1/search?q=anonimiseren").json()["facets"]
    values = [(facet, value) for facet, found in facets.items() for value in found]
    assert values
    for facet, value in values:
        answer = client.get("/api/v1/search", {"q": "anonimiseren", facet: value["value"]}).json()
        assert answer["count"] == value["count"], (facet, value)

    # A second import changes nothing.
    before = list(Entry.objects.order_by("pk").values_list("pk", "version"))
    again = command(register, publish=True, open_sections=True)
    assert f"0 added, 0 updated, {live.count()} unchanged" in again
    assert list(Entry.objects.order_by("pk").values_list("pk", "version")) == before
    assert find_drift() == []


def matches(row: dict[str, Any], word: str) -> bool:
    wanted = frozenset(token.stem for token in dutch.words(word))
    return any(token.is_found_by(wanted) for token in dutch.tokens(f"{row['title']} {row['text']}"))


def size_of(code: str) -> str | None:
    size = Municipality.objects.get(code=code).size
    return size.value if size else None
