"""schemathesis on the API: whatever its own description allows, and what it does not, it answers as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from exchange.api.api import api
from exchange.sections.models import MunicipalityPage
from exchange.wsgi import application
from tests.conftest import Committed
from tests.factories import InitiativeFactory

from .conftest import REQUESTS, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_api_answers_as_it_says(mode: GenerationMode, waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop in het azc")
        InitiativeFactory(parent=waterhoven, title=SECRET, visibility="own")
    schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
    schema.app = application
    for path, method in (("/api/v1/search", "GET"), ("/api/v1/suggest", "GET")):
        strategy = schema[path][method].as_strategy(generation_mode=mode)

        @settings(
            max_examples=max(20, REQUESTS // 20), deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=strategy)
        def ask(case: Any) -> None:
            response = case.call()
            assert response.status_code < 500, case.as_curl_command()
            assert SECRET not in response.text
            # A theme that is none is refused: which ones there are stands in the database, not in the description.
            case.validate_response(response, excluded_checks=[positive_data_acceptance, negative_data_rejection])

        ask()
