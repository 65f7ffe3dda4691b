"""`/zoeken/feed/`: the newest answers to a question as an Atom feed, for who follows a theme or municipality."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from exchange.accounts.viewer import VISITOR

from . import vocabulary
from .engines import engine
from .engines.question import Question
from .request import Sort, parse
from .results import Hit


# django-tasks, which Wagtail needs, makes Django's generic classes take a type when running too.
class SearchFeed(Feed[Hit, Question]):
    """Takes the parameters of the search page. A feed has no reader: it shows what a visitor may see."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Question:
        words = vocabulary.load()
        asked, _problems = parse(request.GET, words)
        return Question(replace(asked, sort=Sort.NEWEST, page=1), VISITOR, words)

    def title(self, obj: Question) -> str:
        text = obj.request.words.text
        return _("Samenwijzer: %(text)s") % {"text": text} if text else _("Samenwijzer: nieuw")

    def link(self, obj: Question) -> str:
        return f"{reverse('search')}?{obj.request.to_query()}"

    def items(self, obj: Question) -> tuple[Hit, ...]:
        return engine().answer(obj).hits

    def item_title(self, item: Hit) -> str:
        return f"{item.title} ({item.municipality_name})"

    def item_description(self, item: Hit) -> str:
        return item.summary

    def item_link(self, item: Hit) -> str:
        return item.path

    def item_pubdate(self, item: Hit) -> datetime.datetime | None:
        return item.published_at
