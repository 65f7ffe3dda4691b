"""Who somebody is by the claims of a provider: an address and a name, in the many forms that they come in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from exchange.clean_text import clean_line

NAME_LENGTH = 150
# What a directory adds to a name to tell people apart: *Jansen, Jan (Sociaal Domein)*, *Jan Jansen | Waterhoven*.
_ADDED = re.compile(r"\s*(\([^)]*\)|\[[^\]]*\]|[|/].*)\s*$")
# What stands before a family name, and in a directory after the given one: *Berg, Jan van den*.
_PARTICLES = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "'t",
        "ter",
        "ten",
        "te",
        "in",
        "op",
        "aan",
        "bij",
        "onder",
        "over",
        "uit",
        "voor",
        "vd",
        "v.d.",
        "d'",
        "la",
        "le",
        "les",
        "du",
        "des",
        "da",
        "dos",
        "do",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "abu",
        "von",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
    ]
)


@dataclass(frozen=True)
class Name:
    """The two parts of a name; either may be empty."""

    given: str = ""
    family: str = ""


def address_of(claims: Mapping[str, Any], fallback: str = "") -> str:
    """The mail address that a provider gives: its `email`, or else the claim that its setting names; or nothing."""
    for claim in ("email", fallback):
        value = claims.get(claim)
        address = clean_line(value).lower() if isinstance(value, str) else ""
        if _is_address(address):
            return address
    return ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def name_of(claims: Mapping[str, Any]) -> Name:
    """The name that a provider gives, in two parts where it has them, else as a whole."""
    given, family, whole = (_text(claims, claim) for claim in ("given_name", "family_name", "name"))
    split = split_name(whole)
    return Name(given or split.given, family or split.family) if not (given and family) else Name(given, family)


def _text(claims: Mapping[str, Any], claim: str) -> str:
    value = claims.get(claim)
    return clean_line(value)[:NAME_LENGTH] if isinstance(value, str) else ""


def split_name(whole: str) -> Name:
    """Given and family name of a whole one: *Jan van den Berg*, *Berg, Jan van den*, *Berg, van den, Jan*."""
    text = clean_line(whole)
    while (shorter := _ADDED.sub("", text)) != text and shorter:
        text = shorter
    parts = [part for part in (one.strip() for one in text.split(",")) if part]
    if len(parts) < 2:
        given, _space, family = (parts[0] if parts else "").partition(" ")
        return Name(given, family)
    family, *rest = parts
    words = [word for part in rest for word in part.split()]
    before = [word for word in words if word.lower() in _PARTICLES]
    others = [word for word in words if word.lower() not in _PARTICLES]
    # *De Vries, Jan*: the particle stands where it belongs.
    return Name(" ".join(others), " ".join([*before, family]))
