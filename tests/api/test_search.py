"""The API says what the page says, as data; what it cannot answer it refuses as problem+json."""

from __future__ import annotations

import pytest
from django.test import Client

from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_an_answer_has_the_form_of_the_contract(
    client: Client, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        page = InitiativeFactory(
            parent=waterhoven,
            title="Inloop",
            summary="Opvang van vluchtelingen.",
            external_id="x-17",
            phase="running",
            confirmed_at="2026-10-01",
        )
    response = client.get("/api/v1/search?q=opvang")
    assert response["Cache-Control"] == "private"
    answer = response.json()
    assert set(answer) == {
        "count", "page", "page_size", "engine", "degraded", "did_you_mean", "results", "facets",
    }  # fmt: skip
    assert (answer["count"], answer["page"], answer["page_size"]) == (1, 1, 20)
    assert (answer["engine"], answer["degraded"], answer["did_you_mean"]) == ("embedded", False, None)
    result = answer["results"][0]
    assert result.pop("score") > 0
    assert result == {
        "id": page.pk,
        "kind": "initiative",
        "external_id": "x-17",
        "title": "Inloop",
        "url": "http://testserver/gemeenten/waterhoven/inloop/",
        "summary": "Opvang van vluchtelingen.",
        "highlights": ["<mark>Opvang</mark> van vluchtelingen."],
        "municipality": {"code": "GM9901", "name": "Waterhoven"},
        "size": "xl",
        "runs_at_sizes": ["xl"],
        "themes": ["samen-met-inwoners", "sleutelpersonen"],
        "phase": "running",
        "confirmed_at": "2026-10-01",
    }
    assert answer["facets"]["phase"] == [{"value": "running", "label": "Loopt", "count": 1, "selected": False}]


@pytest.mark.parametrize(
    ("query", "parameter", "status"),
    [
        ("theme=bestaat-niet", "theme", 400), ("kind=iets", "kind", 400), ("size=xxl", "size", 400),
        ("municipality=GM0000", "municipality", 400), ("page=abc", "page", 400), ("page=501", "page", 400),
        ("page=2", "page", 404), ("page_size=101", "page_size", 400), ("q=" + "a" * 10_000, "q", 400),
        ("sort=mooi", "sort", 400), ("inhabitants_max=veel", "inhabitants_max", 400),
        ("page_size=100&page=101", "page", 400),
    ],
)  # fmt: skip
def test_what_it_cannot_answer_it_refuses(client: Client, query: str, parameter: str, status: int) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert [one["parameter"] for one in problem["invalid_params"]] == [parameter]
    assert problem["detail"]


def test_a_question_without_words_finds_nothing(client: Client) -> None:
    for query in ("q=de+het", "q=%22%22"):
        answer = client.get(f"/api/v1/search?{query}").json()
        assert answer["count"] == 0


def test_an_address_that_does_not_exist_is_a_problem(client: Client) -> None:
    assert client.get("/api/v1/bestaat-niet/").status_code == 404


def test_the_description_is_there(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]["/search"]["get"]["parameters"]
    assert {"q", "theme", "size", "municipality", "sort", "pageSize"} <= {one["name"] for one in described}


def test_every_parameter_of_the_contract_is_accepted(client: Client) -> None:
    query = (
        "q=a&sort=confirmed&page=1&page_size=5&kind=adoption&theme=wmo&target=lvb&size=s&runs_at_size=xl"
        "&inhabitants_min=1&inhabitants_max=2&province=PV26&region=VR09&municipality=GM0344&like=GM0344&phase=idea"
        "&cost=unknown&staff=over_36&evidence=checked&confirmed=due&group=kind"
    )
    assert client.get(f"/api/v1/search?{query}").status_code == 200
