"""The strict policy holds: no page of the site has a script or style in it, so nothing that is typed can run."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.conftest import Person
from tests.fuzz.test_forms import crawl, site

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# A fixture of the fuzzer: something of every kind.
__all__ = ["site"]


@pytest.mark.parametrize("role", [None, "editor"])
def test_no_page_has_an_inline_script_style_or_handler(role: str | None, site: list[str], person: Person) -> None:
    client = Client()
    if role:
        client.force_login(person(role, "GM9901"))
    addresses, _forms = crawl(client, [one for one in site if not one.startswith("/beheer/")])
    looked_at = 0
    for address in addresses:
        if address.startswith(("/beheer/", "/api/")):
            continue
        response = client.get(address)
        policy = response.headers.get("Content-Security-Policy", "")
        assert "unsafe" not in policy, address
        assert "script-src 'self'" in policy, address
        if "html" in response.headers.get("Content-Type", "") and not response.streaming:
            looked_at += 1
            soup = BeautifulSoup(response.content, "html.parser")
            # JSON in a script is data: nothing runs it.
            inline = [one for one in soup.find_all("script") if not one.get("src")]
            assert not [one for one in inline if one.get("type") != "application/json"], address
            assert not soup.find_all("style"), address
            tags = soup.find_all(True)
            assert not [one for one in tags if any(name == "style" or name.startswith("on") for name in one.attrs)]
    assert looked_at > 15
