"""What a newcomer would not see: a field with the name of a method takes its place; who calls it gets a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any

from django.core import checks
from django.db import models

from .models import Contribution

_METHODS = (FunctionType, classmethod, staticmethod, property)


def no_field_hides_a_method(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every kind of contribution, whoever calls its methods: a panel, a template, a listing."""
    kinds: list[type[Contribution]] = [Contribution, *subclasses(Contribution)]
    return [
        checks.Error(
            f"The field {model.__name__}.{name} hides {owner.__name__}.{name}(), which others call.",
            hint="Give the field or the method another name.",
            id="contributions.E001",
        )
        for model in kinds
        for name, owner in hidden(model)
    ]


def hidden(model: type[models.Model]) -> Iterator[tuple[str, type]]:
    """The methods that a field of a model takes the place of, with the class that they are of."""
    for name in sorted(_names(model)):
        for owner in model.__mro__:
            if isinstance(vars(owner).get(name), _METHODS):
                yield name, owner
                break


def _names(model: type[models.Model]) -> set[str]:
    """What a model's fields are called in Python, and what points to it from elsewhere."""
    names: set[str] = set()
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignObjectRel):
            names.add(field.get_accessor_name() or "")
        else:
            names |= {field.name, getattr(field, "attname", None) or field.name}
    return names


def subclasses(model: type[Contribution]) -> Iterable[type[Contribution]]:
    for subclass in model.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def register() -> None:
    checks.register(no_field_hides_a_method, "contributions")
