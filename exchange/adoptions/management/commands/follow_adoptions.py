"""`manage.py follow_adoptions`: ask how adoptions go, and let the source's thirty days pass. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from exchange.adoptions.confirming import let_time_pass
from exchange.adoptions.following_up import ask


class Command(BaseCommand):
    help = "Ask how adoptions go after 3, 6 and 12 months, and count those whose source did not answer in 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        self.stdout.write(f"{ask(today)} asked, {let_time_pass(today)} counted without an answer of the source.")
