"""`manage.py demo`: fill the exchange with register, vocabularies and example content, and serve it."""

import threading
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from rich.console import Console

from exchange.demo.accounts import make_accounts
from exchange.demo.content import fill
from exchange.demo.reuse import fill_reuse
from home.bootstrap import bootstrap
from search import known_words
from search.index.connection import is_configured
from search.meaning import making
from search.meaning.encoder import EncoderError

# How often is looked whether something was placed.
LOOK_SECONDS = 5.0


class Command(BaseCommand):
    help = "Fill the exchange with example content, print an account for each role, and serve it. Safe to repeat."
    # The tables may not be there yet.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
        parser.add_argument("--no-serve", action="store_true", help="only fill")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        with Console(stderr=True).status("Setting up the database") as status:
            call_command("migrate", verbosity=0)
            status.update("Loading the register and the page of each municipality")
            laid = bootstrap()
            status.update("Placing the examples")
            filled = fill()
            adopted = fill_reuse()
            known_words.count()
            if is_configured():
                status.update("Filling the index in Elasticsearch")
                call_command("search_index", "push", stdout=StringIO())
        self.stdout.write(
            f"{laid.municipalities + filled.municipalities} municipalities, {laid.themes} themes and "
            f"{filled.contributions + adopted} examples added."
        )
        self.stdout.write("\nAccounts (the passwords are new, and only shown now):")
        for account in make_accounts():
            self.stdout.write(f"  {account.role.label:18} {account.email:36} {account.password}")
        if no_serve:
            try:
                making.make()
            except EncoderError as error:
                self.stderr.write(f"{error} Search goes on with words alone.")
            return
        # Fifteen seconds for the examples: by the time somebody asks, search knows what they mean.
        threading.Thread(target=_make_vectors, name="vectors", daemon=True).start()
        self.stdout.write("\nMails are shown here: sign-in codes, links to confirm an address, who asks to read along.")
        self.stdout.write(f"\nOpen http://localhost:{port}/ — stop with Ctrl+C.\n")
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


def _make_vectors() -> None:
    """What the worker does elsewhere: make vectors of what is there, and of what is placed while it is served."""
    waiting = threading.Event()
    while True:
        try:
            made = making.make_some()
        except EncoderError:
            # Said by who asked it, once.
            made = 0
        if not made:
            connection.close()
            waiting.wait(LOOK_SECONDS)
