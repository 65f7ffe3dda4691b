"""Bring one checked row into the tree: add it, update it, or leave it alone. What a person edited since is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.drafts import may_change, may_draft
from exchange.contributions.kinds import page_class
from exchange.contributions.models import Contribution
from exchange.contributions.text import paragraphs, words_of
from exchange.themes.models import Theme

from .models import ImportRecord
from .rows import BadRowError, Row, own_fields, word


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Written:
    """What happened to a row, and which fields were kept because a person edited them."""

    outcome: Outcome
    kept: tuple[str, ...] = ()


def write(
    row: Row, section: Page, themes: dict[str, Theme], *, publish: bool = False, writer: User | None = None
) -> Written:
    """Add or update the contribution of a row.

    Args:
        row: a checked row.
        section: the page it belongs under, if it is new.
        themes: all themes by slug.
        publish: publish it; else it stays a draft.
        writer: who imports it for the own section; None: it is taken over from elsewhere.

    Raises:
        BadRowError: the row is of another kind than the page it was imported to before, or not for this writer.
        ValidationError: the page refuses a value.
    """
    existing = Contribution.objects.filter(municipality=row.municipality, external_id=row.external_id).first()
    if existing is None:
        return _add(row, section, themes, publish=publish, writer=writer)
    if existing.get_kind() != row.kind:
        raise BadRowError(_("kind: was eerder %(old)s, is nu %(new)s"), old=existing.get_kind().slug, new=row.kind.slug)
    if writer is not None and not may_change(writer, existing):
        raise BadRowError(_("staat er al, en je kunt het nu niet veranderen: iemand leest mee, of het is niet van jou"))
    return _update(existing.specific, row, themes, publish=publish, writer=writer)


def _add(row: Row, section: Page, themes: dict[str, Theme], *, publish: bool, writer: User | None) -> Written:
    if writer is not None and not may_draft(writer, section):
        raise BadRowError(_("municipality: hier mag je niet schrijven; kies je eigen gemeente of afdeling"))
    page = page_class(row.kind)(external_id=row.external_id, owner=writer, live=False)
    page.is_imported = writer is None
    page.safety_check = SafetyCheck.IMPORTED if writer is None else SafetyCheck.TO_DO
    for name, value in row.values().items():
        _set(page, name, value, themes)
    section.add_child(instance=page)
    ImportRecord.objects.create(contribution=page, values=row.values())
    _save(page, publish=publish, writer=writer)
    return Written(Outcome.ADDED)


def _update(page: Contribution, row: Row, themes: dict[str, Theme], *, publish: bool, writer: User | None) -> Written:
    record, _made = ImportRecord.objects.get_or_create(contribution=page)
    draft: Contribution = page.get_latest_revision_as_object()
    changes, kept = {}, []
    for name, value in row.values().items():
        if value == record.values.get(name):
            continue
        if name in record.values and not _same(_get(draft, name), record.values[name]):
            kept.append(name)
        else:
            changes[name] = value
    never_published = publish and page.first_published_at is None
    if changes:
        for name, value in changes.items():
            _set(draft, name, value, themes)
        record.values |= changes
        record.save()
    if changes or never_published:
        # Somebody's unpublished draft is theirs to publish.
        may_publish = publish and (page.live or never_published) and not _has_own_draft(page)
        _save(draft, publish=may_publish, writer=writer)
    return Written(Outcome.UPDATED if changes or never_published else Outcome.UNCHANGED, tuple(kept))


def _has_own_draft(page: Contribution) -> bool:
    """Did a person leave changes that are not published?"""
    revision = page.latest_revision
    return page.has_unpublished_changes and revision is not None and revision.user_id is not None


def _save(page: Contribution, *, publish: bool, writer: User | None) -> None:
    # A draft may lack what is asked when it is offered.
    revision = page.save_revision(user=writer, log_action=writer is not None, clean=writer is None)
    if publish:
        revision.publish()


# --- fields: how a value of a row is set on a page, and read back


def _set(page: Contribution, name: str, value: Any, themes: dict[str, Theme]) -> None:
    if name == "themes":
        page.themes.set([themes[slug] for slug in value])
    elif name == "tags":
        page.keywords.set(value)
    else:
        field = _field(page, name)
        setattr(page, field.name, _made(field, value))


def _made(field: Any, value: str) -> Any:
    """What a field holds of the text of a cell."""
    if isinstance(field, models.DateField):
        return datetime.date.fromisoformat(value) if value else None
    if isinstance(field, StreamField | RichTextField):
        html = paragraphs(value)
        return html if isinstance(field, RichTextField) else [("text", html)] if html else []
    return value


def _get(page: Contribution, name: str) -> Any:
    if name == "themes":
        return sorted(theme.slug for theme in page.theme_list())
    if name == "tags":
        return sorted(link.tag.name for link in page.keyword_links.all())
    field = _field(page, name)
    value = getattr(page, field.name)
    return words_of(value) if isinstance(field, StreamField | RichTextField) else str(value or "")


def _field(page: Contribution, column: str) -> Any:
    """The field of a page that a column fills."""
    return page._meta.get_field(own_fields(page.kind).get(column, column))


def _same(current: Any, imported: Any) -> bool:
    """Compare words, not marks: the editor rewrites HTML when somebody saves without changing anything."""
    if isinstance(imported, str):
        # A list that was imported has its dashes and numbers no more; before it became a list, it had.
        return words_of(current) in {" ".join(imported.split()), words_of(paragraphs(imported))}
    # A keyword that was there before may have other capitals.
    return sorted(map(word, current)) == sorted(map(word, imported))
