"""The search page and the theme page. Thin: parse, ask the engine, show."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange.accounts.viewer import Viewer, private, viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.initiatives.choosing import PARAMETER, SIDE_BY_SIDE
from exchange.sections.page_context import contributions_by_kind
from exchange.themes.models import Theme

from . import htmx, log, result_page, vocabulary
from .choices import Choices, read
from .engines import engine
from .engines.question import Question
from .request import Problem, SearchRequest, Sort, parse
from .results import Hit, Results
from .teaching import is_only_near

# Whom a theme page names; all of them are one click away, in search.
SHOWN_PEOPLE = 100
# How many contributions of the same kind of title are shown to who writes.
LOOK_ALIKES = 3
# The names of municipalities change once a year; so long a browser keeps them, in seconds.
NAMES_KEPT = 3600


def search_page(request: HttpRequest) -> HttpResponse:
    """`/zoeken/`: everything the API answers, for people. What cannot be read is left out and said."""
    words = vocabulary.load()
    drop = request.GET.get("drop", "")
    choices, problems = read(request, words, stays=drop.startswith(PARAMETER))
    choices = choices.without(drop) if drop else choices
    if request.GET.get("go") == "compare":
        return _to_compare(request, choices)
    if drop and not htmx.is_asking(request):
        return redirect(_address(choices))
    results, question = _answer(choices.request, viewer_of(request), words)
    if choices.asked.page > results.last_page:
        problems.append(
            Problem("page", _("Er zijn maar %(last)s pagina's. Je ziet de laatste.") % {"last": results.last_page})
        )
        choices = replace(choices, asked=choices.asked.on_page(results.last_page))
        results, question = _answer(choices.request, viewer_of(request), words)
    if _is_new(request, choices):
        # What is only like it was not found: the exchange lacks it.
        log.note(
            choices.asked.words.text,
            0 if results.is_by_meaning else results.count,
            only_near=is_only_near(results),
            by_member=viewer_of(request).is_member,
        )
    context = result_page.context(request, choices, question, results) | {"problems": problems}
    response = private(render(request, "search/search_page.html", context))
    return htmx.pushed(request, response, _address(choices))


def chosen_to_compare(request: HttpRequest) -> HttpResponse:
    """`/zoeken/gekozen/`: what is ticked to be put side by side, told anew after each tick."""
    choices, _problems = read(request, vocabulary.load(), stays=True)
    response = private(render(request, "search/chosen_anew.html", {"choices": choices, "most": SIDE_BY_SIDE}))
    return htmx.replaced(response, _address(choices))


@require_safe
def municipality_names(request: HttpRequest) -> HttpResponse:
    """`/zoeken/gemeenten/`: the names for the box in which a visitor chooses a municipality; fetched when they type."""
    names = vocabulary.load().municipalities.values()
    response = render(request, "search/municipality_names.html", {"names": names})
    patch_cache_control(response, public=True, max_age=NAMES_KEPT)
    return response


def _answer(asked: SearchRequest, viewer: Viewer, words: vocabulary.Vocabulary) -> tuple[Results, Question]:
    question = Question(replace(asked, with_reasons=True), viewer, words)
    return engine().answer(question), question


def _address(choices: Choices) -> str:
    return f"{reverse('search')}?{choices.to_query()}"


def _to_compare(request: HttpRequest, choices: Choices) -> HttpResponse:
    """Lead on to what was ticked, side by side."""
    ids = urlencode([(PARAMETER, one.pk) for one in choices.compared])
    return htmx.go_to(request, f"{reverse('compare')}?{ids}")


def _is_new(request: HttpRequest, choices: Choices) -> bool:
    """Did somebody ask this just now? Another order, page or filter is the same question."""
    asked = choices.request
    is_asked = bool(asked.words.text) and asked.page == 1 and not asked.is_filtered
    return is_asked and not htmx.is_asking(request)


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
