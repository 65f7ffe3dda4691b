"""`/sitemap.xml`: every page that a visitor may read, for search engines. What is for members never shows."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from exchange.accounts.viewer import VISITOR
from exchange.contributions.models import Contribution
from exchange.themes.models import Theme
from search.models import Entry


# django-tasks, which Wagtail needs, makes Django's generic classes take a type when running too.
class ContributionSitemap(Sitemap[Entry]):
    def items(self) -> QuerySet[Entry]:
        return Entry.objects.visible_to(VISITOR).order_by("pk")

    def location(self, item: Entry) -> str:
        return item.path

    def lastmod(self, item: Entry) -> datetime.datetime | None:
        return item.published_at


class ThemeSitemap(Sitemap[Theme]):
    def items(self) -> QuerySet[Theme]:
        themes: QuerySet[Theme] = Theme.objects.order_by("pk")
        return themes

    def location(self, item: Theme) -> str:
        return reverse("theme", args=[item.slug])


class PageSitemap(Sitemap[Any]):
    """Home, editorial pages, municipalities and departments."""

    def items(self) -> Any:
        return Page.objects.live().public().filter(depth__gt=1).not_type(Contribution).order_by("path")

    def location(self, item: Any) -> str:
        return item.get_url() or "/"


SITEMAPS = {"pages": PageSitemap, "themes": ThemeSitemap, "contributions": ContributionSitemap}
