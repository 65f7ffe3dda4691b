"""`make lint`: the description of the API by the Dutch API Design Rules, as their own linter (Spectral) says.

Their rules are not ours to keep: the path to them stands in ADR_RULES. Where it is not set this says so aloud, and with
CI=true it is an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPECTRAL = ROOT / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"
# Rules on addresses are about where a site really stands.
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "exchange.settings.development", "BASE_URL": "https://samenwijzer.example"}


class CannotCheckError(Exception):
    """The rules or the linter are not there."""


def breaches(description: str) -> list[str]:
    """What the linter has to say of a description, a line each; warnings too.

    Raises:
        CannotCheckError: the rules or the linter are not there.
    """
    rules = os.environ.get("ADR_RULES", "")
    if not Path(rules).is_file():
        raise CannotCheckError("ADR_RULES is not set to the linter.yaml of the Dutch API Design Rules.")
    # Node comes with the requirements.
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if node is None or not SPECTRAL.exists():
        raise CannotCheckError("No Node, or no Spectral: `npm ci --ignore-scripts`.")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(description)
        file.flush()
        done = subprocess.run(
            [node, str(SPECTRAL), "lint", "--ruleset", rules, "--format", "json", "--quiet", file.name],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise CannotCheckError(f"Spectral did not answer: {done.stdout}{done.stderr}") from error
    return [f"{one['code']} at {'.'.join(map(str, one['path']))}: {one['message']}" for one in found]


def main() -> int:
    """Check the description without what stands in a database; the tests check it with."""
    made = subprocess.run(
        [sys.executable, "manage.py", "openapi", "--bare"],
        cwd=ROOT, env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    try:
        found = breaches(made.stdout)
    except CannotCheckError as error:
        sys.stderr.write(f"The API was NOT checked by the Dutch API Design Rules. {error}\n")
        return int(os.environ.get("CI", "").lower() in {"1", "true"})
    sys.stderr.writelines(f"{one}\n" for one in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
