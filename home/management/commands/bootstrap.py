"""`manage.py bootstrap`: register, vocabularies and page tree of a fresh database."""

from typing import Any

from django.core.management.base import BaseCommand

from home.bootstrap import bootstrap


class Command(BaseCommand):
    help = "Load the register and the vocabularies, and lay the page tree. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        report = bootstrap()
        self.stdout.write(
            f"{report.municipalities} municipalities, {report.themes} themes and {report.pages} pages added."
        )
