"""How the API behaves whatever is asked: HEAD, other sites, errors, versions, spellings, and its page for people."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from exchange.api import versions
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
PATHS = ["/api/v1/search?q=inloop", "/api/v1/suggest?q=in", "/api/v1/openapi.json", "/api/v1/docs"]


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_says_without_a_body(path: str, client: Client) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == get["Content-Type"]
    assert head["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/search?page=0", "/api/v1/niets", "/api/v2/search", "/api"])
def test_a_script_on_another_site_may_read_every_answer_without_cookies(path: str, client: Client) -> None:
    answer = client.get(path, headers={"Origin": "https://elders.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "API-Version" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["API-Version"] == versions.CURRENT


def test_a_browser_may_ask_first(client: Client) -> None:
    asked = {"Origin": "https://elders.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(
        "/api/v1/search", headers={**asked, "Access-Control-Request-Headers": "content-type, x-anything"}
    )
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*"


def test_no_other_page_is_for_scripts_of_other_sites(client: Client) -> None:
    answer = client.get("/zoeken/", headers={"Origin": "https://elders.example"})
    assert "Access-Control-Allow-Origin" not in answer


def test_options_tells_the_methods(client: Client) -> None:
    answer = client.options("/api/v1/search")
    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")
    assert client.options("/api/v1/niets").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/bestaat-niet", 404), ("get", "/api/v1/bestaat-niet/", 404), ("get", "/api/v1/search/", 404),
        ("get", "/api/", 404), ("get", "/api", 404), ("get", "/api/v3/search", 404), ("post", "/api/v1/niets", 404),
        ("get", "/api/v1/", 404), ("post", "/api/v1/search", 405), ("put", "/api/v1/suggest", 405),
        ("delete", "/api/v1/search", 405), ("post", "/api/v1/docs", 405), ("patch", "/api/v1/openapi.json", 405),
        ("get", "/api/v1/search?page=0", 400), ("get", "/api/v1/suggest?q=" + "a" * 501, 400),
    ],
)  # fmt: skip
def test_every_error_is_a_problem_and_no_redirect(method: str, path: str, status: int) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(path, headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert {"type", "title", "status", "detail", "invalid_params"} == set(problem)
    assert problem["status"] == status
    assert answer["API-Version"] == versions.CURRENT
    if status == 405:
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_fault_of_ours_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("kapot")

    monkeypatch.setattr("exchange.api.api.suggest", broken)
    client.raise_request_exception = False
    answer = client.get("/api/v1/suggest?q=in")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "kapot" not in answer.content.decode()


def test_a_host_that_is_not_ours_is_a_problem(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["samenwijzer.example"]
    answer = client.get("/api/v1/search", headers={"Host": "elders.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("old", ["page_size", "inhabitants_min", "inhabitants_max"])
@pytest.mark.parametrize("value", ["1.5", "-1", "1e3", "0x1", "+1", "1 000", "20.000", "", " 1", "²", "9" * 400])
def test_a_number_is_digits_only(old: str, value: str, client: Client) -> None:
    new = {"page_size": "pageSize", "inhabitants_min": "inhabitantsMin", "inhabitants_max": "inhabitantsMax"}[old]
    for name in (old, new, "page"):
        answer = client.get("/api/v1/search", {name: value})
        assert answer.status_code == 400
        assert [one["parameter"] for one in answer.json()["invalid_params"]] == [name]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("page_size=1", "pageSize=1"), ("inhabitants_min=400000", "inhabitantsMin=400000"),
        ("inhabitants_max=100", "inhabitantsMax=100"), ("runs_at_size=s", "runsAtSize=s"),
        ("runs_at_size=s&runs_at_size=xl", "runsAtSize=s&runs_at_size=xl"),
    ],
)  # fmt: skip
def test_both_spellings_ask_the_same(
    old: str, new: str, client: Client, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop")
        InitiativeFactory(parent=waterhoven, title="Nog een inloop")
    both = [client.get(f"/api/v1/search?{query}").json() for query in (old, new)]
    assert both[0] == both[1]
    assert both[0] != client.get("/api/v1/search").json()
    assert client.get("/api/v1/search?page_size=7&pageSize=1").json()["page_size"] == 1


def test_the_api_says_nothing_that_it_did_not_do(client: Client) -> None:
    assert "zochten" not in client.get("/api/v1/search?theme=bestaat-niet").json()["detail"]


def test_the_description_has_what_the_rules_ask(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["info"]["version"] == versions.CURRENT
    assert described["servers"][0]["url"].endswith("/api/v1")
    names = [one["name"] for one in described["paths"]["/search"]["get"]["parameters"]]
    assert not [name for name in names if "_" in name]
    references = {part.split('"')[0] for part in json.dumps(described).split('"$ref": "#/')[1:]}
    for reference in references:
        found = described
        for part in reference.split("/"):
            found = found[part]


def test_the_description_names_the_values_of_now(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "GM9901" in described["components"]["schemas"]["MunicipalityCode"]["enum"]
    themes = next(one for one in described["paths"]["/search"]["get"]["parameters"] if one["name"] == "theme")
    assert "wmo" in themes["schema"]["items"]["enum"]


def test_the_description_can_be_printed_without_a_site(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("openapi", "--bare")
    assert json.loads(capsys.readouterr().out)["components"]["schemas"]["MunicipalityCode"] == {"type": "string"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_for_people_shows_every_parameter_and_every_version(language: str, client: Client) -> None:
    answer = client.get("/api/v1/docs", headers={"Accept-Language": language})
    soup = BeautifulSoup(answer.content, "html.parser")
    terms = [dt.get_text(strip=True) for dt in soup.select("dl.parameters dt")]
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert terms == [one["name"] for path in described.values() for one in path["get"]["parameters"]]
    assert [version.number for version in versions.VERSIONS] == [
        h3.get_text().split(",")[0] for h3 in soup.select("#versies ~ h3")
    ]
    assert not [one for one in soup.find_all("script") if "//" in str(one.get("src", ""))]


def test_versions_are_semver_and_fall_in_time() -> None:
    numbers = [tuple(int(part) for part in version.number.split(".")) for version in versions.VERSIONS]
    assert all(len(number) == 3 for number in numbers)
    assert numbers == sorted(numbers, reverse=True)
    assert [one.day for one in versions.VERSIONS] == sorted((one.day for one in versions.VERSIONS), reverse=True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["search", "suggest"])
def test_a_text_is_as_long_as_it_was_sent(path: str, client: Client) -> None:
    """Signs that nobody sees are taken out before a view reads it; the description counts them."""
    assert client.get(f"/api/v1/{path}", {"q": "op" + "\x96" * 499}).status_code == 400
    assert client.get(f"/api/v1/{path}", {"q": "op" + "\x96" * 400}).status_code == 200
