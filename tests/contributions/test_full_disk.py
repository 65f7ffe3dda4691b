"""A disk that is full: nothing half is left, and who sent something is told that it was not kept."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image

from exchange.contributions.storage import WholeFileStorage, is_full_disk
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.gate.world import picture


class FullDisk(ContentFile[bytes]):
    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"de eerste helft"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def files_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Document, Image])
def test_a_full_disk_leaves_no_half_file_and_no_row(
    model: Any, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    whole = picture("plan.png")
    content = whole.read()
    whole.seek(0)
    model.objects.create(title="Plan", file=whole).file.close()
    before = {one: one.read_bytes() for one in files_in(tmp_path)}
    assert before
    monkeypatch.setattr(ContentFile, "chunks", FullDisk.chunks)
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        model.objects.create(title="Vol", file=ContentFile(content, name="plan.png"))
    assert model.objects.count() == 1
    assert {one: one.read_bytes() for one in files_in(tmp_path)} == before


def test_two_files_of_one_name_are_both_kept_whole_and_readable_by_the_server(tmp_path: Path) -> None:
    store = WholeFileStorage(location=tmp_path, file_permissions_mode=0o644)
    names = [store.save("documents/plan.txt", ContentFile(content)) for content in (b"een", b"twee")]
    assert len(set(names)) == 2
    assert [(tmp_path / name).read_bytes() for name in names] == [b"een", b"twee"]
    assert {one.stat().st_mode & 0o777 for one in files_in(tmp_path)} == {0o644}
    assert len(files_in(tmp_path)) == 2


def test_a_name_that_somebody_took_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = WholeFileStorage(location=tmp_path)
    store.save("plan.txt", ContentFile(b"van een ander"))
    # As if it was free when it was asked for.
    name = store._save("plan.txt", ContentFile(b"van mij"))
    assert name != "plan.txt"
    assert (tmp_path / "plan.txt").read_bytes() == b"van een ander"
    assert (tmp_path / name).read_bytes() == b"van mij"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/beheer/documents/add/", "/beheer/images/add/"])
def test_who_uploads_to_a_full_disk_is_told_that_nothing_was_kept_and_what_to_do(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client = signed_in("author", "GM9901")
    client.raise_request_exception = False
    monkeypatch.setattr(WholeFileStorage, "_write", full)
    name, content = ("plan.png", picture("plan.png").read()) if "images" in address else ("plan.csv", b"inloop")
    collection = open_section(waterhoven).collection
    sent = SimpleUploadedFile(name, content)
    form = {"title": "Plan", "collection": collection.pk, "file": sent}
    answer = client.post(address, form)
    assert answer.status_code == 507
    assert "niet bewaard" in answer.reason_phrase + answer.content.decode()
    assert "probeer het later nog eens" in answer.content.decode()
    assert not Document.objects.exists()
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_is_told_too_where_it_is_met_while_the_file_comes_in(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    client = signed_in("author", "GM9901")
    client.raise_request_exception = False
    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", full)
    answer = client.post(reverse("imports"), {"file": SimpleUploadedFile("lijst.csv", b"title;text")})
    assert answer.status_code == 507


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError("database is locked"), False),
        (ValueError("disk is full"), False),
        (None, False),
    ],
)
def test_only_a_lack_of_room_is_called_a_full_disk(error: BaseException | None, is_full: bool) -> None:
    wrapped = RuntimeError()
    wrapped.__cause__ = error
    assert is_full_disk(error) is is_full_disk(wrapped) is is_full
