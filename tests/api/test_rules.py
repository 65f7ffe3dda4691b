"""The description of the API as it is served, by the linter of the Dutch API Design Rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.api_rules import CannotCheckError, breaches

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def described(client: Client, settings: Settings) -> dict[str, Any]:
    settings.WAGTAILADMIN_BASE_URL = "https://samenwijzer.example"
    description: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return description


def checked(description: dict[str, Any], is_ci: bool) -> list[str]:
    try:
        return breaches(json.dumps(description))
    except CannotCheckError as error:
        if is_ci:
            pytest.fail(str(error))
        pytest.skip(str(error))


def test_it_keeps_every_rule(described: dict[str, Any], is_ci: bool) -> None:
    assert checked(described, is_ci) == []


def test_the_linter_sees_a_breach(described: dict[str, Any], is_ci: bool) -> None:
    described["info"]["version"] = "1"
    described["paths"]["/search"]["get"]["parameters"][0]["name"] = "page_size"
    found = checked(described, is_ci)
    assert len(found) == 2
    assert any("semver" in one for one in found)
