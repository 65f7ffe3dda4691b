"""`manage.py environment`: every environment variable, with its default and one line of help."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from exchange.settings.environment import VARIABLES


class Command(BaseCommand):
    help = "Print every environment variable the exchange reads."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        table = Table("variable", "default", "what it is for", title="Environment variables")
        for variable in sorted(VARIABLES.values(), key=lambda one: one.name):
            table.add_row(variable.name, variable.default or "-", variable.help)
        console = Console(width=None if self.stdout.isatty() else 160)
        with console.capture() as printed:
            console.print(table)
        self.stdout.write(printed.get())
