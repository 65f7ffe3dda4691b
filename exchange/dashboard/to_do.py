"""What somebody can do next: the few things that help most, on the site and in the admin."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import page_permission_policy

from exchange.accounts.models import User, roles_of
from exchange.accounts.viewer import viewer_for
from exchange.adoptions.models import AdoptionPage
from exchange.confirming import links
from exchange.contacts.models import ContactPage
from exchange.contributions.attached import Attachment
from exchange.contributions.completeness import Level
from exchange.contributions.freshness import Freshness
from exchange.contributions.kinds import HALF_YEAR
from exchange.contributions.models import Contribution
from exchange.contributions.reads import Reads
from exchange.contributions.visibility import ContributionQuerySet
from exchange.following.models import ListItem
from exchange.initiatives.bands import Phase
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.publishing import reading
from exchange.sections.writing import managed_places
from search.models import Entry

SHOWN = 5
# Beyond this many of somebody's contributions the lists stop looking; the oldest confirmations come first.
LOOKED_AT = 200
# A contribution that was confirmed longer ago than this may be due; younger ones never are.
NEVER_DUE = datetime.timedelta(days=180)
# From so long before its end on, somebody hears that what was secured ends.
ENDS_WITHIN = datetime.timedelta(days=HALF_YEAR)


@dataclass(frozen=True)
class ToDo:
    """One thing to do: which contribution, and what is lacking (empty: nothing but looking at it)."""

    page: Contribution
    lacks: str = ""


@dataclass(frozen=True)
class ToDoList:
    """What waits for somebody.

    Attributes:
        review: how many texts wait to be read along.
        drafts: to finish and offer.
        confirm: what somebody should say is still true; `confirm_address` is the page with the buttons.
        ends: initiatives whose money or decision ends soon.
        complete: what lacks little.
        unread: documents that nobody can search.
    """

    review: int
    drafts: tuple[ToDo, ...]
    confirm: tuple[ToDo, ...]
    confirm_address: str
    ends: tuple[InitiativePage, ...]
    complete: tuple[ToDo, ...]
    unread: tuple[ToDo, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.review or self.drafts or self.confirm or self.ends or self.complete or self.unread)


def responsible_for(user: User) -> ContributionQuerySet:
    """The contributions that somebody may change, wrote, or is the contact of."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    about = ContactPage.objects.filter(user=user)
    mine: ContributionQuerySet = Contribution.objects.filter(
        Q(pk__in=pages.values("pk")) | Q(owner=user) | Q(pk__in=about.values("pk"))
    )
    with_place: ContributionQuerySet = mine.select_related("municipality")
    return with_place


def to_do(user: User) -> ToDoList:
    """Look among the contributions that somebody is responsible for."""
    today = timezone.localdate()
    own = responsible_for(user)
    live = own.filter(live=True).order_by(F("confirmed_at").asc(nulls_first=True), "pk")
    old = live.exclude(confirmed_at__gte=today - NEVER_DUE)
    confirm = _first(_to_confirm(_whole(old)))
    ends = InitiativePage.objects.filter(pk__in=live.values("pk"), secured_until__lte=today + ENDS_WITHIN)
    ends = ends.exclude(phase=Phase.STOPPED).select_related("municipality").order_by("secured_until", "pk")
    unread = Attachment.objects.filter(contribution__in=own, document__text__problem__gt="")
    return ToDoList(
        review=reading.number_waiting(user),
        drafts=tuple(
            ToDo(page)
            for page in own.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")[:SHOWN]
        ),
        confirm=confirm,
        confirm_address=_confirm_address(user, [one.page for one in confirm]),
        ends=tuple(ends[:SHOWN]),
        complete=_first(_lacking(_whole(live))),
        unread=tuple(
            ToDo(attachment.contribution, lacks=f"{attachment}: {attachment.document.text.problem}")
            for attachment in unread.select_related("contribution__municipality", "document__text").order_by("-pk")[
                :SHOWN
            ]
        ),
    )


def _confirm_address(user: User, pages: list[Contribution]) -> str:
    """The page with a button for each: the same as behind the link in the mail."""
    return reverse("still_true", args=[links.write(user.pk, [(page.pk, page.confirmed_at) for page in pages])])


def _whole(pages: ContributionQuerySet) -> list[Contribution]:
    """The first of these with all their fields, and at once what is asked of each."""
    found = list(pages[:LOOKED_AT].specific())
    prefetch_related_objects(found, "municipality", "theme_links__tag", "target_groups")
    return found


def _first(found: Iterable[ToDo]) -> tuple[ToDo, ...]:
    return tuple(one for one, _ in zip(found, range(SHOWN), strict=False))


def _to_confirm(pages: Iterable[Contribution]) -> Iterable[ToDo]:
    for page in pages:
        if page.freshness() not in {Freshness.FRESH, None}:
            yield ToDo(page)


def _lacking(pages: Iterable[Contribution]) -> Iterable[ToDo]:
    for page in pages:
        completeness = page.completeness()
        if completeness.level is not Level.COMPLETE and completeness.next:
            yield ToDo(page, lacks=completeness.next)


@dataclass(frozen=True)
class SectionReport:
    """How fresh a municipality is: of what has to be confirmed, how much is in each state."""

    municipality: Municipality
    states: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def share(self) -> int:
        """Whole percents that are confirmed."""
        return round(100 * self.states.get(Freshness.FRESH, 0) / self.total) if self.total else 0


def reports(user: User) -> list[SectionReport]:
    """How fresh the municipalities are whose people somebody manages; those with nothing to confirm left out."""
    held = roles_of(user)
    codes = sorted({one.place.municipality for one in held if one.place})
    managed = [code for code in codes if managed_places(held, code)]
    today = timezone.localdate()
    found = [
        SectionReport(place, Entry.objects.filter(municipality=place, is_listed=True).states(today))
        for place in Municipality.objects.filter(pk__in=managed).order_by("name")
    ]
    return [report for report in found if report.total]


@dataclass(frozen=True)
class Counted:
    """What others did with a contribution in the last twelve months: how often, never who."""

    page: Contribution
    reads: int
    lists: int
    adoptions: int


def counted(user: User) -> list[Counted]:
    """The contributions that somebody is responsible for with what others did with them; the most read first."""
    since = (timezone.localdate() - datetime.timedelta(days=365)).replace(day=1)
    own = responsible_for(user).filter(live=True)
    reads = dict(
        Reads.objects.filter(month__gte=since, contribution__in=own.values("pk"))
        .values("contribution")
        .annotate(total=Sum("times"))
        .order_by("-total", "contribution")[:SHOWN]
        .values_list("contribution", "total")
    )
    lists = ListItem.objects.filter(contribution__in=list(reads), added_at__date__gte=since)
    on_lists = dict(lists.order_by().values_list("contribution").annotate(Count("pk")))
    adopted = AdoptionPage.objects.visible_to(viewer_for(user)).filter(
        initiative__in=list(reads), first_published_at__date__gte=since
    )
    adoptions = dict(adopted.order_by().values_list("initiative").annotate(Count("pk")))
    pages = Contribution.objects.in_bulk(list(reads))
    return [Counted(pages[pk], total, on_lists.get(pk, 0), adoptions.get(pk, 0)) for pk, total in reads.items()]
