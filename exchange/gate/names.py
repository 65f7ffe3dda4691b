"""Lists in the admin offer no names or words beyond one's own section.

Wagtail's lists of pages can be filtered by owner and by who edited, and offer every account of the site for it; its
lists and choosers of files offer the most used tags of everybody's files. Those are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.admin import filters
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.images.views import chooser

NAMES = ("owner", "edited_by")


def no_words(model: Any, count: int = 0) -> list[Any]:
    """Takes the place of the function that looks up the tags that are used most: it looks at all files."""
    return []


def hide_names() -> None:
    """Take them out of the views that Wagtail's addresses lead to. Once, when the site starts."""
    for filterset in (PageFilterSet, *_below(PageFilterSet)):
        for name in NAMES:
            filterset.base_filters.pop(name, None)
    for module in (filters, chooser):
        module.popular_tags_for_model = no_words


def _below(parent: Any) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)
