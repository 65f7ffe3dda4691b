"""Who is looking: the few facts about a reader that decide what may be seen. Pure data, made once a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from .models import roles_of
from .rights import Held
from .roles import Role

if TYPE_CHECKING:
    from .models import User


@dataclass(frozen=True)
class Viewer:
    """A reader: of which municipalities a member, and which roles apply. `may_write`, `is_editor`: in some section."""

    municipalities: frozenset[str] = frozenset()
    is_platform_editor: bool = False
    is_administrator: bool = False
    may_write: bool = False
    is_editor: bool = False

    @property
    def is_member(self) -> bool:
        """May read what is for all participating municipalities."""
        return bool(self.municipalities) or self.is_platform_editor or self.is_administrator


VISITOR = Viewer()


def viewer_for(user: User | AnonymousUser) -> Viewer:
    """Look up what a user is. Somebody without account, or whose account is closed, is a visitor."""
    return viewer_with(roles_of(user))


def viewer_with(held: Iterable[Held]) -> Viewer:
    """What somebody is who holds these roles."""
    held = list(held)
    roles = {one.role for one in held}
    return Viewer(
        municipalities=frozenset(one.place.municipality for one in held if one.place),
        is_platform_editor=Role.PLATFORM_EDITOR in roles,
        is_administrator=Role.ADMINISTRATOR in roles,
        may_write=bool(roles - {Role.MEMBER}),
        is_editor=Role.EDITOR in roles,
    )


# The reader of each request that is being answered.
_KNOWN: WeakKeyDictionary[HttpRequest, Viewer] = WeakKeyDictionary()


def viewer_of(request: HttpRequest) -> Viewer:
    """The reader of a request; asked once, however many places want to know."""
    viewer = _KNOWN.get(request)
    if viewer is None:
        viewer = _KNOWN[request] = viewer_for(request.user)
    return viewer


def signed_in(request: HttpRequest) -> User:
    """The user of a request, where a view let in nobody else (`login_required`)."""
    return cast("User", request.user)


def viewer_in_templates(request: HttpRequest) -> dict[str, Any]:
    """A context processor: `viewer` in every template, looked up when it is first asked for."""
    return {"viewer": SimpleLazyObject(lambda: viewer_of(request))}


def private(response: HttpResponse) -> HttpResponse:
    """What is seen depends on who looks: no shared cache may keep it."""
    response["Cache-Control"] = "private"
    patch_vary_headers(response, ["Cookie"])
    return response
