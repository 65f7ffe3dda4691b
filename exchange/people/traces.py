"""Looking through every text of the database for somebody, and taking them out of what is only history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from .words import fragment_of, is_telling, pattern_of, take_out

_TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# What tells how something was and what was said on the way to it. What stands on a page now, an editor takes out.
HISTORY: dict[str, tuple[str, ...]] = {
    "wagtailcore.Revision": ("content", "object_str"),
    "wagtailcore.PageLogEntry": ("label", "data"),
    "wagtailcore.ModelLogEntry": ("label", "data"),
    "wagtailcore.Comment": ("text",),
    "wagtailcore.CommentReply": ("text",),
    "wagtailcore.TaskState": ("comment",),
    "auditing.AuditEntry": ("title",),
    "people.JoinRequest": ("reason",),
    "evidence.PeerCheck": ("remark",),
    "importing.Upload": ("records",),
    "post_office.Email": ("subject", "message", "html_message", "context"),
}
# Of these a row with the words in it says nothing without them.
REMOVED = ("search.SearchedQuestion", "search.DismissedQuestion")


@dataclass(frozen=True)
class Trace:
    """A row in which words of a person stand."""

    table: str
    column: str
    key: str


def traces(words: Iterable[str]) -> Iterator[Trace]:
    """Look in every text column of every table for words, in any case: whole ones, *Jan* is not in *januari*.

    Args:
        words: such as an address and a name.
    """
    wanted = [word for word in words if word.strip()]
    for model in apps.get_models(include_auto_created=True) if wanted else ():
        for field in model._meta.concrete_fields:
            if isinstance(field, _TEXTS) and field.model is model:
                for key in _rows_with(model._default_manager.all(), field.name, wanted):
                    yield Trace(model._meta.label, field.name, str(key))


def _rows_with(rows: models.QuerySet[Any], column: str, words: Iterable[str]) -> Iterator[Any]:
    """The keys of the rows of which a column holds one of the words."""
    patterns = [pattern_of(word) for word in words]
    clause = Q()
    for word in words:
        clause |= Q(looked_in__icontains=fragment_of(word))
    # The database finds what may hold them, whatever the form; what does is seen here.
    found = rows.order_by().annotate(looked_in=Cast(column, models.TextField())).filter(clause)
    for key, text in found.values_list("pk", "looked_in").iterator():
        if text and any(pattern.search(text) for pattern in patterns):
            yield key


def clean_history(words: Iterable[str]) -> int:
    """Take what tells of one person out of old versions, comments, logs and mails.

    Args:
        words: only an address, a number and a whole name are taken out: *Jan* may be anybody.

    Returns:
        How many rows were changed or removed.
    """
    telling = [word for word in words if word.strip() and is_telling(word)]
    if not telling:
        return 0
    changed = sum(
        _clean(model, column, telling) for label, columns in HISTORY.items()
        for model in _there(label) for column in columns
    )  # fmt: skip
    return changed + sum(_remove(model, telling) for label in REMOVED for model in _there(label))


def _there(label: str) -> list[type[models.Model]]:
    """The model of that name: rooms above this one are named, not imported."""
    return [model for model in apps.get_models() if model._meta.label == label]


def _clean(model: type[models.Model], column: str, words: list[str]) -> int:
    rows = model._default_manager.all()
    if model is Revision:
        rows = _old_versions(rows)
    keys = list(_rows_with(rows, column, words))
    field = model._meta.get_field(column)
    without: Callable[[Any, list[str]], Any] = _without_json if isinstance(field, models.JSONField) else take_out
    for key in keys:
        value = model._default_manager.values_list(column, flat=True).get(pk=key)
        longest = getattr(field, "max_length", None)
        model._default_manager.filter(pk=key).update(**{column: _cut(without(value, words), longest)})
    return len(keys)


def _old_versions(revisions: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """But for what is on the site or is being written now."""
    newest = Page.objects.filter(Q(latest_revision=OuterRef("pk")) | Q(live_revision=OuterRef("pk")))
    return revisions.filter(~Exists(newest))


def _without_json(value: Any, words: list[str]) -> Any:
    return json.loads(take_out(json.dumps(value), words))


def _cut(value: Any, longest: int | None) -> Any:
    return value[:longest] if isinstance(value, str) and longest else value


def _remove(model: type[models.Model], words: list[str]) -> int:
    columns = [field.name for field in model._meta.concrete_fields if isinstance(field, _TEXTS)]
    keys = {key for column in columns for key in _rows_with(model._default_manager.all(), column, words)}
    model._default_manager.filter(pk__in=keys).delete()
    return len(keys)
