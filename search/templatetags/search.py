"""What pages ask of search."""

from __future__ import annotations

import re

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.html import conditional_escape

from exchange.accounts.viewer import viewer_of
from exchange.contributions.models import Contribution
from search.engines import engine
from search.engines.question import Question
from search.request import SearchRequest
from search.results import Hit
from search.vocabulary import Vocabulary

register = template.Library()

SHOWN = 3
# So many signs may stand before what was found; else so many words are left of them.
LONGEST_BEFORE = 60
WORDS_BEFORE = 5
_LINES = re.compile(r"\s*\n\s*")


@register.simple_tag(takes_context=True)
def similar_contributions(context: Context, page: Contribution) -> tuple[Hit, ...]:
    """The contributions most like this one, as far as the reader may see them. Nothing in a preview without address."""
    request = context.get("request")
    if request is None or not page.pk:
        return ()
    asked = SearchRequest(similar_to=page.pk, page_size=SHOWN, with_facets=False)
    return engine().answer(Question(asked, viewer_of(request), Vocabulary())).hits


@register.tag
def from_mark(parser: Parser, token: Token) -> FromMarkNode:
    """`{% from_mark highlight %}`: from shortly before its first mark, for in one line the found word must be seen."""
    _name, highlight = token.split_contents()
    return FromMarkNode(parser.compile_filter(highlight))


class FromMarkNode(Node):
    """A highlight from shortly before its first mark."""

    def __init__(self, highlight: FilterExpression) -> None:
        self.highlight = highlight

    def render(self, context: Context) -> str:
        whole = conditional_escape(self.highlight.resolve(context))
        before, mark, after = whole.partition("<mark>")
        if len(before) <= LONGEST_BEFORE:
            return whole
        # Between spaces no entity is cut.
        return "… " + " ".join(before.split(" ")[-WORDS_BEFORE:]) + mark + after


@register.tag
def compact(parser: Parser, token: Token) -> CompactNode:
    """`{% compact %}…{% endcompact %}`: without the indentation, which is half of a page with many hits."""
    nodes = parser.parse(("endcompact",))
    parser.delete_first_token()
    return CompactNode(nodes)


class CompactNode(Node):
    """Every line begins at its first sign; so nothing between two words goes. For what has no `pre` or `textarea`."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> str:
        return _LINES.sub("\n", self.nodes.render(context).strip())
