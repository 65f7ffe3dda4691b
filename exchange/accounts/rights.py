"""Who may do what: the one place that states the rules. Pure; Wagtail's permissions and every view follow from it.

A right holds in one's own section: a department role in that department, a municipality role in all of it. What may be
read follows from `visibility` (`exchange.contributions.visibility`), not from here. `docs/permissions.md` is made from
this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .roles import Role


class Action(models.TextChoices):
    """What somebody may do in a section."""

    DRAFT = "draft", _("een concept maken")
    EDIT = "edit", _("bewerken, en aanbieden om mee te lezen")
    REVIEW = "review", _("meelezen en plaatsen wat een ander schreef")
    TAKE_DOWN = "take_down", _("offline halen")
    MOVE = "move", _("verplaatsen binnen de gemeente")
    DELETE = "delete", _("weggooien")
    MANAGE_PEOPLE = "manage_people", _("collega's uitnodigen, rollen geven en nemen")
    PUBLISH_ALONE = "publish_alone", _("plaatsen zonder dat iemand meelas")


# In one's own section. An administrator may do everything, everywhere.
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.MEMBER: frozenset({Action.DRAFT}),
    Role.AUTHOR: frozenset({Action.DRAFT, Action.EDIT}),
    Role.EDITOR: frozenset(Action) - {Action.PUBLISH_ALONE},
}


@dataclass(frozen=True)
class Place:
    """A section: a municipality, and a department of it or None."""

    municipality: str
    department: int | None = None


@dataclass(frozen=True)
class Held:
    """A role that somebody holds, and where: nowhere in particular for a platform role."""

    role: Role
    place: Place | None = None

    def covers(self, place: Place) -> bool:
        """Does it hold there? A role for a whole municipality holds in its departments."""
        if self.place is None:
            return self.role == Role.ADMINISTRATOR
        return self.place.municipality == place.municipality and self.place.department in (None, place.department)


def without_second_factor(held: Iterable[Held], asks: frozenset[str]) -> list[Held]:
    """What roles give to somebody who has no second factor.

    Args:
        asks: the roles that ask for one. An editor writes meanwhile, like an author; a platform role gives nothing.
    """
    kept = []
    for one in held:
        if one.role not in asks:
            kept.append(one)
        elif one.place is not None:
            kept.append(Held(Role.AUTHOR if one.role == Role.EDITOR else Role.MEMBER, one.place))
    return kept


class NotAllowedError(Exception):
    """The rules do not give this person that right there."""


def may(held: Iterable[Held], action: Action, place: Place) -> bool:
    """Say whether somebody with these roles may do this there."""
    return any(
        one.covers(place) and (one.role == Role.ADMINISTRATOR or action in RIGHTS.get(one.role, ())) for one in held
    )
