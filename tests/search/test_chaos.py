"""Nothing is lost and no search fails, whatever happens to Elasticsearch: a short run of `make soak`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SECONDS = 40


@pytest.mark.elasticsearch
@pytest.mark.xdist_group("elasticsearch")
def test_nothing_is_lost_and_no_search_fails(elasticsearch_address: str, tmp_path: Path) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "exchange.settings.test"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", "--seconds", str(SECONDS), "--seed", "7"],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=480,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert "killed and started empty" in done.stderr
    assert "answered by elasticsearch" in done.stderr
