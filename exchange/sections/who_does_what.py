"""*Wie doet wat?*: for each theme whom to call in a municipality, with the empty places visible.

Pure: it decides from contacts that were already looked up for one reader. When nobody is named or confirmed it falls
back, step by step; "niet bevestigd" beats nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The fall-back chain, in order (design: domain.md, MunicipalityPage)."""

    CONTACT = "contact", _("aanspreekpunt")
    STAND_IN = "stand_in", _("vervanger")
    TEAM = "team", _("teammailbox, niet bevestigd")
    DEPARTMENT = "department", _("afdeling of team")
    GENERAL = "general", _("algemeen nummer")
    CENTRE = "centre", _("centrumgemeente")


@dataclass(frozen=True)
class Reach:
    """Something one can call, mail or open."""

    name: str
    url: str = ""
    mailbox: str = ""
    phone: str = ""

    @property
    def can_be_reached(self) -> bool:
        return bool(self.mailbox or self.phone or self.url)


@dataclass(frozen=True)
class NamedContact:
    """A contact as one reader sees it, with who stands in and the department behind it."""

    themes: frozenset[str]
    reach: Reach
    is_fresh: bool
    is_away: bool = False
    stand_in: Reach | None = None
    department: Reach | None = None


@dataclass(frozen=True)
class Answer:
    """Whom to call, and how we got there."""

    step: Step
    reach: Reach


@dataclass(frozen=True)
class Row:
    """One theme: who is named (perhaps nobody), and whom to call now."""

    theme: str
    slug: str
    is_named: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class FallBack:
    """What a municipality has for when nobody is named: each may be missing."""

    general: Reach | None = None
    centre: Reach | None = None


def whom_to_call(contacts: Sequence[NamedContact], fall_back: FallBack) -> tuple[Answer, ...]:
    """Walk the chain and stop at the first step that gives somebody."""
    fresh = [Answer(Step.CONTACT, contact.reach) for contact in contacts if contact.is_fresh and not contact.is_away]
    if fresh:
        return tuple(fresh)
    chain: list[tuple[Step, Iterable[Reach | None]]] = [
        (Step.STAND_IN, (contact.stand_in for contact in contacts)),
        (Step.TEAM, (contact.reach for contact in contacts)),
        (Step.DEPARTMENT, (contact.department for contact in contacts)),
        (Step.GENERAL, (fall_back.general,)),
        (Step.CENTRE, (fall_back.centre,)),
    ]
    for step, candidates in chain:
        found = [reach for reach in candidates if reach is not None and reach.can_be_reached]
        if found:
            return tuple(Answer(step, reach) for reach in dict.fromkeys(found))
    return ()


def who_does_what(
    themes: Sequence[tuple[str, str, bool]], contacts: Sequence[NamedContact], fall_back: FallBack
) -> list[Row]:
    """One row for each broad theme, and for each narrower one that has a contact.

    Args:
        themes: slug, label and whether it is a broad theme, in the order to show.
        contacts: the contacts of the municipality that the reader may see.
        fall_back: what there is when nobody is named.
    """
    rows = []
    for slug, label, is_broad in themes:
        named = [contact for contact in contacts if slug in contact.themes]
        if named or is_broad:
            rows.append(Row(theme=label, slug=slug, is_named=bool(named), answers=whom_to_call(named, fall_back)))
    return rows
