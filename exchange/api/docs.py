"""`/api/v1/docs`: the description of the API for people, made from the description for programs.

A page of our own: the usual ones take scripts from elsewhere, which the site's policy forbids, and are no good on a
phone or for a screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from search import vocabulary
from search.filters import filters
from search.request import Sort
from search.spelling import camel

from . import versions
from .api import api
from .contract import ROOT

# More values than this are told by a link to the description for programs.
FEW = 12


@csrf_exempt
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The page with every address, its parameters and the fields of its answer."""
    described = api.get_openapi_schema()
    context = {
        "info": described["info"],
        "root": ROOT,
        "server": described["servers"][0]["url"],
        "operations": [
            _operation(path, methods["get"], described["components"]["schemas"])
            for path, methods in described["paths"].items()
        ],
        "problem_fields": _fields("ProblemOut", described["components"]["schemas"]),
        "versions": versions.VERSIONS,
        "example": f"{ROOT}/search?q=opvang&pageSize=5",
    }
    return render(request, "api/docs.html", context)


def _operation(path: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    name = (answer.get("items") or answer)["$ref"].rpartition("/")[2]
    return {
        "id": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "description": operation["description"],
        "parameters": [_parameter(one, schemas) for one in operation["parameters"]],
        "is_list": "items" in answer,
        "fields": _fields(name, schemas),
    }


def _parameter(parameter: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    items = schema.get("items", schema)
    if "$ref" in items:
        items = schemas[items["$ref"].rpartition("/")[2]]
    values = items.get("enum", [])
    return {
        "name": parameter["name"],
        "description": parameter["description"],
        "values": _labelled(parameter["name"], values) if 0 < len(values) <= FEW else [],
        "many": len(values) if len(values) > FEW else 0,
        "schema": schema,
    }


def _labelled(name: str, values: list[str]) -> list[tuple[str, str]]:
    """Values with what the site calls them."""
    choices = {camel(one.name): one.values for one in filters()} | {"sort": lambda words: dict(Sort.choices)}
    labels = choices[name](vocabulary.load())
    return [(value, str(labels.get(value, ""))) for value in values]


def _fields(name: str, schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of an answer, each with those within it."""
    return [_field(one, schema, schemas) for one, schema in schemas[name]["properties"].items()]


def _field(name: str, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    options = schema.get("anyOf", [schema])
    kinds = [_kind(option) for option in options]
    inner = [one for option in options for one in _within(option, schemas)]
    return {"name": name, "kind": " / ".join(kinds), "fields": inner}


def _kind(schema: Mapping[str, Any]) -> str:
    return str(schema.get("format") or schema.get("type") or "object")


def _within(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    inside = schema.get("items") or schema.get("additionalProperties") or schema
    if "items" in inside:
        return _within(inside, schemas)
    return _fields(inside["$ref"].rpartition("/")[2], schemas) if "$ref" in inside else []
