"""`/sitemap.xml`: every page that a visitor may read, for search engines. What is for members never shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from wagtail.models import Page

from exchange.accounts.viewer import VISITOR
from exchange.contributions.models import Contribution
from exchange.themes.models import Theme
from search.models import Entry


@dataclass(frozen=True)
class Placed:
    """A contribution that a visitor may read: where it is, and when it was last changed for readers."""

    path: str
    changed: datetime.datetime | None


# django-tasks, which Wagtail needs, makes Django's generic classes take a type when running too.
class ContributionSitemap(Sitemap[Any]):
    def items(self) -> list[Placed]:
        placed = Page.objects.filter(pk=OuterRef("page_id")).values("last_published_at")[:1]
        entries = Entry.objects.visible_to(VISITOR).order_by("pk")
        return [Placed(*row) for row in entries.values_list("path", Subquery(placed))]

    def location(self, item: Placed) -> str:
        return item.path

    def lastmod(self, item: Placed) -> datetime.datetime | None:
        return item.changed


class ThemeSitemap(Sitemap[Theme]):
    def items(self) -> QuerySet[Theme]:
        themes: QuerySet[Theme] = Theme.objects.order_by("pk")
        return themes

    def location(self, item: Theme) -> str:
        return reverse("theme", args=[item.slug])


class PageSitemap(Sitemap[Any]):
    """Home, editorial pages, municipalities and departments."""

    def items(self) -> Any:
        pages = Page.objects.live().public().filter(depth__gt=1).not_type(Contribution).order_by("path")
        # What is no part of the site has no address.
        return [page for page in pages if page.get_url_parts()]

    def location(self, item: Any) -> str:
        # The path alone: where there are several sites, Wagtail puts a host before it, and so does Django.
        return str(item.get_url_parts()[2])

    def lastmod(self, item: Any) -> datetime.datetime | None:
        changed: datetime.datetime | None = item.last_published_at
        return changed


SITEMAPS = {"pages": PageSitemap, "themes": ThemeSitemap, "contributions": ContributionSitemap}
