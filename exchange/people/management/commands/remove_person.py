"""`manage.py remove_person ADDRESS`: remove somebody, and prove that nothing is left."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.accounts.models import User
from exchange.accounts.rights import NotAllowedError
from exchange.contacts.models import ContactPage
from exchange.people.removal import Trace, clean_history, forget_contact, traces
from exchange.people.team import NobodyLeftError, close_account
from exchange.people.words import is_telling, orders_of


@dataclass(frozen=True)
class Sought:
    """Who is removed, and what to look for.

    Attributes:
        words: by what the exchange knew them (address, name, number), and what was given.
        may_be: a name of one word: where it stands, it may be of anybody.
    """

    subject: User | ContactPage | None
    words: list[str]
    may_be: list[str]
    is_named: bool = True


class Command(BaseCommand):
    help = (
        "Remove an account, or with --contact a contact without one; take whole names, numbers and addresses out of "
        "old versions, comments, mails and logs; and look through every text column of the database whether they still "
        "stand anywhere. Exits with 1 where they do, and says where. May be repeated, with --word for the name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="e-mail address of the account; with --contact: id of the page")
        parser.add_argument("--contact", action="store_true", help="remove a contact page instead of an account")
        parser.add_argument("--look", action="store_true", help="only say where the person stands, remove nothing")
        parser.add_argument("--word", action="append", default=[], help="look for this too, such as a name or nickname")

    def handle(self, *args: Any, address: str, contact: bool, look: bool, word: list[str], **options: Any) -> None:
        sought = _contact(address, word) if contact else _account(address, word)
        if not look:
            _remove(sought.subject)
            clean_history(sought.words)
        found = list(traces(sought.words))
        for trace in found:
            self.stdout.write(f"{trace.table} {trace.key}: {trace.column}")
        for trace in traces(sought.may_be):
            self.stdout.write(f"{trace.table} {trace.key}: {trace.column} (a name of one word: it may be of anybody)")
        if look:
            self.stdout.write(f"Found in {len(found)} places.")
        elif found:
            raise CommandError(_still(found, address, sought))
        else:
            self.stdout.write(_nothing(sought))


def _contact(address: str, more: list[str]) -> Sought:
    page = ContactPage.objects.filter(pk=address if address.isdecimal() else 0).first()
    if page is None:
        raise CommandError(f"There is no contact page {address}.")
    return _sought(page, [page.person_name, page.phone], more, is_named=bool(page.person_name or more))


def _account(address: str, more: list[str]) -> Sought:
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        # An account that is gone can be looked for all the same.
        return _sought(None, [address], more, is_named=bool(more))
    names = orders_of(user.first_name, user.last_name)
    return _sought(user, [user.email, *names], more, is_named=bool(names or more))


def _sought(subject: User | ContactPage | None, known: list[str], more: list[str], *, is_named: bool) -> Sought:
    telling = [word for word in known if word and is_telling(word)]
    may_be = [word for word in known if word and not is_telling(word) and word not in more]
    return Sought(subject, [*telling, *more], may_be, is_named)


def _remove(subject: User | ContactPage | None) -> None:
    if isinstance(subject, ContactPage):
        forget_contact(subject)
    elif subject is not None:
        try:
            close_account(subject)
        except (NobodyLeftError, NotAllowedError) as error:
            raise CommandError("Nobody is left to take over, or to administer the platform.") from error


def _still(found: list[Trace], address: str, sought: Sought) -> str:
    words = " ".join(f"--word {shlex.quote(one)}" for one in sought.words if one.lower() != address.lower())
    return (
        f"Still in {len(found)} places: texts that somebody wrote, or somebody else of that name. An editor takes them "
        f"out of the pages. Then look again: manage.py remove_person {shlex.quote(address)} {words}".rstrip()
    )


def _nothing(sought: Sought) -> str:
    looked = ", ".join(sought.words)
    if sought.is_named:
        return f"Nothing is left. Looked for: {looked}."
    return (
        f"Nowhere does this stand: {looked}. No name was looked for: there is no account with this address (any more), "
        "or it had no name. Give the name with --word to know of that too."
    )
