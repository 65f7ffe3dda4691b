"""What a newcomer would forget: how a new kind of contribution is searched, and what an encoder needs."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from exchange.contributions.models import Contribution

from .meaning.by_address import STYLES
from .projection import DESCRIBED, RELATED


def every_kind_is_described(**kwargs: Any) -> list[checks.CheckMessage]:
    kinds = [model for model in _subclasses(Contribution) if not model._meta.abstract]
    return [
        checks.Error(
            f"{model.__name__} is a contribution, but search.projection does not describe it.",
            hint="Add a function to DESCRIBED and what it looks up to RELATED in search/projection.py.",
            id="search.E001",
        )
        for model in kinds
        if model not in DESCRIBED or model not in RELATED
    ]


def the_encoder_can_be_asked(**kwargs: Any) -> list[checks.CheckMessage]:
    url, model, style = settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_STYLE
    if not url:
        return []
    wrong = {
        "E002": f"EMBEDDINGS_URL is no address of an encoder: {url}. Give one such as http://localhost:8080.",
        "E003": "EMBEDDINGS_URL is set and EMBEDDINGS_MODEL is not: its name is stored with each vector.",
        "E004": f"EMBEDDINGS_STYLE is {style}; it can be {', '.join(STYLES)}.",
    }
    are_right = {"E002": _is_address(url), "E003": bool(model), "E004": style in STYLES}
    return [checks.Error(wrong[name], id=f"search.{name}") for name, is_right in are_right.items() if not is_right]


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # An impossible port is found when it is asked for.
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _subclasses(model: type[Contribution]) -> Iterable[type[Contribution]]:
    for subclass in model.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


def register() -> None:
    checks.register(every_kind_is_described, "search")
    checks.register(the_encoder_can_be_asked, "search")
