"""Everything a fresh database needs before anybody can use the exchange. Safe to repeat."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Collection, Page, Site

from exchange.accounts.groups import PLATFORM_EDITORS
from exchange.contributions.files import PUBLIC_COLLECTION
from exchange.municipalities import loader as register
from exchange.publishing.workflow import add_workflow
from exchange.sections.models import MunicipalityIndexPage
from exchange.sections.permissions import give_files, give_pages, let_into_admin
from exchange.sections.tree import add_missing_pages
from exchange.themes import loader as vocabularies
from search import word_groups

from .models import EditorialPage, HomePage
from .site_address import keep_site_in_step

# What platform editors look after beside pages: the vocabularies and partner organisations.
VOCABULARY_MODELS = ("theme", "targetgroup", "keyword", "organisation", "wordgroup", "pinnedresult", "searchedquestion")

EDITORIAL_PAGES = Path(__file__).parent / "data" / "editorial_pages.toml"


@dataclass(frozen=True)
class Report:
    """What was added; all zero on a second run."""

    municipalities: int
    themes: int
    pages: int


def bootstrap() -> Report:
    """Load register and vocabularies, lay the page tree and give the platform's own group its rights."""
    # Only does something where the cache is a table of the database (`CACHE_URL`).
    call_command("createcachetable", verbosity=0)
    registered = register.load()
    words = vocabularies.load()
    word_groups.load()
    with transaction.atomic():
        home = _home_page()
        keep_site_in_step()
        _editorial_pages(home)
        index = municipality_index(home)
        added = add_missing_pages(index)
        add_workflow(index)
        _platform_editors(home)
    return Report(municipalities=len(registered.added), themes=words.themes_added, pages=added)


def _home_page() -> HomePage:
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and isinstance(site.root_page.specific, HomePage):
        found: HomePage = site.root_page.specific
        return found
    root = Page.get_first_root_node()
    home = HomePage(title="Samenwijzer", slug="samenwijzer")
    root.add_child(instance=home)
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=settings.WAGTAIL_SITE_NAME
        )
        return home
    # Wagtail's own installation leaves a welcome page; ours takes its place.
    welcome = site.root_page
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    if type(welcome.specific) is Page and not welcome.get_children().exists():
        welcome.delete()
    saved: HomePage = HomePage.objects.get(pk=home.pk)
    return saved


def municipality_index(home: HomePage) -> MunicipalityIndexPage:
    """The list of municipalities under the home page, added where it is not there yet."""
    index: MunicipalityIndexPage | None = MunicipalityIndexPage.objects.child_of(home).first()
    if index is None:
        index = MunicipalityIndexPage(title="Gemeenten", slug="gemeenten", show_in_menus=True)
        home.add_child(instance=index)
    return index


def _editorial_pages(home: HomePage) -> None:
    for page in tomllib.loads(EDITORIAL_PAGES.read_text(encoding="utf-8"))["page"]:
        if not home.get_children().filter(slug=page["slug"]).exists():
            home.add_child(
                instance=EditorialPage(title=page["title"], slug=page["slug"], body=[("text", page["text"])])
            )


def _platform_editors(home: HomePage) -> None:
    """Platform editors look after the editorial pages, their files, and the vocabularies of the whole exchange."""
    # Wagtail's own groups may edit everything from the root; here rights follow from memberships only.
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    group, _ = Group.objects.get_or_create(name=PLATFORM_EDITORS)
    let_into_admin(group)
    group.permissions.add(*Permission.objects.filter(content_type__model__in=VOCABULARY_MODELS))
    # Rights hold for everything below a page: on the home page they would reach into every section.
    for page in EditorialPage.objects.child_of(home):
        give_pages(group, page.page_ptr, ("add_page", "change_page", "publish_page"))
    root = Collection.get_first_root_node()
    give_files(
        group, root.get_children().filter(name=PUBLIC_COLLECTION).first() or root.add_child(name=PUBLIC_COLLECTION)
    )
