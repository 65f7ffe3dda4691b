"""What is new for whom: from what was placed in a week and what somebody follows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exchange.accounts.viewer import Viewer
from exchange.contributions.visibility import sight

from .models import FollowKind

# So many lines a mail has; the rest is one click away.
MOST = 15


@dataclass(frozen=True)
class News:
    """A contribution that was placed, or changed, in the week.

    Attributes:
        about: what it belongs to: its theme slugs, municipality codes and initiative ids, as what can be followed.
        is_contact: about whom to call, so of one person.
        is_new: placed for the first time; else it was changed, and only who follows it itself hears of it.
    """

    key: int
    title: str
    path: str
    kind: str
    municipality: str
    code: str
    visibility: str
    about: frozenset[tuple[str, str]]
    is_new: bool = True
    is_contact: bool = False


def may_see(viewer: Viewer, news: News) -> bool:
    """May this reader see what is in memory?"""
    return sight(viewer).sees(news.visibility, news.code)


def news_for(
    viewer: Viewer, followed: Iterable[tuple[str, str]], news: Iterable[News], found: Mapping[str, frozenset[int]]
) -> list[News]:
    """What somebody hears of: what they follow and may see, each once; new things before changed ones.

    Args:
        followed: kind and value of each thing that is followed.
        found: the ids that a followed question finds for this reader, by question.
    """
    things = set(followed)
    by_search = {key for kind, value in things if kind == FollowKind.SEARCH for key in found.get(value, ())}

    def is_followed(one: News) -> bool:
        if one.is_new:
            return bool(one.about & things) or one.key in by_search
        return (FollowKind.INITIATIVE.value, str(one.key)) in things

    heard = [one for one in news if may_see(viewer, one) and is_followed(one)]
    return sorted(heard, key=lambda one: (not one.is_new, one.key))
