"""What pages ask of search."""

from __future__ import annotations

from django import template
from django.template import Context

from exchange.accounts.viewer import viewer_of
from exchange.contributions.models import Contribution
from search.engines import engine
from search.engines.question import Question
from search.request import SearchRequest
from search.results import Hit
from search.vocabulary import Vocabulary

register = template.Library()

SHOWN = 3


@register.simple_tag(takes_context=True)
def similar_contributions(context: Context, page: Contribution) -> tuple[Hit, ...]:
    """The contributions most like this one, as far as the reader may see them. Nothing in a preview without address."""
    request = context.get("request")
    if request is None or not page.pk:
        return ()
    asked = SearchRequest(similar_to=page.pk, page_size=SHOWN, with_facets=False)
    return engine().answer(Question(asked, viewer_of(request), Vocabulary())).hits
