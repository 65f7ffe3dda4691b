"""Small helpers for templates. Anything that decides something belongs in Python elsewhere."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from exchange.contributions.choices import Kind

register = template.Library()


@register.filter
def kind_label(value: str) -> str:
    """The label of a kind of contribution."""
    return str(Kind(value).label) if value in Kind.values else value


@register.filter
def phase_label(value: str) -> str:
    """The label of a phase."""
    from exchange.initiatives.bands import Phase

    return str(Phase(value).label) if value in Phase.values else value


@register.filter
def inhabitants(number: int | None) -> str:
    """A number of inhabitants as people write it: 23.400."""
    if number is None:
        return str(_("onbekend"))
    return f"{number:,}".replace(",", ".")
