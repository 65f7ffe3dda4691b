"""What changed between what is placed and what is offered, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class Change:
    """A field that changed. `html` marks what went and what came; Wagtail escapes what people wrote."""

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
    found = [comparison(placed, draft) for comparison in comparisons]
    return [Change(str(one.field_label()), str(one.htmldiff())) for one in found if one.has_changed()]
