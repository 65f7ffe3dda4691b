"""A file that cannot be taken gets an answer in words, and nothing is kept of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image

from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section


@pytest.mark.parametrize(
    ("address", "name", "content"),
    [
        ("images", "foto.png", b"dit is geen foto"),
        ("images", "foto.png", b""),
        ("images", "foto.exe", b"MZ"),
        ("documents", "programma.exe", b"MZ"),
        ("documents", "leeg.pdf", b""),
    ],
)
def test_a_broken_upload_is_refused_with_a_reason(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client], address: str, name: str, content: bytes
) -> None:
    client = signed_in("author", "GM9901")
    collection = open_section(waterhoven).collection
    form = {"title": "Bestand", "collection": collection.pk, "file": SimpleUploadedFile(name, content)}
    response = client.post(f"/beheer/{address}/add/", form)
    assert response.status_code == 200
    assert Image.objects.count() == Document.objects.count() == 0
