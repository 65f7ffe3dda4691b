"""`python -m tests.benchmark 1000 10000`: measure at these numbers of entries; `--picture FILE` draws the result."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

SIZES = (1_000, 10_000, 100_000)

parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
parser.add_argument("--picture", type=Path)
options = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
    # BENCH_FOLDER keeps the filled database for the next time.
    os.environ["DATA_DIR"] = os.environ.get("BENCH_FOLDER", folder)
    os.environ.setdefault("ELASTICSEARCH_INDEX", "samenwijzer-bench")
    django.setup()
    if not os.environ.get("ELASTICSEARCH_URL"):
        sys.stderr.write("Without ELASTICSEARCH_URL only the embedded engine is measured.\n")
    from .run import run

    run(list(options.sizes), options.picture)
