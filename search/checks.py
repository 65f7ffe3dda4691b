"""What a newcomer would forget: what an encoder needs."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from .meaning.by_address import STYLES


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


def register() -> None:
    checks.register(the_encoder_can_be_asked, "search")
