"""The themes that lie nearest to a text, by their names and the other words for them: to propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from exchange.themes.models import Theme

from . import choosing
from .encoder import LONGEST, EncoderError, Floats


@dataclass(frozen=True)
class NearTheme:
    """A theme and how close it is to a text; 1 means the same."""

    slug: str
    closeness: float


def nearest_themes(text: str, number: int, themes: Sequence[Theme] | None = None) -> list[NearTheme]:
    """The themes nearest to a text, nearest first; none where there is no encoder, or while it fails.

    Of the examples of the demo, the first is one that its writer chose for 53 of 96; one of three is for 64.

    Args:
        themes: those to choose from, in a fixed order; all of them where they are not given.
    """
    encoder = choosing.configured()
    themes = list(Theme.objects.order_by("slug")) if themes is None else themes
    if encoder is None or not themes or not text.strip():
        return []
    told = tuple(f"{theme.name}. {', '.join(theme.synonym_list())}"[:LONGEST] for theme in themes)
    try:
        with choosing.questions.asking():
            vectors = _vectors(encoder.name, told)
            asked = encoder.questions([text[:LONGEST]])[0]
            if vectors.shape[1] != len(asked):
                raise EncoderError("The encoder answers in another length than before.")
    except EncoderError:
        # Said by who asked it, once.
        return []
    found = [NearTheme(theme.slug, float(close)) for theme, close in zip(themes, vectors @ asked, strict=True)]
    return sorted(found, key=lambda one: (-one.closeness, one.slug))[:number]


@lru_cache(maxsize=2)
def _vectors(name: str, told: tuple[str, ...]) -> Floats:
    """The vectors of all themes, kept until one changes."""
    encoder = choosing.named(name)
    if encoder is None:
        raise EncoderError(f"There is no encoder {name} any more.")
    return encoder.passages(told)


def forget() -> None:
    """Ask the encoder anew: another one may be set."""
    _vectors.cache_clear()
