"""Following a theme, a municipality, an initiative or a question."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from exchange.accounts.models import User
from exchange.accounts.viewer import Viewer
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme
from search import vocabulary
from search.request import parse

from .models import VALUE_LENGTH, Follow, FollowKind

# Beyond this nobody reads the mail any more.
MOST = 100


class NothingToFollowError(Exception):
    """It does not exist, or is not for this reader."""


@dataclass(frozen=True)
class Followed:
    """Something that is followed, as a page shows it."""

    kind: FollowKind
    value: str
    label: str
    address: str


def follow(user: User, viewer: Viewer, kind: FollowKind, value: str) -> None:
    """Follow something. Safe to repeat.

    Raises:
        NothingToFollowError: it does not exist, is not for this reader, or somebody follows a hundred things.
    """
    value = _checked(viewer, kind, value)
    if Follow.objects.filter(user=user).count() >= MOST:
        raise NothingToFollowError
    Follow.objects.get_or_create(user=user, kind=kind, value=value)


def unfollow(user: User, kind: FollowKind, value: str) -> None:
    Follow.objects.filter(user=user, kind=kind, value=value).delete()


def _checked(viewer: Viewer, kind: FollowKind, value: str) -> str:
    exists = False
    if kind is FollowKind.THEME:
        exists = Theme.objects.filter(slug=value).exists()
    elif kind is FollowKind.MUNICIPALITY:
        exists = Municipality.objects.filter(pk=value).exists()
    elif kind is FollowKind.INITIATIVE:
        exists = value.isdecimal() and len(value) < 18 and _is_visible(viewer, int(value))
    else:
        # As the address of that question is written: the same question is followed once.
        value = question(value)
        exists = 0 < len(value) <= VALUE_LENGTH
    if not exists:
        raise NothingToFollowError
    return value


def question(text: str) -> str:
    """A question in the one way in which we write it; what cannot be read is left out."""
    asked, _problems = parse(MultiValueDict(parse_qs(text)), vocabulary.load())
    return asked.on_page(1).to_query()


def _is_visible(viewer: Viewer, initiative: int) -> bool:
    return bool(InitiativePage.objects.visible_to(viewer).filter(pk=initiative).exists())


def described(user: User, viewer: Viewer) -> list[Followed]:
    """What somebody follows; of what is not there for them (any more) only that it is followed."""
    follows = list(Follow.objects.filter(user=user))
    by_kind = {kind: [one.value for one in follows if one.kind == kind] for kind in FollowKind}
    themes = {one.slug: one for one in Theme.objects.filter(slug__in=by_kind[FollowKind.THEME])}
    places = Municipality.objects.select_related("page").in_bulk(by_kind[FollowKind.MUNICIPALITY])
    ids = [int(value) for value in by_kind[FollowKind.INITIATIVE]]
    initiatives = {str(one.pk): one for one in InitiativePage.objects.visible_to(viewer).filter(pk__in=ids)}
    gone = _("niet (meer) te zien")

    def shown(one: Follow) -> tuple[str, str]:
        if one.kind == FollowKind.THEME and one.value in themes:
            return themes[one.value].label, reverse("theme", args=[one.value])
        if one.kind == FollowKind.MUNICIPALITY and one.value in places:
            place = places[one.value]
            page = getattr(place, "page", None)
            return place.name, (page.get_url() or "") if page else ""
        if one.kind == FollowKind.INITIATIVE and one.value in initiatives:
            return initiatives[one.value].title, initiatives[one.value].get_url() or ""
        if one.kind == FollowKind.SEARCH:
            words = parse_qs(one.value).get("q", [""])[0]
            return words or _("alles met deze filters"), f"{reverse('search')}?{one.value}"
        return gone, ""

    return [Followed(FollowKind(one.kind), one.value, *shown(one)) for one in follows]
