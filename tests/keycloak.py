"""A real Keycloak with a realm of an invented municipality; Maven fetches it into a cache folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from .elasticsearch import cache_folder, free_port

VERSION = "26.5.6"
PACKAGE = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
REALM, CLIENT, SECRET, PASSWORD = "gemeente", "samenwijzer", "alleen-voor-de-test", "een-lang-wachtwoord"
START_SECONDS = 180
# Invented people, by address, with their roles at first.
PEOPLE = {"noor@waterhoven.example": ["samenwijzer-auteur"], "iemand@elders.example": ["samenwijzer-auteur"]}
ROLES = {"samenwijzer-auteur": "author", "samenwijzer-redactie": "editor"}


class NoKeycloakError(Exception):
    """None could be had; the message tells what was tried."""


@dataclass(frozen=True)
class Keycloak:
    """A running Keycloak."""

    address: str

    @property
    def provider(self) -> dict[str, Any]:
        """What OIDC_PROVIDERS holds for it."""
        return {
            "provider_id": "waterhoven",
            "name": "Gemeente Waterhoven",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {
                "server_url": f"{self.address}/realms/{REALM}",
                "municipality": "GM9901",
                "roles_claim": "roles",
                "roles": ROLES,
            },
        }

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        form = {"grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": PASSWORD}
        address = f"{self.address}/realms/master/protocol/openid-connect/token"
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        token = urllib3.request("POST", address, body=urlencode(form), headers=kind).json()["access_token"]
        answer = urllib3.request(
            method,
            f"{self.address}/admin/realms/{REALM}{path}",
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            body=json.dumps(body) if body is not None else None,
        )
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise AssertionError(answer.data)
        return json.loads(answer.data or b"null")

    def give_roles(self, email: str, names: list[str]) -> None:
        """Make these the roles of somebody, and no others of ours."""
        (person,) = self._ask("GET", f"/users?email={email}&exact=true")
        address = f"/users/{person['id']}/role-mappings/realm"
        self._ask("DELETE", address, [self._ask("GET", f"/roles/{name}") for name in ROLES])
        self._ask("POST", address, [self._ask("GET", f"/roles/{name}") for name in names])


def _realm() -> dict[str, Any]:
    mapper = {
        "name": "roles", "protocol": "openid-connect", "protocolMapper": "oidc-usermodel-realm-role-mapper",
        "config": {
            "claim.name": "roles", "jsonType.label": "String", "multivalued": "true", "id.token.claim": "true",
            "userinfo.token.claim": "true", "access.token.claim": "true",
        },
    }  # fmt: skip
    return {
        "realm": REALM,
        "enabled": True,
        "sslRequired": "none",
        "roles": {"realm": [{"name": name} for name in ROLES]},
        "clients": [
            {
                "clientId": CLIENT, "secret": SECRET, "enabled": True, "redirectUris": ["http://127.0.0.1:*"],
                "standardFlowEnabled": True, "protocolMappers": [mapper],
            }
        ],
        "users": [
            {
                "username": email, "email": email, "emailVerified": True, "enabled": True, "realmRoles": roles,
                "firstName": "Noor", "lastName": "Verzonnen",
                "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
            }
            for email, roles in PEOPLE.items()
        ],
    }  # fmt: skip


def distribution() -> Path:
    """The folder of a Keycloak that can be started; fetched when it is not there yet.

    Raises:
        NoKeycloakError: it is not there and cannot be fetched.
    """
    folder = cache_folder() / f"keycloak-{VERSION}"
    if folder.exists():
        return folder
    if shutil.which("mvn") is None or shutil.which("java") is None:
        raise NoKeycloakError("Maven or Java is not installed.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        options = [f"-Dmaven.repo.local={made}/repository", f"-Dartifact={PACKAGE}", f"-DoutputDirectory={made}"]
        try:
            subprocess.run(["mvn", "-q", "-B", "dependency:copy", *options], check=True, stdout=subprocess.DEVNULL)
        except subprocess.CalledProcessError as error:
            raise NoKeycloakError(str(error)) from error
        with zipfile.ZipFile(next(Path(made).glob("*.zip"))) as package:
            package.extractall(made)
        (Path(made) / f"keycloak-{VERSION}").rename(folder)
    return folder


@contextmanager
def server() -> Iterator[Keycloak]:
    """A running Keycloak, with nothing of a run before.

    Raises:
        NoKeycloakError: none could be had, or it did not start.
    """
    with tempfile.TemporaryDirectory(prefix="samenwijzer-keycloak-") as place:
        home = Path(place) / "keycloak"
        shutil.copytree(distribution(), home)
        (home / "data" / "import").mkdir(parents=True)
        (home / "data" / "import" / "realm.json").write_text(json.dumps(_realm()))
        port, log = free_port(), Path(place) / "output.log"
        environment = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TZ", "JAVA_HOME"}}
        environment |= {
            "KC_BOOTSTRAP_ADMIN_USERNAME": "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD": PASSWORD,
            "JAVA_OPTS_KC_HEAP": "-Xms128m -Xmx512m",
        }  # fmt: skip
        options = ["start-dev", "--import-realm", f"--http-port={port}", "--http-host=127.0.0.1"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["bash", str(home / "bin" / "kc.sh"), *options],
                env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(process, f"{address}/realms/{REALM}/.well-known/openid-configuration", log)
            yield Keycloak(address)
        finally:
            os.killpg(process.pid, 15)
            process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            if urllib3.request("GET", address, retries=False, timeout=5).status == HTTPStatus.OK:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(1)
    raise NoKeycloakError(f"It did not start.\n{log.read_text(encoding='utf-8')[-3000:]}")
