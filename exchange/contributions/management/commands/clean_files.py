"""`manage.py clean_files`: take out of stored documents and pictures who made them, and say what cannot be cleaned."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.contributions.cleaning import Cleaned, Outcome, documents, images

# After so many files it says how far it is.
EVERY = 25


class Command(BaseCommand):
    help = (
        "Clean the files that were uploaded before uploads were cleaned. May be stopped: begin again behind the last "
        "number that it said."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")
        parser.add_argument("--documents-after", type=int, default=0, help="Begin behind this document.")
        parser.add_argument("--images-after", type=int, default=0, help="Begin behind this picture.")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry = options["dry_run"]
        refused = self._tell("document", documents(after=options["documents_after"], dry_run=is_dry))
        refused += self._tell("image", images(after=options["images_after"], dry_run=is_dry))
        if refused:
            raise CommandError(f"{refused} files stay as they were: ask who placed them to do so anew.")

    def _tell(self, kind: str, found: Iterable[Cleaned]) -> int:
        """Say how far it is, and of each file that stays as it was why. Returns how many those are."""
        counted: Counter[Outcome] = Counter()
        for one in found:
            counted[one.outcome] += 1
            if one.outcome is Outcome.REFUSED:
                self.stderr.write(f"{kind} {one.number} ({one.title}): {one.why}")
            if counted.total() % EVERY == 0:
                self.stdout.write(f"{kind} {one.number}: {counted.total()} looked at")
        said = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items()))
        self.stdout.write(f"{kind}s: {said or 'none'}")
        return counted[Outcome.REFUSED]
