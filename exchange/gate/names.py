"""Lists in the admin offer no names or words beyond one's own section.

Wagtail's lists of pages can be filtered by owner and by who edited, and offer every account of the site for it; its
lists of files offer the tags of everybody's files. Those filters are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentIndex
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImageIndex

NAMES = ("owner", "edited_by")
WORDS = "tag"


class OwnDocuments(DocumentsFilterSet):
    """The filters of a list of documents, but for the tags of everybody's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop(WORDS, None)

    class Meta(DocumentsFilterSet.Meta):
        pass


class OwnImages(ImagesFilterSet):
    """The filters of a list of images, but for the tags of everybody's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop(WORDS, None)

    class Meta(ImagesFilterSet.Meta):
        pass


def hide_names() -> None:
    """Take the filters out of the views that Wagtail's addresses lead to. Once, when the site starts."""
    for filters in (PageFilterSet, *_below(PageFilterSet)):
        for name in NAMES:
            filters.base_filters.pop(name, None)
    DocumentIndex.filterset_class = OwnDocuments
    ImageIndex.filterset_class = OwnImages


def _below(parent: Any) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)
