"""Who wrote a text since it was last placed: all of them, and none of them places it.

A person is one person: whoever has the same mailbox, also with something after a plus sign, is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from wagtail.models import Page

from exchange.accounts.models import User


def mailbox(address: str) -> str:
    """The mailbox that an address comes into: `Jan+werk@gemeente.example` is jan's.

    RFC 5233 names what stands after the separator a detail of the same mailbox.
    """
    name, at, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}"


def mailboxes(users: Iterable[int]) -> frozenset[str]:
    """Every mailbox of these accounts."""
    keys = list(users)
    own = User.objects.filter(pk__in=keys).values_list("email", flat=True)
    others = EmailAddress.objects.filter(user__in=keys).values_list("email", flat=True)
    return frozenset(mailbox(address) for address in (*own, *others))


def writers_since_placing(page: Page) -> frozenset[int]:
    """The accounts that made a version after the one that is on the site; of all versions where none is."""
    versions: Any = page.revisions.exclude(user=None)
    placed = page.live_revision
    if page.live and placed is not None:
        versions = versions.filter(created_at__gt=placed.created_at).exclude(pk=placed.pk)
    return frozenset(versions.values_list("user", flat=True))


def others_than_the_writers(page: Page, users: Iterable[User]) -> list[User]:
    """Those of these people who did not write the text."""
    writers = writers_since_placing(page)
    taken = mailboxes(writers)
    people = [user for user in users if user.pk not in writers]
    if not taken or not people:
        return people
    theirs: dict[int, set[str]] = {user.pk: {mailbox(user.email)} for user in people}
    for key, address in EmailAddress.objects.filter(user__in=theirs).values_list("user", "email"):
        theirs[key].add(mailbox(address))
    return [user for user in people if not theirs[user.pk] & taken]
