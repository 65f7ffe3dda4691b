"""Taking a person out: of accounts, contacts, old versions, mails and logs. And looking whether anything is left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from post_office.models import Email
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from exchange.accounts.models import User
from exchange.auditing.models import AuditEntry
from exchange.contacts.models import ContactPage

from .models import Invitation

# What of a contact says how to reach one person.
_REACH = ("person_name", "phone")
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)


@dataclass(frozen=True)
class Trace:
    """A row in which words of a person stand."""

    table: str
    column: str
    key: str


def words_of(user: User) -> list[str]:
    """What a person is known by."""
    return [word for word in (user.email, user.get_full_name()) if word]


def traces(words: Iterable[str]) -> Iterator[Trace]:
    """Look in every text column of every table for words, in any case.

    Args:
        words: such as an address and a name.
    """
    # As JSON columns write them too.
    needles = {form for word in words if word.strip() for form in (word, json.dumps(word)[1:-1])}
    if not needles:
        return
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if not isinstance(field, _TEXTS) or field.model is not model:
                continue
            clause = Q()
            for needle in needles:
                clause |= Q(looked_in__icontains=needle)
            rows = model._default_manager.annotate(looked_in=Cast(field.name, models.TextField())).filter(clause)
            for key in rows.order_by().values_list("pk", flat=True):
                yield Trace(model._meta.label, field.name, str(key))


def forget_reach(user: User, municipality: str | None = None) -> None:
    """Take name, number and own address out of the contacts that stand for somebody, in old versions too.

    Args:
        municipality: only there; None: everywhere.
    """
    contacts = ContactPage.objects.filter(user=user)
    if municipality is not None:
        contacts = contacts.filter(municipality=municipality)
    for contact in contacts:
        _empty(contact, user.email)


def _empty(contact: ContactPage, address: str) -> None:
    def without(values: dict[str, Any]) -> dict[str, Any]:
        emptied = dict.fromkeys(_REACH, "")
        if values.get("team_mailbox", "").lower() == address.lower():
            emptied["team_mailbox"] = ""
        return emptied

    now = {name: getattr(contact, name) for name in (*_REACH, "team_mailbox")}
    for name, value in without(now).items():
        setattr(contact, name, value)
    # Through the page, so that search hears of it.
    contact.save(update_fields=list(without(now)), clean=False)
    for revision in Revision.page_revisions.filter(object_id=str(contact.pk)):
        revision.content = {**revision.content, **without(revision.content), "user": None}
        revision.save(update_fields=["content"])


@transaction.atomic
def forget_account(user: User) -> None:
    """Remove an account and what only says who it was of. What somebody wrote must have a new owner by now."""
    forget_reach(user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    _forget_mails(words_of(user))
    Invitation.objects.filter(email__iexact=user.email).delete()
    # Wagtail's logs hold a number without a constraint.
    PageLogEntry.objects.filter(user_id=user.pk).update(user_id=None)
    ModelLogEntry.objects.filter(user_id=user.pk).update(user_id=None)
    of_the_account = ModelLogEntry.objects.filter(object_id=str(user.pk), content_type__app_label="accounts")
    of_the_account.delete()
    user.delete()


@transaction.atomic
def forget_contact(contact: ContactPage) -> None:
    """Remove a contact with its old versions, and its name from the logs."""
    words = [word for word in (contact.person_name, contact.phone) if word]
    pk = contact.pk
    contact.delete()
    _forget_mails(words)
    AuditEntry.objects.filter(page_id=pk).update(title="")
    PageLogEntry.objects.filter(page_id=pk).delete()


def _forget_mails(words: Iterable[str]) -> None:
    """Mails to somebody or about somebody: sent ones are history, and those that wait would tell."""
    clause = Q(pk__in=[])
    for word in words:
        for name in ("to", "subject", "message", "html_message", "context"):
            clause |= Q(**{f"{name}__icontains": word})
    Email.objects.filter(clause).delete()
