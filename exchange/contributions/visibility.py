"""Who may read what: the one place that states it. Pages, lists, files and the search projection all ask here.

A contribution is visible when it and all its ancestors are live, its `visibility` allows the reader, and the reader has
the role that its section asks for (`limited_to`). What is limited that way is in no index: search finds it for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from exchange.accounts.viewer import Viewer, viewer_of

from .choices import Readers, Visibility

if TYPE_CHECKING:
    from .models import Contribution


@dataclass(frozen=True)
class Sight:
    """What of the visibilities a reader sees: the rule itself, for whoever has to state it in another way.

    Attributes:
        everything: whatever its visibility.
        anywhere: the visibilities that the reader sees in every municipality.
        own: the municipalities of which the reader also sees what is for themselves alone.
    """

    everything: bool = False
    anywhere: frozenset[Visibility] = frozenset({Visibility.PUBLIC})
    own: frozenset[str] = frozenset()

    def sees(self, visibility: str, municipality: str | None) -> bool:
        """May this reader see what is in memory?"""
        if self.everything or visibility in self.anywhere:
            return True
        return visibility == Visibility.OWN and municipality in self.own

    def clause(self) -> Q:
        """The same for the database, over `visibility` and `municipality`."""
        if self.everything:
            return Q()
        clause = Q(visibility__in=sorted(self.anywhere))
        return clause | Q(visibility=Visibility.OWN, municipality__in=sorted(self.own)) if self.own else clause


def sight(viewer: Viewer) -> Sight:
    """What a reader sees of contributions with each visibility."""
    members = {Visibility.MEMBERS} if viewer.is_member else set()
    return Sight(viewer.is_administrator, frozenset({Visibility.PUBLIC, *members}), viewer.municipalities)


def allowed(viewer: Viewer) -> Q:
    """The clause on `visibility` and `municipality` for a reader; the same for a page and for its search entry."""
    return sight(viewer).clause()


def has_the_role(viewer: Viewer) -> Q:
    """The clause on `limited_to`, the same for every reader of a role: whatever municipality they are of."""
    if viewer.is_administrator:
        return Q()
    writers = [Readers.WRITERS] if viewer.may_write else []
    editors = [Readers.EDITORS] if viewer.is_editor else []
    return Q(limited_to__in=[Readers.ALL, *writers, *editors])


def _own_path() -> ExpressionWrapper[OuterRef]:
    return ExpressionWrapper(OuterRef("path"), output_field=CharField())


def under_a_closed_page() -> Exists:
    """Is one of the ancestors not live? (Unpublishing a section leaves the pages below it live.)"""
    closed = Page.objects.filter(live=False, numchild__gt=0, depth__lt=OuterRef("depth"))
    return Exists(closed.alias(own_path=_own_path()).filter(own_path__startswith=F("path")))


def under_a_restriction() -> Exists:
    """Does somebody keep this page, or one above it, behind Wagtail's own privacy setting?

    The interface does not offer it; where a script set it all the same, the page is shown to nobody.
    """
    restrictions = PageViewRestriction.objects.alias(own_path=_own_path())
    return Exists(restrictions.filter(own_path__startswith=F("page__path")))


class ContributionQuerySet(PageQuerySet):
    def live_with_ancestors(self) -> ContributionQuerySet:
        """Contributions that are published, under published pages only."""
        queryset: ContributionQuerySet = self.filter(~under_a_closed_page(), ~under_a_restriction(), live=True)
        return queryset

    def visible_to(self, viewer: Viewer) -> ContributionQuerySet:
        """What a reader may see."""
        queryset: ContributionQuerySet = self.live_with_ancestors().filter(allowed(viewer), has_the_role(viewer))
        return queryset

    def for_all_it_may_reach(self) -> ContributionQuerySet:
        """What is not limited to a role: what an index or a mail to many may hold."""
        queryset: ContributionQuerySet = self.live_with_ancestors().filter(limited_to=Readers.ALL)
        return queryset


def may_read(viewer: Viewer, contribution: Contribution) -> bool:
    """Say whether a reader may see one contribution."""
    from .models import Contribution as Model

    visible: Any = Model.objects.visible_to(viewer)
    return bool(visible.filter(pk=contribution.pk).exists())


def may_edit(request: HttpRequest, page: Page) -> bool:
    """Say whether the reader of a request may edit a page; who writes nowhere costs no query."""
    return viewer_of(request).may_write and bool(page.permissions_for_user(request.user).can_edit())
