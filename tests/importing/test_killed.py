"""The process ends in the midst of a step, or two take the same step: no row comes twice and none is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from exchange.importing.models import Upload
from exchange.importing.uploading import STEP, receive
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROWS = 2 * STEP + 4
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def upload(waterhoven: MunicipalityPage, person: Person) -> Upload:
    text = "title;text\n" + "".join(f"Titel {number};Tekst.\n" for number in range(ROWS))
    return receive(SimpleUploadedFile("lijst.csv", text.encode()), waterhoven, person("author", "GM9901"))


@pytest.fixture
def database(upload: Upload, tmp_path: Path) -> Path:
    """The same database as a file, that other processes can open."""
    if connection.vendor != "sqlite":
        pytest.skip("The database is copied as a file: SQLite only.")
    path = tmp_path / "exchange.sqlite3"
    path.write_bytes(connection.connection.serialize())
    return path


@pytest.fixture
def start(upload: Upload, database: Path) -> Start:
    """Starts a process that takes the steps of the upload."""

    def run() -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", "tests.importing.steps", str(upload.pk)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, bufsize=0)

    return run


def ask(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as asked:
        return asked.execute(question).fetchall()


def state(database: Path) -> tuple[object, ...]:
    return ask(database, "SELECT state, done FROM importing_upload")[0]


def titles(database: Path) -> list[str]:
    found = ask(database, "SELECT title FROM wagtailcore_page WHERE title LIKE 'Titel %' ORDER BY title")
    return [str(title) for (title,) in found]


def killed_after(process: subprocess.Popen[bytes], rows: int) -> None:
    """SIGKILL once so many rows were written, which is in the midst of a step."""
    assert process.stdout is not None
    for _ in range(rows):
        assert process.stdout.readline() == b"row\n"
    process.kill()
    process.stdout.close()
    process.wait()


def begin(database: Path) -> None:
    with closing(sqlite3.connect(database)) as asked:
        asked.execute("UPDATE importing_upload SET state = 'importing', done = 0, outcomes = '{}'")
        asked.commit()


def test_a_process_that_is_killed_at_each_step_loses_no_row_and_writes_none_twice(start: Start, database: Path) -> None:
    killed_after(start(), 3)
    assert state(database) == ("checking", 0)
    killed_after(start(), STEP + 3)
    assert state(database) == ("checking", STEP)
    with start() as process:
        process.communicate()
    assert state(database) == ("checked", ROWS)
    assert titles(database) == []
    begin(database)
    # What was written in a step that did not end is as if it never was.
    killed_after(start(), STEP // 2)
    assert (state(database), titles(database)) == (("importing", 0), [])
    killed_after(start(), STEP + 1)
    assert (state(database), len(titles(database))) == (("importing", STEP), STEP)
    killed_after(start(), 2)
    assert (state(database), len(titles(database))) == (("importing", STEP), STEP)
    with start() as process:
        process.communicate()
    assert state(database) == ("done", ROWS)
    assert titles(database) == sorted(f"Titel {number}" for number in range(ROWS))
    assert '"added": 24' in str(ask(database, "SELECT outcomes FROM importing_upload"))


def test_two_that_take_the_same_steps_write_no_row_twice(start: Start, database: Path) -> None:
    begin(database)
    both = [start(), start()]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert state(database) == ("done", ROWS)
    assert titles(database) == sorted(f"Titel {number}" for number in range(ROWS))
