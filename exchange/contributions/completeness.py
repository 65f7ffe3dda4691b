"""How complete a contribution is, and what to add next. Pure: it looks at answers, not at pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

# Beside the basic card, this share of the other items makes a contribution complete.
COMPLETE_SHARE = 0.75


class Level(models.TextChoices):
    BEGIN = "begin", _("begin")
    BASIC = "basis", _("basis")
    COMPLETE = "compleet", _("compleet")


@dataclass(frozen=True)
class Item:
    """One thing a contribution can have: its label, whether it is there, whether the basic card needs it."""

    label: str
    done: bool
    basic: bool = False


@dataclass(frozen=True)
class Completeness:
    level: Level
    done: int
    total: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.done / self.total if self.total else 0.0

    @property
    def next(self) -> str | None:
        """What to add next: the basic card first."""
        return self.missing[0] if self.missing else None


def completeness(items: Sequence[Item]) -> Completeness:
    """Judge how complete something is.

    *begin* lacks something of the basic card; *basis* has all of it; *compleet* has three quarters of the rest too.
    """
    ordered = sorted(items, key=lambda item: not item.basic)
    rest = [item for item in items if not item.basic]
    if any(item.basic and not item.done for item in items):
        level = Level.BEGIN
    elif sum(item.done for item in rest) >= COMPLETE_SHARE * len(rest):
        level = Level.COMPLETE
    else:
        level = Level.BASIC
    return Completeness(
        level=level,
        done=sum(item.done for item in items),
        total=len(items),
        missing=tuple(item.label for item in ordered if not item.done),
    )
