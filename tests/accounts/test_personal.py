"""What is made for one person is kept by no cache; what a visitor reads may be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
KEEP_NOTHING = "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/", "/zoeken/?q=inloop", "/zoeken/feed/?q=inloop", "/api/v1/search?q=inloop", "/api/v1/suggest?q=in",
        "/api/v1/docs", "/themas/", "/schrijven/", "/account/", "/beheer/", "/sitemap.xml", "/bestaat-niet/",
        "/api/bestaat-niet", "/gemeenten/waterhoven/", "/gemeenten/waterhoven/inloop/",
    ],
)  # fmt: skip
def test_nothing_for_who_is_signed_in_is_kept(
    path: str, signed_in: Callable[..., Client], waterhoven: MunicipalityPage, committed: Committed, client: Client
) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop")
    answer = signed_in("editor", "GM9901").get(path)
    assert answer["Cache-Control"] == KEEP_NOTHING
    assert "Cookie" in answer["Vary"]
    assert "no-store" not in client.get(path).headers.get("Cache-Control", "") or client.get(path).status_code == 302


def test_signing_in_and_out_are_personal_too(signed_in: Callable[..., Client]) -> None:
    client = signed_in("member", "GM9901")
    assert client.post("/uitloggen/")["Cache-Control"] == KEEP_NOTHING
    assert "no-store" not in client.get("/themas/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["weekbericht/uit", "klopt-dit", "toepassing/bron", "toepassing/hoe-gaat-het"])
def test_a_link_from_a_mail_is_personal(path: str, client: Client) -> None:
    assert client.get(f"/{path}/een-token/")["Cache-Control"] == KEEP_NOTHING
