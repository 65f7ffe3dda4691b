"""What others do with an initiative, for pages that stand in rooms below this one."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.accounts.viewer import viewer_of
from exchange.adoptions.choices import Fate, Why
from exchange.adoptions.reuse import Reuse, reuse_of, sizes_of
from exchange.adoptions.scaling import SizeRow
from exchange.initiatives.models import InitiativePage

register = template.Library()


@register.simple_tag(takes_context=True)
def who_does_this_too(context: dict[str, Any], initiative: InitiativePage) -> Reuse:
    """`{% who_does_this_too page as reuse %}`: as far as the reader may see it."""
    return reuse_of(initiative, viewer_of(context["request"]))


@register.filter
def labelled(counts: dict[Any, int]) -> list[tuple[str, int]]:
    """Counts by choice as label and number."""
    return [(str(choice.label), number) for choice, number in counts.items()]


@register.simple_tag(takes_context=True)
def own_first(context: dict[str, Any], rows: list[SizeRow]) -> list[SizeRow]:
    """The rows with the size of the reader's own municipality first, for who has one."""
    own = sizes_of(viewer_of(context["request"]))
    return sorted(rows, key=lambda row: row.size not in own)


@register.filter
def fate_label(value: str) -> str:
    return str(Fate(value).label)


@register.filter
def why_label(value: str) -> str:
    return str(Why(value).label)
