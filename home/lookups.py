"""Numbers that no database holds: nothing has such an id, so looking for it finds nothing instead of breaking.

Django sees to it for most comparisons of whole numbers. Those of relations (the id of a page is one) and of lists it
leaves to the database, and SQLite refuses them with an error of its own.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

_HELD = range(-(2**63), 2**63)


def register() -> None:
    """Let every query use these."""
    ForeignObject.register_lookup(_RelatedExact)
    ForeignObject.register_lookup(_RelatedIn)
    IntegerField.register_lookup(_In)


def _is_held(value: Any) -> bool:
    return not isinstance(value, int) or value in _HELD


class _RelatedExact(RelatedExact):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if not _is_held(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


class _RelatedIn(RelatedIn):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        self.rhs = _those_held(self)
        return super().process_rhs(compiler, connection)


class _In(In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        self.rhs = _those_held(self)
        return super().process_rhs(compiler, connection)


def _those_held(lookup: In) -> Any:
    rhs: Any = lookup.rhs
    return [value for value in rhs if _is_held(value)] if lookup.rhs_is_direct_value() else rhs
