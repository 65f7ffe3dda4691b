"""`manage.py load_vocabularies`: add the themes and target groups that are not there yet."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.themes import loader


class Command(BaseCommand):
    help = "Add themes and target groups that are missing. What an editor changed is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        report = loader.load()
        self.stdout.write(f"{report.themes_added} themes and {report.target_groups_added} target groups added.")
