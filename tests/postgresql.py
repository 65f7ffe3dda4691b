"""Run a command with a PostgreSQL of its own: `python -m tests.postgresql COMMAND ...`.

Uses DATABASE_URL where that points to PostgreSQL already, else the programs of an installed PostgreSQL: a new cluster
in a temporary folder, on a socket only. Where there is neither it says so, and with CI=true that is an error.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
# Speed over safety: the cluster lives as long as the tests.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="
# PostgreSQL refuses to run as root; there this account runs it.
ACCOUNT = "postgres"


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; the newest where there are several."""
    found = [
        path for pattern in PLACES for path in Path("/").glob(pattern.removeprefix("/")) if (path / "initdb").exists()
    ]
    on_path = shutil.which("initdb")
    return max(found, default=Path(on_path).parent if on_path else None)


def _as_account(command: Sequence[str]) -> list[str]:
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups", *command]


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """A running cluster; gives its database URL."""
    folder = Path(tempfile.mkdtemp(prefix="samenwijzer-postgresql-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(
            _as_account([str(bin_folder / command[0]), *command[1:]]), check=True, cwd=folder, stdout=subprocess.DEVNULL
        )

    run("initdb", "--pgdata", str(data), "--username", "test", "--auth", "trust", "--encoding", "UTF8", "--no-locale")
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"{OPTIONS} -k {folder}", "start")
    try:
        yield f"postgres://test@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command: Sequence[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    bin_folder = programs()
    if bin_folder is None:
        sys.stderr.write(
            "\n*** PostgreSQL is not installed: the tests did NOT run on it. "
            "Install it (Debian: apt install postgresql) or set DATABASE_URL. ***\n\n"
        )
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster(bin_folder) as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
