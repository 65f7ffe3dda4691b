"""`manage.py load_register`: bring the register of municipalities up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.municipalities import loader


class Command(BaseCommand):
    help = "Load municipalities, their neighbours, mail domains and successors. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--municipalities", type=Path, default=loader.MUNICIPALITIES, help="CSV of the present ones"
        )
        parser.add_argument("--successors", type=Path, default=loader.SUCCESSORS, help="CSV of the dissolved codes")

    def handle(self, *args: Any, municipalities: Path, successors: Path, **options: Any) -> None:
        try:
            report = loader.load(municipalities, successors)
        except (loader.WrongFileError, OSError) as error:
            raise CommandError(str(error)) from error
        for code, changes in report.changed.items():
            self.stdout.write(f"{code} changed: {'; '.join(changes)}")
        for row in report.bad_rows:
            self.stderr.write(self.style.ERROR(f"left out: {row}"))
        self.stdout.write(
            f"{len(report.added)} added, {len(report.changed)} changed, {report.unchanged} unchanged, "
            f"{len(report.bad_rows)} bad rows."
        )
