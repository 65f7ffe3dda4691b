"""schemathesis on the API, with every check it has: whatever its description allows and forbids, it answers so."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from exchange.sections.models import MunicipalityPage
from exchange.wsgi import application
from tests.conftest import Committed
from tests.factories import InitiativeFactory

from .conftest import REQUESTS, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def schema(client: Client, waterhoven: MunicipalityPage, committed: Committed) -> Any:
    """The description as the site gives it, with something in the site that a visitor may not see."""
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop in het azc")
        InitiativeFactory(parent=waterhoven, title=SECRET, visibility="own")
    found = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    found.app = application
    return found


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_the_api_answers_as_it_says(mode: GenerationMode, path: str, schema: Any) -> None:
    strategy = schema[path]["GET"].as_strategy(generation_mode=mode)

    @settings(
        max_examples=max(20, REQUESTS // 20), deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def ask(case: Any) -> None:
        response = case.call()
        assert response.status_code < 500, case.as_curl_command()
        assert SECRET not in response.text
        case.validate_response(response)

    ask()


def test_everything_that_is_described_is_json(client: Client) -> None:
    assert json.loads(client.get("/api/v1/openapi.json").content)["openapi"].startswith("3.1")
