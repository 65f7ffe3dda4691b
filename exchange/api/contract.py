"""The description of the API (OpenAPI 3.1), as the Dutch API Design Rules ask it.

The parameters are made from the filters that read them, with the values that they know now, so the description and
what is accepted cannot disagree. The rest is django-ninja's, put in the form that the rules and generators want.
"""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from exchange.contributions.searchable import Filter
from search import vocabulary
from search.filters import PLACES, filters
from search.request import MAX_HITS, MAX_INHABITANTS, MAX_PAGE_SIZE, MAX_QUERY, PAGE_SIZE, Sort
from search.spelling import camel
from search.vocabulary import Vocabulary

from . import problems, versions

ROOT = "/api/v1"
# A filter on places knows three hundred and fifty values; two filters share the list.
PLACE = "MunicipalityCode"
HEADERS = {"API-Version": {"$ref": "#/components/headers/API-Version"}}


class Api(NinjaAPI):
    """django-ninja, whose description is completed when somebody asks for it."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description as of now, in the language of who asks."""
        return self.described(vocabulary.load())

    def described(self, words: Vocabulary) -> OpenAPISchema:
        """The description with the values of this vocabulary; an empty one leaves those of the database out."""
        schema = super().get_openapi_schema(path_prefix="")
        schema["info"] |= _info()
        schema["servers"] = [{"url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + ROOT}]
        schema["tags"] = [{"name": "search", "description": _("Zoeken in bijdragen van gemeenten.")}]
        schema["components"]["headers"] = {
            "API-Version": {"description": _("Versie van de API (semver)."), "schema": {"type": "string"}}
        }
        schema["components"]["schemas"][PLACE] = {"type": "string"} | _enum(_codes(words))
        for path, (summary, description, parameters) in _operations(words).items():
            operation = schema["paths"][path]["get"]
            operation |= {"summary": summary, "description": description, "parameters": parameters}
            for status, response in operation["responses"].items():
                _complete(int(status), response)
        return schema


def _info() -> dict[str, Any]:
    address = settings.API_CONTACT or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return {
        "version": versions.CURRENT,
        "description": _(
            "Wat gemeenten doen, wat ze leerden en wie je kunt bellen. Alleen lezen, zonder sleutel, ook vanuit een "
            "script op een andere site. Je leest wat een bezoeker mag zien."
        ),
        "contact": {"name": settings.WAGTAIL_SITE_NAME, "email": address, "url": f"{site}{ROOT}/docs"},
    }


def _operations(words: Vocabulary) -> dict[str, tuple[str, str, list[dict[str, Any]]]]:
    """For each path: what it does in a line, what more there is to say, and its parameters."""
    return {
        "/search": (
            _("Zoek in bijdragen van gemeenten"),
            _(
                "Dezelfde vragen als de zoekpagina. Een waarde die niet bestaat, wordt geweigerd. De namen van versie "
                "1.0.0 (page_size, inhabitants_min, inhabitants_max, runs_at_size) blijven in versie 1 ook goed."
            ),
            _search_parameters(words),
        ),
        "/suggest": (
            _("Vul aan wat iemand typt"),
            _("Thema's, titels en gemeenten met een woord dat zo begint; vanaf twee letters."),
            [_parameter("q", _("Het begin van een of meer woorden."), maxLength=MAX_QUERY)],
        ),
    }


def _search_parameters(words: Vocabulary) -> list[dict[str, Any]]:
    inhabitants = {"type": "integer", "minimum": 0, "maximum": MAX_INHABITANTS}
    page = {"type": "integer", "minimum": 1, "maximum": MAX_HITS // MAX_PAGE_SIZE, "default": 1}
    page_size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
    phrase = _('Woorden; een "vaste groep" tussen aanhalingstekens, een minteken voor wat er niet in mag staan.')
    return [
        _parameter("q", phrase, maxLength=MAX_QUERY),
        *(_filter(one, words) for one in filters()),
        _parameter("inhabitantsMin", _("Minstens zoveel inwoners."), **inhabitants),
        _parameter("inhabitantsMax", _("Hoogstens zoveel inwoners."), **inhabitants),
        _parameter("sort", _("Volgorde."), enum=Sort.values, default=Sort.RELEVANCE.value),
        _parameter(
            "page",
            _("Welke pagina. Met kleinere pagina's kun je verder, tot %(hits)s resultaten.") % {"hits": MAX_HITS},
            **page,
        ),
        _parameter("pageSize", _("Resultaten op een pagina."), **page_size),
    ]


def _filter(one: Filter, words: Vocabulary) -> dict[str, Any]:
    items = {"$ref": f"#/components/schemas/{PLACE}"} if one.name in PLACES else _text(_enum(list(one.values(words))))
    description = _("%(label)s. Mag vaker: een van deze waarden.") % {"label": one.label}
    return _parameter(camel(one.name), description, type="array", items=items)


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": _text(schema)}


def _text(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string"} | schema


def _codes(words: Vocabulary) -> list[str]:
    """Of every municipality, and of those that were dissolved: those lead to their successors."""
    return [*words.municipalities, *sorted(set(words.successors) - set(words.municipalities))]


def _enum(values: list[str]) -> dict[str, list[str]]:
    return {"enum": values} if values else {}


def _complete(status: int, response: dict[str, Any]) -> None:
    """Add what the library leaves out: the header with the version, and what kind of answer an error is."""
    response["headers"] = HEADERS
    if status >= 400:
        response["content"] = {problems.CONTENT_TYPE: next(iter(response["content"].values()))}
