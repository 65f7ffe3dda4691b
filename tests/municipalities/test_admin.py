"""Everybody with access to the admin may look at the register; nobody may change it there."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.municipalities.models import Municipality
from exchange.sections.models import MunicipalityPage


@pytest.mark.parametrize(
    ("role", "municipality"), [("administrator", None), ("platform_editor", None), ("editor", "GM9901")]
)
def test_the_register_is_there_to_look_at(
    signed_in: Callable[..., Client], waterhoven: MunicipalityPage, role: str, municipality: str | None
) -> None:
    client = signed_in(role, municipality)
    assert client.get("/beheer/municipality/").status_code == 200
    assert b"Utrecht" in client.get("/beheer/municipality/inspect/GM0344/").content


@pytest.mark.parametrize("action", ["new/", "edit/GM0344/", "delete/GM0344/"])
@pytest.mark.django_db
def test_nobody_changes_the_register_in_the_admin(signed_in: Callable[..., Client], action: str) -> None:
    client = signed_in("administrator")
    response = client.post(f"/beheer/municipality/{action}", {"name": "Anders"})
    assert response.status_code in {302, 403, 404}
    assert Municipality.objects.get(code="GM0344").name == "Utrecht"
