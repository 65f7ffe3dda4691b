"""`manage.py ask_confirmations`: ask who may know whether contributions are still true. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from exchange.confirming.asking import ask


class Command(BaseCommand):
    help = "Send everybody who has something to confirm one mail; no question goes out twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{ask(timezone.localdate())} mails.")
