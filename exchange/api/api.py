"""The public API. Read-only; it shows what the session's reader may see."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from exchange.accounts.viewer import viewer_of
from exchange.contributions.choices import Kind
from exchange.contributions.freshness import Freshness
from exchange.evidence.rungs import Rung
from exchange.initiatives.bands import Cost, Phase, Staff
from exchange.municipalities.size import SizeClass
from search import vocabulary
from search.engines import engine
from search.engines.question import Question
from search.filters import FILTERS
from search.request import MAX_PAGE_SIZE, MAX_QUERY, PAGE_SIZE, Problem, Sort, parse
from search.results import Hit, Results
from search.suggest import suggest

from .problems import problem
from .schemas import ProblemOut, SearchOut, SuggestionOut


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"in": "query", "name": name, "description": description, "schema": {"type": "string"} | schema}


def _items(name: str) -> dict[str, Any]:
    return {"type": "string"} | ({"enum": _ENUMS[name].values} if name in _ENUMS else {})


# The question is read by `search.request`, so its description is made from the same filters.
_NUMBER = {"type": "integer"}
# The other filters take values that stand in the database.
_ENUMS = {
    "kind": Kind, "size": SizeClass, "phase": Phase, "cost": Cost, "staff": Staff, "runs_at_size": SizeClass,
    "evidence": Rung, "confirmed": Freshness,
}  # fmt: skip
_PROBLEM = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
PROBLEMS = {
    400: {"description": "A parameter cannot be read; says which, and what to do.", "content": _PROBLEM},
    404: {"description": "There are not so many pages.", "content": _PROBLEM},
}
PARAMETERS = [
    _parameter("q", 'Words; "a phrase" in quotes, a minus before what must not be there.', maxLength=MAX_QUERY),
    *(
        _parameter(one.name, "May be repeated: any of the values.", type="array", items=_items(one.name))
        for one in FILTERS
    ),
    _parameter("inhabitants_min", "At least this many inhabitants.", **_NUMBER, minimum=0),
    _parameter("inhabitants_max", "At most this many inhabitants.", **_NUMBER, minimum=0),
    _parameter("sort", "Order of the results.", enum=Sort.values, default=Sort.RELEVANCE.value),
    _parameter("page", "Page of the results.", **_NUMBER, minimum=1, default=1),
    _parameter("page_size", "Results on a page.", **_NUMBER, minimum=1, maximum=MAX_PAGE_SIZE, default=PAGE_SIZE),
]

api = NinjaAPI(title="Samenwijzer", version="1", urls_namespace="api-v1", docs_url="docs")


@api.get(
    "/search",
    response=SearchOut,
    summary="Search in contributions of municipalities",
    tags=["search"],
    openapi_extra={"parameters": PARAMETERS, "responses": PROBLEMS},
)
def search(request: HttpRequest) -> HttpResponse:
    """Takes the same parameters as the search page; see docs/search.md. An unknown value is refused."""
    words = vocabulary.load()
    asked, problems = parse(request.GET, words)
    if problems:
        return problem(HTTPStatus.BAD_REQUEST, _("Deze vraag kunnen we niet lezen."), problems)
    results = engine().answer(Question(asked, viewer_of(request), words))
    if asked.page > results.last_page:
        message = _("Er zijn maar %(last)s pagina's.") % {"last": results.last_page}
        return problem(HTTPStatus.NOT_FOUND, message, [Problem("page", message)])
    content = _out(request, results).model_dump_json()
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers={"Cache-Control": "private"})


@api.get("/suggest", response=list[SuggestionOut], summary="Complete what somebody types", tags=["search"])
def suggestions(request: HttpRequest, response: HttpResponse, q: str = "") -> list[SuggestionOut]:
    """Themes, titles and municipalities with a word that begins like this; at least two letters."""
    response["Cache-Control"] = "private"
    return [
        SuggestionOut(text=one.text, kind=one.kind, url=request.build_absolute_uri(one.url))
        for one in suggest(q, viewer_of(request))
    ]


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, _("Dit bestaat niet."))


def _out(request: HttpRequest, results: Results) -> SearchOut:
    # Plain values, checked and written in one go: an object for each of five hundred facet values took twice as long.
    site = request.build_absolute_uri("/").rstrip("/")
    return SearchOut.model_validate(
        {
            "count": results.count,
            "page": results.page,
            "page_size": results.page_size,
            "engine": results.engine,
            "degraded": results.degraded,
            "did_you_mean": results.did_you_mean,
            "results": [_result(hit, site) for hit in results.hits],
            "facets": {
                facet.name: [
                    {"value": one.value, "label": one.label, "count": one.count, "selected": one.selected}
                    for one in facet.values
                ]
                for facet in results.facets
            },
        }
    )


def _result(hit: Hit, site: str) -> dict[str, Any]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "external_id": hit.external_id,
        "title": hit.title,
        "url": site + hit.path,
        "summary": hit.summary,
        "highlights": hit.highlights,
        "municipality": {"code": hit.municipality_code, "name": hit.municipality_name},
        "size": hit.size,
        "runs_at_sizes": hit.runs_at_sizes,
        "themes": hit.themes,
        "phase": hit.phase,
        "confirmed_at": hit.confirmed_at,
        "score": hit.score,
    }
