"""What municipalities like ours run that we do not: by theme, as far as a reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from exchange.accounts.viewer import Viewer
from exchange.contributions.models import ThemeLink
from exchange.initiatives.bands import GOES_ON
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from exchange.municipalities.similarity import Similar

from .choices import RUNS
from .models import AdoptionPage

# So many similar municipalities are looked at, and so many ideas shown.
ALIKE = 40
MOST = 24


@dataclass(frozen=True)
class Idea:
    """An initiative that similar municipalities run: those, nearest first."""

    initiative: InitiativePage
    peers: tuple[Similar, ...]


def ranked(
    running: Mapping[int, Iterable[str]], nearest: Sequence[str], own: frozenset[int]
) -> list[tuple[int, list[str]]]:
    """The initiatives that are not one's own, those that most similar municipalities run first. Pure.

    Args:
        running: the municipalities that run an initiative, by initiative.
        nearest: similar municipalities, nearest first.
        own: the initiatives that one runs, considered or turned down already.
    """
    place = {code: number for number, code in enumerate(nearest)}
    found = [
        (key, sorted({code for code in codes if code in place}, key=place.__getitem__))
        for key, codes in running.items()
        if key not in own
    ]
    return sorted(
        ((key, codes) for key, codes in found if codes), key=lambda one: (-len(one[1]), place[one[1][0]], one[0])
    )


def ideas_for(municipality: Municipality, viewer: Viewer, most: int = MOST) -> list[Idea]:
    """What similar municipalities run and this one does not (nor considers, nor turned down)."""
    peers = {one.code: one for one in municipalities_like(municipality.code)[:ALIKE]}
    either = [*peers, municipality.code]
    initiatives = InitiativePage.objects.visible_to(viewer)
    together = Exists(Municipality.objects.filter(shared_contributions=OuterRef("pk"), pk=municipality.pk))
    owned = initiatives.annotate(ours=together).filter(Q(municipality__in=either) | Q(ours=True))
    adoptions = AdoptionPage.objects.visible_to(viewer).filter(municipality__in=either).exclude(initiative=None)
    running: defaultdict[int, set[str]] = defaultdict(set)
    own: set[int] = set()
    for key, code, phase, ours in owned.values_list("pk", "municipality", "phase", "ours"):
        if ours or code == municipality.code:
            own.add(key)
        elif phase in GOES_ON:
            running[key].add(code)
    for key, code, stage in adoptions.values_list("initiative", "municipality", "stage"):
        if code == municipality.code:
            own.add(key)
        elif stage in RUNS:
            running[key].add(code)
    best = ranked(running, list(peers), frozenset(own))[:most]
    shown = initiatives.select_related("municipality").in_bulk([key for key, _codes in best])
    return [Idea(shown[key], tuple(peers[code] for code in codes)) for key, codes in best if key in shown]


def by_theme(ideas: Sequence[Idea]) -> list[tuple[str, list[Idea]]]:
    """Ideas by the broad theme of their first theme, in the order of the ideas."""
    themes_of_all = Prefetch("theme_links", ThemeLink.objects.select_related("tag__broader"))
    prefetch_related_objects([idea.initiative for idea in ideas], themes_of_all)
    groups: defaultdict[str, list[Idea]] = defaultdict(list)
    for idea in ideas:
        themes = idea.initiative.theme_list()
        first = themes[0] if themes else None
        label = (first.broader or first).label if first is not None else ""
        groups[label].append(idea)
    return list(groups.items())
