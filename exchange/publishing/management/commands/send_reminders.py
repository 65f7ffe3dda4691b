"""`manage.py send_reminders`: one more mail to who was asked to read along three working days ago. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from exchange.publishing.reminding import remind


class Command(BaseCommand):
    help = "Remind readers of texts that wait for three working days; each once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind(timezone.localdate())} reminded.")
