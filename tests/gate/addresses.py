"""Every address that the gate looks after, out of the configuration of addresses itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from exchange.gate.middleware import is_guarded


@dataclass(frozen=True)
class Address:
    """A named address: its route, its arguments with their converters, and whose view answers."""

    name: str
    route: str
    arguments: tuple[tuple[str, str], ...]
    view: str

    @property
    def is_guarded(self) -> bool:
        return is_guarded(self.route, self.name, self.view)

    @property
    def is_unnamed(self) -> bool:
        return not self.name or self.name.endswith(":")


def addresses() -> list[Address]:
    """All of them, each once, in their order."""
    return list(dict.fromkeys(one for one in _walk(get_resolver(), "", "") if one.is_guarded))


def _walk(resolver: URLResolver, prefix: str, namespace: str, inherited: tuple[Any, ...] = ()) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        found = (*inherited, *_arguments(pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, route, inner, found)
        else:
            name = namespace + (pattern.name or "")
            yield Address(name, route, found, pattern.callback.__module__)


def _arguments(pattern: URLPattern | URLResolver) -> Iterator[tuple[str, str]]:
    known: dict[str, Any] = getattr(pattern.pattern, "converters", {})
    for name in pattern.pattern.regex.groupindex:
        yield name, type(known[name]).__name__ if name in known else "regex"
