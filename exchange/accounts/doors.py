"""What the admin's gate asks at an address: a door. Each app says in `register_doors` which doors its addresses are.

A scope is what somebody may mean: all pages that they may edit, all files that they may choose. A door asks in one
query whether the thing that an address names is among those, so what is hidden looks like what does not exist, and
takes as long. The gate itself, with the doors of Wagtail's own addresses, is `exchange.gate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from .models import User, roles_of
from .roles import Role

Scope = Callable[[User], QuerySet[Any, Any]]
Who = Callable[[User], bool]


def anybody(user: User) -> bool:
    """Everybody who comes into the admin at all."""
    return True


def administers(user: User) -> bool:
    """Administrators."""
    return any(one.role == Role.ADMINISTRATOR for one in roles_of(user))


def keeps_platform(user: User) -> bool:
    """Who looks after the whole platform: its editors, and administrators."""
    return any(one.role in (Role.PLATFORM_EDITOR, Role.ADMINISTRATOR) for one in roles_of(user))


@dataclass(frozen=True)
class Door:
    """Who comes in, and what they may mean: by argument of the address, and by field that is sent along.

    `changes`: the same as `about`, asked where something is changed (a POST) of what may be seen all the same.
    """

    who: Who = anybody
    about: Mapping[str, Scope] = field(default_factory=dict)
    sent: Mapping[str, Scope] = field(default_factory=dict)
    changes: Mapping[str, Scope] = field(default_factory=dict)

    def opens(self, user: User, arguments: Mapping[str, Any], sent: Mapping[str, Iterable[str]]) -> bool:
        """Say whether somebody may pass.

        Args:
            arguments: of the address.
            sent: by name of a field all values that came along; an empty one means nothing.
        """
        if not self.who(user):
            return False
        asked = [(scope, arguments.get(name)) for name, scope in self.about.items()]
        asked += [(scope, value) for name, scope in self.sent.items() for value in sent.get(name, ()) if value]
        return all(is_in(scope(user), value) for scope, value in asked)

    def lets_change(self, user: User, arguments: Mapping[str, Any]) -> bool:
        """Say whether somebody who passed may also change it."""
        return all(is_in(scope(user), arguments.get(name)) for name, scope in self.changes.items())


def door(
    who: Who = anybody,
    /,
    *,
    sent: Mapping[str, Scope] | None = None,
    changes: Mapping[str, Scope] | None = None,
    **about: Scope,
) -> Door:
    """A door, as a table of them reads best: `door(administers)`, `door(page_id=pages_to_edit)`."""
    return Door(who, about, sent or {}, changes or {})


def is_in(things: QuerySet[Any, Any], key: Any) -> bool:
    """Is the thing with this key one of them? What cannot be a key is none of them."""
    try:
        return things.filter(pk=key).exists()
    except (TypeError, ValueError, OverflowError):
        return False


def every(model: type[Model]) -> Scope:
    """Everything of a kind that there is: for what everybody may know."""
    return lambda user: model._default_manager.all()
