"""`manage.py search_index`: look after the projection of what can be found."""

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import track

from exchange.contributions.models import Contribution
from search.models import Entry
from search.projection import BATCH, find_drift, mark_dirty, project, project_dirty


class Command(BaseCommand):
    help = "status: counts. push: project what is dirty. rebuild: project everything. check: compare with the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "push", "rebuild", "check"])
        parser.add_argument(
            "--follow", action="store_true", help="push: go on until stopped, looking every few seconds"
        )
        parser.add_argument("--interval", type=float, default=2.0, help="push --follow: seconds between two looks")
        parser.add_argument("--repair", action="store_true", help="check: project what differs")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        actions: dict[str, Callable[..., None]] = {
            "status": self._status,
            "push": self._push,
            "rebuild": self._rebuild,
            "check": self._check,
        }
        actions[action](**options)

    def _status(self, **options: Any) -> None:
        entries = Entry.objects.all()
        self.stdout.write(
            f"{entries.filter(is_listed=True).count()} entries, {entries.filter(is_listed=False, dirty=False).count()} "
            f"tombstones, {entries.filter(dirty=True).count()} dirty."
        )

    def _push(self, *, follow: bool, interval: float, **options: Any) -> None:
        while True:
            total = 0
            while done := project_dirty():
                total += done
            if total or not follow:
                self.stdout.write(f"{total} projected.")
            if not follow:
                return
            time.sleep(interval)

    def _rebuild(self, **options: Any) -> None:
        ids = sorted(
            {*Contribution.objects.values_list("pk", flat=True), *Entry.objects.values_list("page_id", flat=True)}
        )
        mark_dirty(ids)
        # Without a digest every row is written again, also where only the way words are cut has changed.
        Entry.objects.update(digest="")
        batches = range(0, len(ids), BATCH)
        changed = sum(
            project(ids[start : start + BATCH])
            for start in track(batches, description="Projecting", disable=not self.stdout.isatty())
        )
        self.stdout.write(f"{len(ids)} looked at, {changed} changed.")

    def _check(self, *, repair: bool, **options: Any) -> None:
        drifted = find_drift()
        if not drifted:
            self.stdout.write("Every entry is in line with its page.")
        elif repair:
            project(drifted)
            self.stdout.write(f"{len(drifted)} entries repaired.")
        else:
            shown = ", ".join(str(page_id) for page_id in drifted[:20])
            raise CommandError(f"{len(drifted)} entries differ from their page: {shown}. Run again with --repair.")
