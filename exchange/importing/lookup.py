"""What rows of an import refer to, read once."""

from __future__ import annotations

from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme

from .rows import Lookup


def load() -> Lookup:
    """Read municipalities (by code, by name, and dissolved ones) and themes (by slug and by both labels)."""
    municipalities: dict[str, tuple[str, ...]] = {}
    present = Municipality.objects.current()
    dissolved = Municipality.objects.exclude(until=None).prefetch_related("successors")
    for old in dissolved:
        successors = tuple(sorted(one.code for one in old.successors.all()))
        municipalities[old.code.lower()] = municipalities[old.name.lower()] = successors
    # Present ones last: a present municipality may carry the name of a dissolved one.
    for one in present:
        municipalities[one.code.lower()] = municipalities[one.name.lower()] = (one.code,)
    themes: dict[str, str] = {}
    for theme in Theme.objects.all():
        themes |= {word.lower(): theme.slug for word in (theme.name_en, theme.name, theme.slug)}
    return Lookup(municipalities=municipalities, themes=themes)
