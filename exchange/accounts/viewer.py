"""Who is looking: the few facts about a reader that decide what may be seen. Pure data, made once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from .models import Membership, Role

if TYPE_CHECKING:
    from .models import User


@dataclass(frozen=True)
class Viewer:
    """A reader: of which municipalities a member, and whether a platform role applies."""

    municipalities: frozenset[str] = frozenset()
    is_platform_editor: bool = False
    is_administrator: bool = False

    @property
    def is_member(self) -> bool:
        """May read what is for all participating municipalities."""
        return bool(self.municipalities) or self.is_platform_editor or self.is_administrator


VISITOR = Viewer()


def viewer_for(user: User | AnonymousUser) -> Viewer:
    """Look up what a user is. Somebody without account, or whose account is closed, is a visitor."""
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    roles = Membership.objects.filter(user=user).values_list("role", "municipality_id")
    return Viewer(
        municipalities=frozenset(code for _, code in roles if code),
        is_platform_editor=any(role == Role.PLATFORM_EDITOR for role, _ in roles),
        is_administrator=any(role == Role.ADMINISTRATOR for role, _ in roles),
    )


def viewer_of(request: HttpRequest) -> Viewer:
    """The reader of a request; asked once, however many places want to know."""
    viewer: Viewer | None = getattr(request, "_viewer", None)
    if viewer is None:
        viewer = viewer_for(request.user)
        request._viewer = viewer  # type: ignore[attr-defined]
    return viewer
