"""`manage.py send_digests`: send what was new last week to who follows it. Run it on Mondays; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from exchange.following.digest import BATCH, send_digests, week_of


class Command(BaseCommand):
    help = "Send the weekly mail about the last whole week; nobody gets it twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help=f"people at a time ({BATCH})")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        week = week_of(timezone.localdate())
        self.stdout.write(f"{send_digests(week, batch)} mails about the week of {week:%Y-%m-%d}.")
