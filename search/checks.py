"""What a newcomer would forget: a new kind of contribution has to say how it is searched."""

from collections.abc import Iterable
from typing import Any

from django.core import checks

from exchange.contributions.models import Contribution

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


def _subclasses(model: type[Contribution]) -> Iterable[type[Contribution]]:
    for subclass in model.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


def register() -> None:
    checks.register(every_kind_is_described, "search")
