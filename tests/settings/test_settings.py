"""Every variable has its help; production does not start without its secrets, and is clean when it has them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from exchange.settings import environment

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
    "SECRET_KEY": "k" * 20 + "-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "ALLOWED_HOSTS": "samenwijzer.example",
    "BASE_URL": "https://samenwijzer.example",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    keep = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=keep | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_is_clean(tmp_path: Path) -> None:
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        **PRODUCTION, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", DATA_DIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BASE_URL"])
def test_production_does_not_start_without(tmp_path: Path, missing: str) -> None:
    variables = PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "DATA_DIR": str(tmp_path)}
    done = manage("check", **{name: value for name, value in variables.items() if name != missing})
    assert done.returncode != 0
    assert f"  {missing}: " in done.stderr


def test_the_demo_is_not_part_of_production(tmp_path: Path) -> None:
    done = manage("demo", **PRODUCTION, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", DATA_DIR=str(tmp_path))
    assert "Unknown command: 'demo'" in done.stderr


def test_every_variable_that_is_read_is_in_the_table() -> None:
    out = StringIO()
    call_command("environment", stdout=out)
    table = out.getvalue()
    written = (ROOT / "docs" / "installation.md").read_text(encoding="utf-8")
    assert {variable.name for variable in environment.VARIABLES.values()} - {"DEBUG"} == set(
        re.findall(r"^\| ([A-Z_]+) \|", written, re.MULTILINE)
    )
    for variable in environment.VARIABLES.values():
        assert variable.name in table
        assert variable.help
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "exchange" / "settings").glob("*.py"))
    assert code.count("os.environ") == 2, "Read variables with exchange.settings.environment, so that they are listed."


def test_a_flag_is_a_yes_or_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "VARIABLES", {})
    for text, expected in (("true", True), ("1", True), ("off", False), ("", False)):
        monkeypatch.setenv("A_FLAG", text)
        assert environment.flag("A_FLAG", help="A flag.") is expected
    monkeypatch.setenv("A_FLAG", "misschien")
    with pytest.raises(ImproperlyConfigured, match="misschien"):
        environment.flag("A_FLAG", help="A flag.")


def test_sqlite_takes_the_lock_at_once_and_writes_ahead() -> None:
    from exchange.settings.base import _database

    options = _database("sqlite:////tmp/x/y.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in options["init_command"]
    assert _database("postgres://u:p@h/n")["ENGINE"].endswith("postgresql")
