"""What somebody would take who does not take this project: Wagtail's own search over the same texts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import QueryDict
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL

from search.models import Entry

BATCH = 1000
FACETS = ("phase", "municipality_id")


class IndexedEntry(index.Indexed, Entry):
    """An entry as Wagtail would index it."""

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=4),
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("is_listed"),
        index.FilterField("visibility"),
        *(index.FilterField(name) for name in FACETS),
    ]

    class Meta:
        proxy = True
        app_label = "search"

    def body(self) -> str:
        return self.text.body


class WagtailSearch:
    """One of Wagtail's backends, filled with the entries."""

    def __init__(self, name: str, backend: str) -> None:
        options = {} if backend == "database" else {
            "URLS": [settings.ELASTICSEARCH_URL], "INDEX": "samenwijzer-bench-wagtail", "OPTIONS": {}
        }  # fmt: skip
        self.name = name
        self._backend = get_search_backend(f"wagtail.search.backends.{backend}", **options)

    def fill(self) -> None:
        """Index every entry anew."""
        rebuilder = self._backend.rebuilder_class(self._backend.get_index_for_model(IndexedEntry))
        filled = rebuilder.start()
        filled.add_model(IndexedEntry)
        entries = IndexedEntry.objects.filter(is_listed=True).select_related("text")
        ids = list(entries.values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            filled.add_items(IndexedEntry, list(entries.filter(pk__in=ids[start : start + BATCH])))
        rebuilder.finish()

    def ask(self, query: str) -> None:
        """Twenty hits, their number and two facets; Wagtail counts each with a request of its own."""
        public = IndexedEntry.objects.filter(is_listed=True, visibility="public")
        found = self._backend.search(QueryDict(query).get("q") or MATCH_ALL, public)
        found.count()
        list(found[:20])
        for name in FACETS:
            found.facet(name)
