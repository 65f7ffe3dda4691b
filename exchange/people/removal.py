"""Taking a person out: of accounts, contacts, old versions, mails and logs. And looking whether anything is left."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from post_office.models import Email
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from exchange.accounts.models import MailAbout, Membership, User
from exchange.auditing.models import AuditEntry
from exchange.contacts.models import ContactPage

from .models import Invitation
from .traces import Trace, clean_history, traces
from .words import is_telling, orders_of, pattern_of

__all__ = ["Trace", "clean_history", "forget_account", "forget_contact", "forget_reach", "traces", "words_of"]

# What of a contact says how to reach one person.
_REACH = ("person_name", "phone")


def words_of(user: User) -> list[str]:
    """What a person is known by. A name of one word may be of anybody: that is no mark of this one."""
    return [word for word in (user.email, *orders_of(user.first_name, user.last_name)) if word and is_telling(word)]


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
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        # From before pictures of people were off; the row goes with the account, the file would not.
        profile.avatar.delete(save=False)
    _forget_mails_to(user.email)
    _forget_mails_about(Q(user=user), words_of(user))
    Invitation.objects.filter(email__iexact=user.email).delete()
    # Wagtail's logs hold a number without a constraint.
    PageLogEntry.objects.filter(user_id=user.pk).update(user_id=None)
    ModelLogEntry.objects.filter(user_id=user.pk).update(user_id=None)
    forget_log_of(User, [user.pk])
    forget_log_of(Membership, user.memberships.values_list("pk", flat=True))
    user.delete()


def forget_log_of(model: type[User | Membership], keys: Iterable[int]) -> None:
    """Remove what Wagtail noted of these rows: it repeats whose they were."""
    of_the_kind = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    of_the_kind.filter(object_id__in=[str(key) for key in keys]).delete()


@transaction.atomic
def forget_contact(contact: ContactPage) -> None:
    """Remove a contact with its old versions, and its name from the logs."""
    words = [word for word in (contact.person_name, contact.phone) if word and is_telling(word)]
    pk = contact.pk
    contact.delete()
    _forget_mails_about(Q(page_id=pk), words)
    AuditEntry.objects.filter(page_id=pk).update(title="")
    PageLogEntry.objects.filter(page_id=pk).delete()


def _forget_mails_to(address: str) -> None:
    """Mails to somebody: sent ones are history, and those that wait would tell. Others who get the same keep it."""
    lists = ("to", "cc", "bcc")
    clause = Q()
    for name in lists:
        clause |= Q(**{f"{name}__icontains": address})
    for mail in Email.objects.filter(clause):
        left = {name: [one for one in getattr(mail, name) if not _is(one, address)] for name in lists}
        if left == {name: getattr(mail, name) for name in lists}:
            continue
        if not left["to"]:
            mail.delete()
        else:
            Email.objects.filter(pk=mail.pk).update(**left)


def _is(receiver: str, address: str) -> bool:
    return parseaddr(receiver)[1].lower() == address.lower()


def _forget_mails_about(clause: Q, words: Iterable[str]) -> None:
    """Mails that name somebody, by what was noted of each; of what was queued otherwise the text has to tell."""
    Email.objects.filter(pk__in=MailAbout.objects.filter(clause).values("email")).delete()
    patterns = [pattern_of(word) for word in words]
    not_noted = Email.objects.filter(about=None)
    texts = ("subject", "message", "html_message")
    rows = not_noted.values_list("pk", *texts).iterator() if patterns else iter(())
    told = [pk for pk, *values in rows if any(one.search(text or "") for one in patterns for text in values)]
    Email.objects.filter(pk__in=told).delete()
