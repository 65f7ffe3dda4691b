"""The public API. Read-only; it shows what the session's reader may see."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from exchange.accounts.viewer import viewer_of
from search import vocabulary
from search.engines import engine
from search.engines.question import Question
from search.request import MAX_QUERY, Problem, parse
from search.results import Hit, Results
from search.suggest import suggest

from .contract import Api
from .problems import problem
from .schemas import ProblemOut, SearchOut, SuggestionOut


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The library's own answer with the description takes every method; there is nothing in it to write."""
    return csrf_exempt(require_safe(view))


# The page with the description is ours: the library's takes scripts from elsewhere (`docs.py`).
api = Api(title="Samenwijzer", urls_namespace="api-v1", docs_url=None, docs_decorator=read_only)


@api.get(
    "/search",
    response={200: SearchOut, 400: ProblemOut, 404: ProblemOut, 429: ProblemOut},
    operation_id="search",
    tags=["search"],
)
def search(request: HttpRequest) -> HttpResponse:
    """Takes the same parameters as the search page (`contract.py` describes them). An unknown value is refused."""
    if too_long := _too_long(request):
        return too_long
    words = vocabulary.load()
    asked, problems = parse(request.GET, words, exact=True)
    if problems:
        return problem(HTTPStatus.BAD_REQUEST, _("Deze vraag kunnen we niet lezen."), problems)
    results = engine().answer(Question(asked, viewer_of(request), words))
    if asked.page > results.last_page:
        message = _("Er zijn maar %(last)s pagina's.") % {"last": results.last_page}
        return problem(HTTPStatus.NOT_FOUND, message, [Problem("page", message)])
    return _json(_out(request, results).model_dump_json())


@api.get(
    "/suggest",
    response={200: list[SuggestionOut], 400: ProblemOut, 429: ProblemOut},
    operation_id="suggest",
    tags=["search"],
)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Themes, titles and municipalities with a word that begins like this; at least two letters."""
    if too_long := _too_long(request):
        return too_long
    found = [
        SuggestionOut(text=one.text, kind=one.kind, url=request.build_absolute_uri(one.url)).model_dump()
        for one in suggest(request.GET.get("q", ""), viewer_of(request))
    ]
    return _json(json.dumps(found))


def _too_long(request: HttpRequest) -> HttpResponse | None:
    """Refuse a text of more signs than the description allows, as it was sent: cleaning it may have made it shorter."""
    sent = QueryDict(request.META.get("QUERY_STRING", "")).getlist("q")
    if all(len(text) <= MAX_QUERY for text in sent):
        return None
    message = _("Dit is te lang: gebruik hoogstens %(limit)s tekens.") % {"limit": MAX_QUERY}
    return problem(HTTPStatus.BAD_REQUEST, _("Deze vraag kunnen we niet lezen."), [Problem("q", message)])


def _json(content: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers={"Cache-Control": "private"})


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
