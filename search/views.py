"""The search page and the theme page. Thin: parse, ask the engine, show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from exchange.accounts.viewer import Viewer, private, viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.municipalities.models import Municipality
from exchange.sections.page_context import contributions_by_kind
from exchange.themes.models import Theme

from . import log, sections, vocabulary
from .engines import engine
from .engines.question import Question
from .filters import FILTERS, LIKE
from .models import Entry, PinnedResult, key_of
from .request import MAX_HITS, Problem, SearchRequest, Sort, parse
from .results import Hit, Results
from .teaching import is_only_near

# Whom a theme page names; all of them are one click away, in search.
SHOWN_PEOPLE = 100
# How many contributions of the same kind of title are shown to who writes.
LOOK_ALIKES = 3
# "About as large as ours": so much smaller and larger (design: domain.md).
ABOUT = (0.7, 1.3)


def search_page(request: HttpRequest) -> HttpResponse:
    """`/zoeken/`: everything the API answers, for people. What cannot be read is left out and said."""
    words = vocabulary.load()
    asked, problems = parse(request.GET, words)
    asked = replace(asked, with_reasons=True)
    question = Question(asked, viewer_of(request), words)
    results = engine().answer(question)
    if asked.page > results.last_page:
        problems.append(
            Problem("page", _("Er zijn maar %(last)s pagina's. Je ziet de laatste.") % {"last": results.last_page})
        )
        asked = asked.on_page(results.last_page)
        results = engine().answer(Question(asked, viewer_of(request), words))
    if asked.words.text and asked.page == 1 and not asked.is_filtered:
        log.note(
            asked.words.text,
            results.count,
            only_near=is_only_near(results),
            by_member=viewer_of(request).is_member,
        )
    context = {
        "asked": asked,
        "pinned": _pinned(asked, viewer_of(request)),
        "sections": sections.named_by(asked, words),
        "results": results,
        "problems": problems,
        "sorts": [{"value": sort.value, "label": sort.label, "selected": sort is asked.sort} for sort in Sort],
        "chips": _chips(asked, words),
        "pages": _pages(asked, results),
        "own": _own(question.own, asked),
    }
    return private(render(request, "search/search_page.html", context))


def look_alikes(request: HttpRequest) -> HttpResponse:
    """`/zoeken/lijkt-op/?title=…`: what is there already under such a title, for who is about to write it."""
    words = vocabulary.load()
    asked, _problems = parse(QueryDict(urlencode({"q": request.GET.get("title", "")})), words)
    hits: tuple[Hit, ...] = ()
    if len(asked.words.wanted) > 1:
        asked = replace(asked, page_size=LOOK_ALIKES, with_facets=False)
        results = engine().answer(Question(asked, viewer_of(request), words))
        hits = results.hits if results.full is None else results.hits[: results.full]
    return private(render(request, "search/look_alikes.html", {"hits": hits}))


def theme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/themas/<slug>/`: what there is about a theme, and who does what where."""
    theme = get_object_or_404(Theme.objects.select_related("broader"), slug=slug)
    viewer = viewer_of(request)
    under_it = Q(theme_links__tag=theme) | Q(theme_links__tag__broader=theme)
    people = ContactPage.objects.visible_to(viewer).filter(under_it).select_related("municipality").distinct()
    context = {
        "theme": theme,
        "narrower": theme.narrower.all(),
        "asked": SearchRequest(filters={"theme": (theme.slug,)}, sort=Sort.NEWEST),
        "contributions": contributions_by_kind(Contribution.objects.visible_to(viewer).filter(under_it).distinct()),
        "people": people.order_by("municipality__name", "title")[:SHOWN_PEOPLE],
        "quick_exit_url": settings.QUICK_EXIT_URL,
    }
    return private(render(request, "search/theme_page.html", context))


def theme_list(request: HttpRequest) -> HttpResponse:
    """`/themas/`: the whole theme tree."""
    themes = Theme.objects.filter(broader=None).prefetch_related("narrower")
    return render(request, "search/theme_list.html", {"themes": themes})


def _own(place: Municipality | None, asked: SearchRequest) -> dict[str, Any] | None:
    """The switches of a member: municipalities like the own one, and about as large; None for a visitor."""
    if place is None or place.population is None:
        return None
    is_on = place.code in asked.selected(LIKE)
    low, high = (round(place.population * share) for share in ABOUT)
    return {
        "municipality": place,
        "is_on": is_on,
        "like": asked.with_value(LIKE, place.code, chosen=not is_on).to_query(),
        "as_large": replace(asked, inhabitants_min=low, inhabitants_max=high, page=1).to_query(),
    }


def _pinned(asked: SearchRequest, viewer: Viewer) -> list[Entry]:
    """What platform editors put on top for this question, as far as the reader may see it."""
    if not asked.words.wanted or asked.page > 1:
        return []
    pins = PinnedResult.objects.filter(stems=key_of(asked.words.text)).order_by("position", "pk")
    ids = list(pins.values_list("page_id", flat=True))
    entries = Entry.objects.visible_to(viewer).select_related("municipality").in_bulk(ids)
    return [entries[page_id] for page_id in ids if page_id in entries]


def _chips(asked: SearchRequest, words: vocabulary.Vocabulary) -> list[dict[str, Any]]:
    """What is chosen, each with the question without it."""
    chips = [
        {
            "filter": one.label,
            "label": one.values(words).get(value, value),
            "query": asked.with_value(one.name, value, chosen=False).to_query(),
        }
        for one in FILTERS
        for value in asked.selected(one.name)
    ]
    if asked.inhabitants_min is not None or asked.inhabitants_max is not None:
        low, high = asked.inhabitants_min or 0, asked.inhabitants_max
        label = (
            _("vanaf %(low)s") % {"low": low}
            if high is None
            else _("%(low)s tot en met %(high)s") % {"low": low, "high": high}
        )
        chips.append({"filter": _("Inwoners"), "label": label, "query": asked.without_range().to_query()})
    return chips


def _pages(asked: SearchRequest, results: Results) -> dict[str, Any]:
    """Links to the page before and after this one; never beyond what the API answers."""
    last = min(results.last_page, MAX_HITS // asked.page_size)
    return {
        "number": asked.page,
        "last": last,
        "previous": asked.on_page(asked.page - 1).to_query() if asked.page > 1 else None,
        "next": asked.on_page(asked.page + 1).to_query() if asked.page < last else None,
    }
