"""The weekly mail: in batches, restartable, and none twice.

What was placed in the week is read once; who follows what, a batch of people at a time. A mail and the note that it
went out are one transaction: who stops this half-way starts it again and goes on.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from exchange.accounts import links
from exchange.accounts.letters import absolute, send
from exchange.accounts.models import Membership, User, held_by
from exchange.accounts.viewer import VISITOR, Viewer, viewer_with
from exchange.adoptions.models import AdoptionPage
from exchange.contributions.models import Contribution, ThemeLink
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from search import vocabulary
from search.engines.embedded import EmbeddedEngine
from search.engines.question import Question
from search.request import MAX_PAGE_SIZE, Sort, parse

from . import letters
from .models import Digest, Follow, FollowKind, NoDigest
from .news import News, news_for

BATCH = 500
PURPOSE = "exchange.following.digest"
# A mail may be opened long after; the standard asks that unsubscribing keeps working.
LINK_DAYS = 400
_WEEK = datetime.timedelta(days=7)
# Whoever is a member of whatever municipality: what a followed question finds is asked once for all members.
_MEMBER = Viewer(is_platform_editor=True)


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the week before: the last whole week."""
    return day - datetime.timedelta(days=day.weekday()) - _WEEK


def span_of(week: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """When a week begins and ends, as the clock says here: two of them a year have an hour more or less."""
    zone = timezone.get_default_timezone()
    begins, ends = (datetime.datetime.combine(day, datetime.time.min, tzinfo=zone) for day in (week, week + _WEEK))
    return begins, ends


def read(week: datetime.date) -> list[News]:
    """Everything that was placed or changed in a week, whoever may see it."""
    span = span_of(week)
    pages = Contribution.objects.for_all_it_may_reach().filter(
        Q(first_published_at__gte=span[0], first_published_at__lt=span[1])
        | Q(last_published_at__gte=span[0], last_published_at__lt=span[1])
    )
    themes = Prefetch("theme_links", ThemeLink.objects.select_related("tag__broader"))
    found = list(
        pages.select_related("municipality", "content_type").prefetch_related(themes, "together_with").order_by("pk")
    )
    belongs = _initiatives_of([page.pk for page in found])
    return [_news(page, belongs[page.pk], span) for page in found]


def _initiatives_of(ids: list[int]) -> defaultdict[int, set[int]]:
    """The initiatives that adoptions and lessons are about."""
    belongs: defaultdict[int, set[int]] = defaultdict(set)
    for key, initiative in AdoptionPage.objects.filter(pk__in=ids).values_list("pk", "initiative"):
        belongs[key] |= {initiative} - {None}
    lessons = LessonPage.objects.filter(pk__in=ids)
    related = lessons.filter(related_initiatives__isnull=False)
    for key, initiative in related.values_list("pk", "related_initiatives__initiative"):
        belongs[key].add(initiative)
    # A lesson that stands under an initiative is about it too.
    above = {key: path[: -LessonPage.steplen] for key, path in lessons.values_list("pk", "path")}
    by_path = dict(InitiativePage.objects.filter(path__in=set(above.values())).values_list("path", "pk"))
    for key, path in above.items():
        belongs[key] |= {by_path[path]} if path in by_path else set()
    return belongs


def _news(page: Contribution, initiatives: Iterable[int], span: tuple[datetime.datetime, datetime.datetime]) -> News:
    themes = page.theme_list()
    broader = [theme.broader for theme in themes if theme.broader is not None]
    about = {
        *((FollowKind.THEME.value, theme.slug) for theme in [*themes, *broader]),
        *((FollowKind.MUNICIPALITY.value, place.code) for place in [page.municipality, *page.together_with.all()]),
        *((FollowKind.INITIATIVE.value, str(key)) for key in initiatives),
    }
    return News(
        key=page.pk,
        title=page.title,
        path=page.get_url() or "",
        kind=str(page.get_kind().label),
        municipality=page.municipality.name,
        code=page.municipality_id,
        visibility=page.visibility,
        about=frozenset(about),
        is_contact=page.get_kind().is_about_a_person,
        is_new=page.first_published_at is not None and span[0] <= page.first_published_at < span[1],
    )


def send_digests(week: datetime.date, batch: int = BATCH) -> int:
    """Send everybody who follows something, and did not say no, what is new. Safe to stop and to repeat.

    Returns:
        How many mails.
    """
    news = read(week)
    finds = _Finds(news)
    return sum(_send_batch(users, week, news, finds) for users in _batches(week, batch)) if news else 0


def _batches(week: datetime.date, size: int) -> Iterator[list[User]]:
    """Who may get a mail this week and did not yet."""
    follows = Exists(Follow.objects.filter(user=OuterRef("pk")))
    said_no = Exists(NoDigest.objects.filter(user=OuterRef("pk")))
    had_it = Exists(Digest.objects.filter(user=OuterRef("pk"), week=week))
    waiting = User.objects.filter(follows, ~said_no, ~had_it, is_active=True).order_by("pk")
    roles = Prefetch("memberships", Membership.objects.all())
    last = 0
    while users := list(waiting.filter(pk__gt=last).prefetch_related("follows", roles)[:size]):
        yield users
        last = users[-1].pk


class _Finds:
    """What followed questions find among the news: each asked once for visitors and once for members."""

    def __init__(self, news: Sequence[News]) -> None:
        self._keys = {one.key for one in news if one.is_new}
        self._known: dict[tuple[str, bool], frozenset[int]] = {}

    def of(self, question: str, viewer: Viewer) -> frozenset[int]:
        key = (question, viewer.is_member)
        if key not in self._known:
            self._known[key] = self._ask(question, _MEMBER if viewer.is_member else VISITOR)
        return self._known[key]

    def _ask(self, question: str, viewer: Viewer) -> frozenset[int]:
        words = vocabulary.load()
        parameters = {**parse_qs(question), "sort": [Sort.NEWEST.value], "page_size": [str(MAX_PAGE_SIZE)]}
        asked, _problems = parse(MultiValueDict(parameters), words)
        hits = EmbeddedEngine().answer(Question(asked, viewer, words)).hits
        return frozenset(hit.id for hit in hits) & self._keys


@transaction.atomic
def _send_batch(users: list[User], week: datetime.date, news: Sequence[News], finds: _Finds) -> int:
    """The mails of a batch, and that they went out. Who was served by another worker meanwhile is left alone."""
    ids = [user.pk for user in users]
    # Two workers wait for each other here.
    locked = set(User.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    served = set(Digest.objects.filter(user__in=ids, week=week).values_list("user", flat=True))
    sent = []
    for user in users:
        if user.pk in served or user.pk not in locked:
            continue
        viewer = viewer_with(held_by(user.memberships.all()))
        followed = [(one.kind, one.value) for one in user.follows.all()]
        found = {value: finds.of(value, viewer) for kind, value in followed if kind == FollowKind.SEARCH}
        mine = news_for(viewer, followed, news, found)
        if mine:
            _send(user, mine)
            sent.append(Digest(user=user, week=week))
    Digest.objects.bulk_create(sent)
    return len(sent)


def _send(user: User, news: list[News]) -> None:
    address = absolute(reverse("digest_off", args=[links.write(user.pk, purpose=PURPOSE)]))
    # One click in the mail program itself (RFC 8058).
    headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send(user, partial(letters.this_week, news, address), headers)
