"""Note what somebody did that is of no page: signing in, reading a list of people, being refused."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.accounts.models import Membership, User

from .models import Act, AuditEntry


def note(
    act: Act,
    who: User | None,
    *,
    about: User | None = None,
    municipalities: Iterable[str] | None = None,
    title: str = "",
) -> None:
    """Add to the log of each municipality it concerns.

    Args:
        who: who did it; None where nobody can say so.
        about: who it is about, where that is somebody else.
        municipalities: codes; None: those in which this person has a role, and the platform's own log without one.
    """
    codes: list[str | None] = [*(_municipalities_of(about or who) if municipalities is None else municipalities)]
    rows = [AuditEntry(municipality_id=code, who=who, about=about, action=act, title=title[:255]) for code in codes]
    AuditEntry.objects.bulk_create(rows or [AuditEntry(who=who, about=about, action=act, title=title[:255])])


def _municipalities_of(user: User | None) -> list[str]:
    held = Membership.objects.filter(user=user, municipality__isnull=False)
    return [str(code) for code in held.order_by("municipality").values_list("municipality", flat=True).distinct()]
