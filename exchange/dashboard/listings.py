"""The lists of contributions in Wagtail's admin: one for each kind, with what an editor looks for.

Wagtail shows in them what one may edit: the own municipality or department, for a platform editor everything.
"""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from exchange.contributions.completeness import Completeness
from exchange.contributions.kinds import page_classes
from exchange.contributions.models import Contribution


class _Index(IndexView):
    def get_table(self, object_list: Any) -> Any:
        # Wagtail leaves the long texts out of its rows; how complete a page is, depends on them.
        whole = self.model.objects.select_related("municipality").prefetch_related("theme_links__tag", "target_groups")
        by_id = whole.in_bulk([page.pk for page in object_list])
        for page in object_list:
            page.whole = by_id[page.pk]
        return super().get_table(object_list)


def _confirmed(row: Any) -> str:
    """When somebody last said that it is true, and whether that is long ago."""
    day = date_format(row.confirmed_at, "j M Y") if row.confirmed_at else "–"
    state = row.whole.freshness()
    return f"{day}: {state.label}" if state is not None else day


def _completeness(row: Any) -> str:
    """How complete, and what to add next."""
    found: Completeness = row.whole.completeness()
    return f"{found.level.label} – {found.next}" if found.next else str(found.level.label)


def _columns(*own: Column) -> list[Any]:
    return [
        PageTitleColumn("title", label=_("Titel"), sort_key="title", classname="title", width="30%"),
        Column("municipality", label=_("Gemeente"), accessor="whole.municipality", sort_key="municipality__name"),
        *own,
        Column("confirmed_at", label=_("Klopt nog op"), accessor=_confirmed, sort_key="confirmed_at"),
        Column("completeness", label=_("Hoe volledig, en wat nu"), accessor=_completeness),
        Column("get_visibility_display", label=_("Wie mag dit lezen"), sort_key="visibility"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


class _Listing(PageListingViewSet):
    index_view_class = _Index
    add_to_admin_menu = False


def _listing(model: type[Contribution]) -> PageListingViewSet:
    """The list of one kind, as its description says."""
    kind = model.kind
    own = [Column(f"get_{name}_display", label=label, sort_key=name) for name, label in kind.columns.items()]
    return _Listing(kind.admin_list, model=model, icon=kind.icon, menu_label=kind.plural, columns=_columns(*own))


class ContributionListings(ViewSetGroup):
    menu_label: str | Promise = _("Bijdragen")
    menu_icon = "list-ul"
    menu_order = 90

    @cached_property
    def items(self) -> list[PageListingViewSet]:
        return [_listing(model) for model in page_classes()]
