"""What others do with an initiative, for pages that stand in rooms below this one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from exchange.accounts.viewer import viewer_of
from exchange.adoptions import where
from exchange.adoptions.choices import Fate, Why
from exchange.adoptions.ideas import Idea, ideas_for
from exchange.adoptions.reuse import Reuse, alike_of, reuse_of, sizes_of
from exchange.adoptions.scaling import SizeRow
from exchange.adoptions.uses import Use
from exchange.adoptions.where import Dot
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme

# On the page of a municipality; the rest is one click away.
IDEAS = 5

register = template.Library()


@register.simple_tag(takes_context=True)
def who_does_this_too(context: dict[str, Any], initiative: InitiativePage) -> Reuse:
    """`{% who_does_this_too page as reuse %}`: as far as the reader may see it."""
    return reuse_of(initiative, viewer_of(context["request"]))


@register.simple_tag(takes_context=True)
def what_similar_run(context: dict[str, Any], municipality: Municipality) -> list[Idea]:
    """`{% what_similar_run municipality as ideas %}`: the first few things that similar municipalities do."""
    return ideas_for(municipality, viewer_of(context["request"]), most=IDEAS)


@register.simple_tag(takes_context=True)
def at_ones_like(context: dict[str, Any], reuse: Reuse) -> list[Use]:
    """`{% at_ones_like reuse as alike %}`: where it runs in municipalities like the reader's own."""
    return alike_of(reuse.running, viewer_of(context["request"]))


@register.filter
def labelled(counts: dict[Any, int]) -> list[tuple[str, int]]:
    """Counts by choice as label and number."""
    return [(str(choice.label), number) for choice, number in counts.items()]


@register.simple_tag(takes_context=True)
def own_first(context: dict[str, Any], rows: list[SizeRow]) -> list[SizeRow]:
    """The rows with the size of the reader's own municipality first, for who has one."""
    own = sizes_of(viewer_of(context["request"])) if rows else frozenset()
    return sorted(rows, key=lambda row: row.size not in own)


@register.filter
def fate_label(value: str) -> str:
    return str(Fate(value).label)


@register.filter
def why_label(value: str) -> str:
    return str(Why(value).label)


@register.inclusion_tag("adoptions/map.html")
def map_of_initiative(initiative: InitiativePage, reuse: Reuse, *, with_list: bool = True) -> dict[str, Any]:
    """`{% map_of_initiative page reuse %}`: where it began and where it runs."""
    return _map(where.of_initiative(initiative, reuse.running)) | {"with_list": with_list}


@register.inclusion_tag("adoptions/map.html", takes_context=True)
def map_of_theme(context: dict[str, Any], theme: Theme | None = None) -> dict[str, Any]:
    """`{% map_of_theme theme %}`: where anything runs, of a theme or of all."""
    return _map(where.of_theme(viewer_of(context["request"]), theme))


def _map(dots: list[Dot]) -> dict[str, Any]:
    return {
        "dots": dots,
        "with_list": True,
        "line": _line(dot for dot in dots if not dot.is_source),
        "source_line": _line(dot for dot in dots if dot.is_source),
        "has_invented": any(dot.is_invented for dot in dots),
    }


def _line(dots: Iterable[Dot]) -> str:
    """Dots as one path: a step of no length at each, which round ends make a dot of. Hundreds cost no more than one."""
    return "".join(f"M{dot.x} {dot.y}h0" for dot in dots)
