"""Who changed: mark dirty inside the change's own transaction, project once it is committed.

Wagtail publishes, unpublishes and moves outside a transaction: hence dirty first, project after. What a signal does not
reach (a crash in between) stays dirty, and the worker projects it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from exchange.adoptions.models import AdoptionPage
from exchange.adoptions.signals import noted
from exchange.contributions.models import Contribution
from exchange.contributions.signals import confirmed, placed
from exchange.evidence.models import PeerCheck
from exchange.municipalities.models import Municipality
from exchange.organisations.models import Organisation
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
    contact = Q(initiativepage__contact_id__in=page_ids) | Q(adoptionpage__contact_id__in=page_ids)
    adopted = AdoptionPage.objects.filter(pk__in=page_ids).values("initiative")
    return pages_that_show(contact | Q(pk__in=adopted))


def _page_changed(instance: Page, **kwargs: Any) -> None:
    """A page was published, unpublished, moved or renamed: it, what is below it, and what shows it."""
    page = Page.objects.filter(pk=instance.pk).first()
    if page is None:
        return
    below = list(Contribution.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
    changed({*below, *_shown_by(below)})


def _noted(instance: AdoptionPage, **kwargs: Any) -> None:
    """What the source says of an adoption, or who may read it, changed beside its page."""
    changed([instance.pk, *_shown_by([instance.pk])])


def _checked(instance: PeerCheck, **kwargs: Any) -> None:
    changed([instance.initiative_id])


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    _page_changed(instance.page)


_USES: dict[type[models.Model], Any] = {
    Theme: lambda one: Q(theme_links__tag=one) | Q(theme_links__tag__broader=one),
    TargetGroup: lambda one: Q(target_groups=one),
    Keyword: lambda one: Q(keyword_links__tag=one),
    Municipality: lambda one: Q(municipality=one) | Q(together_with=one) | Q(contactpage__service_area=one),
    Organisation: lambda one: Q(initiativepage__partners__organisation=one) | Q(contactpage__organisation=one),
}


def _word_changed(instance: models.Model, created: bool = False, **kwargs: Any) -> None:
    """A theme, municipality or other word was renamed: every contribution that shows it."""
    if not created:
        changed(pages_that_show(_USES[type(instance)](instance)))


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
    noted.connect(_noted, dispatch_uid="search_adoption_answered")
    for signal in (post_save, post_delete):
        signal.connect(_checked, sender=PeerCheck, dispatch_uid="search_initiative_checked")
    for model in _USES:
        post_save.connect(_word_changed, sender=model, dispatch_uid=f"search_{model.__name__}_changed")
