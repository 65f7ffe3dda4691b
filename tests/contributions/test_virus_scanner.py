"""Each upload passes the virus scanner: what it stops is not kept, and nothing is while it is away."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from wagtail.documents.models import Document

from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section

from .making import kept

# The standard test file of virus scanners, in two halves: whole, it would be stopped on the way here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(threading.Thread):
    """Speaks the protocol of clamd, and knows one virus. `answer`: what it says in place of what it found."""

    def __init__(self, line: socket.socket, answer: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.line, self.answer, self.seen = line, answer, b""
        line.listen()

    def run(self) -> None:
        while True:
            try:
                with self.line.accept()[0] as asked:
                    self._hear(asked)
            except OSError:
                return

    def _hear(self, asked: socket.socket) -> None:
        with asked.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", said.read(4))[0]:
                content += said.read(size)
        self.seen = content
        found = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        asked.sendall((self.answer or found) + b"\0")


@pytest.fixture(params=["tcp", "unix"])
def scanner(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Scanner]:
    if request.param == "tcp":
        line = socket.create_server(("127.0.0.1", 0))
        settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{line.getsockname()[1]}"
    else:
        line = socket.socket(socket.AF_UNIX)
        line.bind(str(tmp_path / "clamd"))
        settings.CLAMD_ADDRESS = f"unix://{tmp_path / 'clamd'}"
    made = Scanner(line)
    made.start()
    yield made
    line.close()


def test_a_scanner_sees_all_of_a_file_and_stops_a_virus(scanner: Scanner) -> None:
    harmless = b"inloop;elke week\n" * 20_000
    assert kept("plan.csv", harmless) == harmless
    assert scanner.seen == harmless
    with pytest.raises(ValidationError, match="Eicar-Test-Signature"):
        kept("plan.txt", EICAR)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"stream: iets ERROR", b"onzin", b"\0"])
def test_a_scanner_that_does_not_say_lets_nothing_in(scanner: Scanner, answer: bytes) -> None:
    scanner.answer = answer
    with pytest.raises(ValidationError, match="niet op virussen nakijken"):
        kept("plan.csv", b"inloop")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nergens/clamd", "nergens", "tcp://"])
def test_while_the_scanner_is_away_nothing_is_stored_and_it_says_so(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], settings: Settings, address: str
) -> None:
    settings.CLAMD_ADDRESS = address
    collection = open_section(waterhoven).collection
    form = {"title": "Plan", "collection": collection.pk, "file": SimpleUploadedFile("plan.csv", b"inloop")}
    answer = signed_in("author", "GM9901").post("/beheer/documents/add/", form)
    assert "niet op virussen nakijken" in answer.content.decode()
    assert not Document.objects.exists()
