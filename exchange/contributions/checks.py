"""What a newcomer would not see, said at start: a kind that is not described whole, and a field that hides a method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any

from django.core import checks
from django.db import models

from .kinds import Kind
from .models import Contribution

# As the index keeps it (`search.Entry.kind`).
SLUG_LENGTH = 10
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


def every_kind_is_described(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every kind of contribution says what it is, once, in words that fit the page class that says so."""
    taken: dict[Any, str] = {}
    found: list[checks.CheckMessage] = []
    for model in subclasses(Contribution):
        if not model._meta.abstract:
            found += [
                checks.Error(
                    f"{model.__name__}.kind: {problem}.", hint="See exchange/contributions/kinds.py.", id=number
                )
                for number, problem in problems(model, taken)
            ]
    return found


def problems(model: type[Contribution], taken: dict[Any, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the description of a kind: the number of the check, and the words.

    Args:
        taken: what other kinds have for themselves; this one is added.
    """
    kind = vars(model).get("kind")
    if not isinstance(kind, Kind):
        yield "contributions.E002", "every kind of contribution describes itself with a Kind"
        return
    if not 0 < len(kind.slug) <= SLUG_LENGTH:
        yield "contributions.E003", f"a slug has 1 to {SLUG_LENGTH} letters"
    for name in ("slug", "order", "admin_list"):
        other = taken.setdefault((name, getattr(kind, name)), model.__name__)
        if other != model.__name__:
            yield "contributions.E004", f"{other} has this {name} too"
    fields = {field.name for field in model._meta.get_fields()}
    for name in sorted({*kind.columns, *(kind.imported or {}).values()} - fields):
        yield "contributions.E005", f"there is no field {name!r}"


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
    checks.register(every_kind_is_described, "contributions")
