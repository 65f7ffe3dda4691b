"""What rows of an import refer to, read once."""

from __future__ import annotations

from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme

from .rows import Lookup, word


def load() -> Lookup:
    """Read municipalities (by code and by name, dissolved ones too) and themes (by slug and by both labels)."""
    themes: dict[str, str] = {}
    for theme in Theme.objects.all():
        themes |= {word(name): theme.slug for name in (theme.name_en, theme.name, theme.slug)}
    return Lookup(municipalities=Municipality.objects.known_as(), themes=themes)
