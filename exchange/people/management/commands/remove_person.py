"""`manage.py remove_person ADDRESS`: remove somebody, and prove that nothing is left."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.accounts.models import User
from exchange.accounts.rights import NotAllowedError
from exchange.contacts.models import ContactPage
from exchange.people.removal import forget_contact, traces, words_of
from exchange.people.team import NobodyLeftError, close_account


class Command(BaseCommand):
    help = (
        "Remove an account, or with --contact a contact without one, and look through every text column of the "
        "database whether address, name or number still stand anywhere. Exits with 1 where they do, and says where."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="e-mail address of the account; with --contact: id of the page")
        parser.add_argument("--contact", action="store_true", help="remove a contact page instead of an account")
        parser.add_argument("--look", action="store_true", help="only say where the person stands, remove nothing")
        parser.add_argument("--word", action="append", default=[], help="look for this too, such as a nickname")

    def handle(self, *args: Any, address: str, contact: bool, look: bool, word: list[str], **options: Any) -> None:
        if contact:
            page = ContactPage.objects.filter(pk=address if address.isdecimal() else 0).first()
            if page is None:
                raise CommandError(f"There is no contact page {address}.")
            words = [*(one for one in (page.person_name, page.phone) if one), *word]
        else:
            user = User.objects.filter(email__iexact=address).first()
            # An account that is gone can be looked for all the same.
            words = [*(words_of(user) if user else [address]), *word]
        if not look and contact:
            forget_contact(page)
        elif not look and user is not None:
            try:
                close_account(user)
            except (NobodyLeftError, NotAllowedError) as error:
                raise CommandError("Nobody is left to take over, or to administer the platform.") from error
        found = list(traces(words))
        for trace in found:
            self.stdout.write(f"{trace.table} {trace.key}: {trace.column}")
        if found and not look:
            raise CommandError(f"Still in {len(found)} places: texts that somebody wrote. An editor takes them out.")
        self.stdout.write(f"Found in {len(found)} places." if look else "Nothing is left.")
