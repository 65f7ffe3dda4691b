"""A kind of contribution is one app: one that is installed and named nowhere else has all that the others have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(__file__).parent
LINES = 120


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
def test_a_kind_that_is_only_installed_has_all_that_others_have() -> None:
    command = [sys.executable, "-m", "pytest", "--quiet", "--ds=tests.kinds.settings", str(HERE / "probing.py")]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_takes_few_lines() -> None:
    app = HERE / "questions"
    files = [*app.rglob("*.py"), *app.rglob("*.html")]
    assert 0 < sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) < LINES
