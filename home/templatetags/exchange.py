"""Small helpers for templates. Anything that decides something belongs in Python elsewhere."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from exchange.accounts.roles import Role
from exchange.contributions.kinds import kind_of
from exchange.initiatives.bands import Phase
from exchange.municipalities.size import SizeClass

register = template.Library()


@register.filter
def kind_label(value: str) -> str:
    """The label of a kind of contribution."""
    return str(kind_of(value) or value)


@register.filter
def phase_label(value: str) -> str:
    """The label of a phase."""
    return str(Phase(value).label) if value in Phase.values else value


@register.filter
def size_label(value: str | None) -> str:
    """The label of a size class."""
    return str(SizeClass(value).label) if value in SizeClass.values else value or ""


@register.filter
def role_label(value: str) -> str:
    """The name of a role, for people."""
    return str(Role(value).label)


@register.filter
def inhabitants(number: int | None) -> str:
    """A number of inhabitants as people write it: 23.400."""
    if number is None:
        return str(_("onbekend"))
    return f"{number:,}".replace(",", ".")
