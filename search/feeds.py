"""`/zoeken/feed/`: the newest answers to a question as an Atom feed (RFC 4287), for who follows a theme or place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.viewer import VISITOR
from exchange.clean_text import clean_line, clean_text

from . import vocabulary
from .engines import engine
from .engines.question import Question
from .filters import filters
from .models import Entry
from .request import SearchRequest, Sort, parse
from .results import Hit
from .vocabulary import Vocabulary

# So long a reader of feeds need not ask again, in seconds.
KEPT = 300
# Since when names by this rule are given out: part of each (RFC 4151).
NAMED_SINCE = 2026
# When nothing was ever placed, nothing changed since.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Item:
    """An entry of the feed: what was found, and when it was last changed for readers."""

    hit: Hit
    updated: datetime.datetime


class AtomFeed(Atom1Feed):
    """Django's, which says *now* of a feed with nothing in it: then it would be another one at each question."""

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else _last_placed()


# django-tasks, which Wagtail needs, makes Django's generic classes take a type when running too.
class SearchFeed(Feed[Item, Question]):
    """Takes the parameters of the search page. A feed has no reader: it shows what a visitor may see."""

    feed_type = AtomFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=KEPT)
        set_response_etag(response)
        changed = parse_http_date(response["Last-Modified"])
        answer: HttpResponseBase | None = get_conditional_response(request, response["ETag"], changed, response)
        return answer if isinstance(answer, HttpResponse) else response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Question:
        words = vocabulary.load()
        asked, _problems = parse(request.GET, words)
        return Question(replace(asked, sort=Sort.NEWEST, page=1), VISITOR, words)

    def title(self, obj: Question) -> str:
        asked = clean_line(", ".join(_asked(obj.request, obj.vocabulary)))
        return _("Samenwijzer: %(text)s") % {"text": asked} if asked else _("Samenwijzer: nieuw")

    def link(self, obj: Question) -> str:
        return f"{reverse('search')}?{obj.request.to_query()}"

    def feed_url(self, obj: Question) -> str:
        return f"{reverse('search_feed')}?{_query(obj)}"

    def feed_guid(self, obj: Question) -> str:
        return _name(f"feed?{_query(obj)}")

    def author_name(self, obj: Question) -> str:
        return settings.WAGTAIL_SITE_NAME

    def items(self, obj: Question) -> list[Item]:
        return list(_with_dates(engine().answer(obj).hits))

    def item_title(self, item: Item) -> str:
        return clean_line(f"{item.hit.title} ({item.hit.municipality_name})")

    def item_description(self, item: Item) -> str:
        # The feed says that it is HTML, so what a reader typed as `<` must be said as such.
        return escape(clean_text(item.hit.summary))

    def item_link(self, item: Item) -> str:
        return item.hit.path

    def item_guid(self, item: Item) -> str:
        # A page that moves gets another address and stays the same.
        return _name(f"contribution/{item.hit.id}")

    def item_author_name(self, item: Item) -> str:
        return clean_line(item.hit.municipality_name)

    def item_pubdate(self, item: Item) -> datetime.datetime | None:
        return item.hit.published_at

    def item_updateddate(self, item: Item) -> datetime.datetime:
        return item.updated


def _query(question: Question) -> str:
    """The question without its order: a feed has but one."""
    return replace(question.request, sort=Sort.RELEVANCE).to_query()


def _name(path: str) -> str:
    """A name that stays, whatever happens to addresses: a tag URI (RFC 4151)."""
    return f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname},{NAMED_SINCE}:{path}"


def _with_dates(hits: Iterable[Hit]) -> Iterable[Item]:
    hits = list(hits)
    rows = Page.objects.filter(pk__in=[hit.id for hit in hits]).values_list("pk", "last_published_at")
    changed = dict(rows)
    return [Item(hit, changed.get(hit.id) or hit.published_at or NEVER) for hit in hits]


def _last_placed() -> datetime.datetime:
    """When something was last placed for visitors."""
    newest = Entry.objects.visible_to(VISITOR).aggregate(newest=Max("published_at"))["newest"]
    return newest or NEVER


def _asked(asked: SearchRequest, words: Vocabulary) -> Iterable[str]:
    """What is asked in words, so that two feeds in one list are told apart."""
    yield from filter(None, [asked.words.text])
    for one in filters():
        labels = one.values(words)
        yield from (f"{one.label}: {labels.get(value, value)}" for value in asked.selected(one.name))
    if asked.inhabitants_min is not None:
        yield _("vanaf %(number)s inwoners") % {"number": asked.inhabitants_min}
    if asked.inhabitants_max is not None:
        yield _("tot en met %(number)s inwoners") % {"number": asked.inhabitants_max}
