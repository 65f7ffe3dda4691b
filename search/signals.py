"""Who changed: mark dirty inside the change's own transaction, project once it is committed.

Wagtail publishes, unpublishes and moves outside a transaction: hence dirty first, project after. What a signal does not
reach (a crash in between) stays dirty, and the worker projects it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from exchange.contributions.kinds import page_classes
from exchange.contributions.models import Contribution
from exchange.contributions.searchable import additions_to
from exchange.contributions.signals import confirmed, placed, shown_changed
from exchange.municipalities.models import Municipality
from exchange.themes.models import Keyword, TargetGroup, Theme

from .index.connection import is_configured
from .index.push import push_soon
from .projection import mark_dirty, pages_that_show, project

# What waits for the end of the transaction, by thread: an import that changes hundreds is projected in one go.
_waiting = threading.local()


def changed(page_ids: Iterable[int]) -> None:
    """These contributions may be found differently now."""
    ids = set(page_ids)
    if ids:
        mark_dirty(ids)
        _waiting.ids = getattr(_waiting, "ids", set()) | ids
        # Robust: if projecting fails, the entry stays dirty and the change itself stands.
        transaction.on_commit(_project_waiting, robust=True)


def _project_waiting() -> None:
    """Project what waits. After a roll-back some may wait that did not change: projecting those does no harm."""
    ids: set[int] = getattr(_waiting, "ids", set())
    _waiting.ids = set()
    if not ids:
        # Another one of this transaction did it.
        return
    project(ids)
    if is_configured():
        push_soon(ids)


def _contribution_saved(instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Contribution):
        # Themes and other children may not be written yet: only mark. Publishing projects.
        mark_dirty([instance.pk])


def _contribution_deleted(instance: Contribution, **kwargs: Any) -> None:
    changed([instance.pk, *_shown_by([instance.pk])])


def _shown_by(page_ids: list[int]) -> list[int]:
    """The contributions that show something of these: of a contact its role, of an adoption that it runs."""
    if not page_ids:
        return []
    clauses = []
    for model in page_classes():
        clauses += [Q(**{f"{_path(model, name)}__in": page_ids}) for name in model.kind.search.shows]
        clauses += [one.shown_by(page_ids) for one in additions_to(model.kind.slug)]
    return pages_that_show(reduce(or_, clauses))


def _path(model: type[models.Model], name: str) -> str:
    """From a contribution to a field of its kind."""
    return f"{model._meta.model_name}__{name}"


def _page_changed(instance: Page, **kwargs: Any) -> None:
    """A page was published, unpublished, moved or renamed: it, what is below it, and what shows it."""
    page = Page.objects.filter(pk=instance.pk).first()
    if page is None:
        return
    below = list(Contribution.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
    changed({*below, *_shown_by(below)})


def _shown_changed(page_ids: list[int], **kwargs: Any) -> None:
    """What contributions show changed beside their pages."""
    changed([*page_ids, *_shown_by(page_ids)])


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    _page_changed(instance.page)


# From a contribution of any kind to what it shows the name of.
_NAMES: dict[type[models.Model], tuple[str, ...]] = {
    Theme: ("theme_links__tag", "theme_links__tag__broader"),
    TargetGroup: ("target_groups",),
    Keyword: ("keyword_links__tag",),
    Municipality: ("municipality", "together_with"),
}


@cache
def _names() -> dict[type[models.Model], tuple[str, ...]]:
    """The same with what each kind shows besides."""
    paths = dict(_NAMES)
    for model in page_classes():
        for name in model.kind.search.names:
            named = _named(model, name)
            paths[named] = (*paths.get(named, ()), _path(model, name))
    return paths


def _named(model: Any, path: str) -> Any:
    """The model that a path of fields ends at."""
    return reduce(lambda one, name: one._meta.get_field(name).related_model, path.split("__"), model)


def _name_changed(instance: models.Model, created: bool = False, **kwargs: Any) -> None:
    """A theme, municipality or other word was renamed: every contribution that shows it."""
    if not created:
        changed(pages_that_show(reduce(or_, (Q(**{path: instance}) for path in _names()[type(instance)]))))


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    post_save.connect(_contribution_saved, dispatch_uid="search_contribution_saved")
    # Every kind of contribution is deleted as one too. A receiver for all models would have Django read every row of
    # whatever is deleted, words of entries too.
    post_delete.connect(_contribution_deleted, sender=Contribution, dispatch_uid="search_contribution_deleted")
    for signal in (page_published, page_unpublished, page_slug_changed, placed, confirmed):
        signal.connect(_page_changed, dispatch_uid="search_page_changed")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction_changed")
    shown_changed.connect(_shown_changed, dispatch_uid="search_shown_changed")
    for model in _names():
        post_save.connect(_name_changed, sender=model, dispatch_uid=f"search_{model.__name__}_changed")
