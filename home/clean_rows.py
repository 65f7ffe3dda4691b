"""What is written is clean: texts of any row of any model, whichever door they came in by, versions of pages included.

Listening to `pre_save` covers what is written later too: no model and no import needs a line for it. `tidy` cleans what
was there before, and what a bulk write brought in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from exchange.clean_text import clean_text, clean_values
from search.projection import mark_dirty

# What is derived from texts that are clean, or written by programs only.
DERIVED = frozenset({"search", "sessions", "contenttypes", "migrations", "auth"})
PRIVATE = "password"
_BATCH = 500


@cache
def text_fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """The columns of a model that may hold what somebody wrote."""
    if model._meta.app_label in DERIVED:
        return ()
    kinds = (models.CharField, models.TextField, models.JSONField, StreamField)
    return tuple(one for one in model._meta.concrete_fields if isinstance(one, kinds) and PRIVATE not in one.name)


def cleaned(field: models.Field[Any, Any], value: Any) -> Any:
    """A value of a column, clean; the very same object where it was."""
    if isinstance(field, StreamField):
        return _stream(field, value)
    if isinstance(value, str):
        text = clean_text(value)
        # A title or name is one line: a mail and a header break on two.
        text = text.replace("\n", " ") if isinstance(field, models.CharField) else text
        return value if text == value else text
    if isinstance(field, models.JSONField):
        kept = clean_values(value)
        return value if kept == value else kept
    return value


def _stream(field: StreamField, value: Any) -> Any:
    """The blocks of a stream. A version of a page holds them as JSON, with signs behind a backslash."""
    blocks = field.get_prep_value(field.to_python(value))
    kept = clean_values(blocks)
    return value if kept == blocks else field.to_python(kept)


def clean_row(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Clean a row that is about to be written."""
    for field in text_fields(sender):
        # What was not read from the database is not written either.
        value = instance.__dict__.get(field.attname)
        if value and (kept := cleaned(field, value)) is not value:
            setattr(instance, field.attname, kept)
    if isinstance(instance, Revision):
        instance.content = _version(instance)


def _version(revision: Revision) -> dict[str, Any]:
    """What a version of a page holds: its streams are JSON within JSON."""
    content: dict[str, Any] = revision.content
    model = revision.content_type.model_class()
    for field in model._meta.concrete_fields if model else ():
        value = content.get(field.name)
        if isinstance(field, StreamField) and value and (kept := _stream(field, value)) is not value:
            content = content | {field.name: field.value_to_string(_Holder(field.attname, kept))}
    return content


class _Holder:
    """Something with one field: how Django asks for a value as text."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def clean_what_is_kept() -> int:
    """Clean the rows that are there; pages that changed are found by their new words. Safe to repeat.

    Returns:
        How many rows changed.
    """
    return sum(_clean_model(model) for model in apps.get_models() if text_fields(model))


def _clean_model(model: type[models.Model]) -> int:
    changed = list(_clean_rows(model))
    if issubclass(model, Page):
        mark_dirty(changed)
    return len(changed)


def _clean_rows(model: type[models.Model]) -> Iterator[Any]:
    """Clean each row of one table. No version is made and nobody is told: nothing changed that a reader could see."""
    fields = [field for field in text_fields(model) if field.model is model]
    names = [field.attname for field in fields]
    rows = model._default_manager.order_by("pk").only("pk", *names) if fields else model._default_manager.none()
    for row in rows.iterator(chunk_size=_BATCH):
        before = {name: row.__dict__.get(name) for name in names}
        clean_row(model, row)
        changes = {name: row.__dict__[name] for name in names if row.__dict__.get(name) is not before[name]}
        if changes:
            model._default_manager.filter(pk=row.pk).update(**changes)
            yield row.pk
