"""What changed between what is placed and what is offered, field by field.

Wagtail makes a comparison of each field, and not all of them can do the same: one of a list of attachments has no
`htmldiff`. So each is asked what it can, and one that can neither still says that something changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page


@dataclass(frozen=True)
class Change:
    """A field that changed. `html` marks what went and what came; what people wrote is escaped."""

    label: str
    html: str


def changes(page: Page, request: HttpRequest) -> list[Change]:
    """Compare the newest version of a page with what is placed; nothing for what was never placed."""
    placed = page.specific
    if not placed.live:
        return []
    draft = placed.get_latest_revision_as_object()
    comparisons = (
        placed.get_edit_handler().get_bound_panel(instance=placed, request=request, form=None).get_comparison()
    )
    return changed(comparison(placed, draft) for comparison in comparisons)


def changed(comparisons: Iterable[Any]) -> list[Change]:
    """Those of these comparisons that differ, in words."""
    return [Change(str(one.field_label()), shown(one)) for one in comparisons if one.has_changed() or _moved(one)]


def shown(comparison: Any) -> str:
    """What a comparison has to say, as HTML."""
    if hasattr(comparison, "htmldiff"):
        return conditional_escape(comparison.htmldiff())
    if hasattr(comparison, "get_child_comparisons"):
        return _children(comparison)
    return _("Dit is veranderd. Bekijk de hele tekst om te zien hoe.")


def _children(comparison: Any) -> str:
    """The rows that came, went or changed, such as attachments; and whether they stand in another order."""
    different = [one for one in comparison.get_child_comparisons() if _kind(one) or one.has_changed()]
    rows = [(_kind(one), _fields(one)) for one in different]
    if _moved(comparison):
        rows.append(("", _("De volgorde is veranderd.")))
    return format_html("<ul>{}</ul>", format_html_join("", '<li class="{}">{}</li>', rows))


def _kind(child: Any) -> str:
    if child.is_addition():
        return "addition"
    return "deletion" if child.is_deletion() else ""


def _fields(child: Any) -> str:
    """The fields of one row, without those that are empty in both versions."""
    told = [(str(one.field_label()), shown(one)) for one in child.get_field_comparisons() if not _is_empty(one)]
    return format_html_join(", ", "{}: {}", told)


def _is_empty(comparison: Any) -> bool:
    nothing = (None, "")
    return getattr(comparison, "val_a", True) in nothing and getattr(comparison, "val_b", True) in nothing


def _moved(comparison: Any) -> bool:
    """Do rows that stand in both versions stand in another order?"""
    if not hasattr(comparison, "get_child_comparisons"):
        return False
    kept = [one.obj_a for one in comparison.get_child_comparisons() if not _kind(one)]
    places = [getattr(row, "sort_order", None) or 0 for row in kept]
    return any(first > second for first, second in pairwise(places))
