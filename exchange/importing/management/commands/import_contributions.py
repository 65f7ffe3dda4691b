"""`manage.py import_contributions FILE`: bring contributions in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from exchange.importing import files
from exchange.importing.mappings import MAPPINGS, recognise
from exchange.importing.run import Options, Report, mapped, run
from exchange.tables.writing import csv_lines

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import contributions from .csv, .xlsx, .ods or .jsonl. Running it again updates what the source changed and "
        "keeps what a person edited. See docs/import.md for the columns."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", choices=sorted(MAPPINGS), help="the file has the columns of this source; recognised by itself"
        )
        parser.add_argument("--theme", default="", metavar="SLUG", help="theme for rows without one")
        parser.add_argument("--publish", action="store_true", help="publish what is imported; else it stays a draft")
        parser.add_argument("--open-sections", action="store_true", help="open the sections that rows belong to")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--errors", type=Path, metavar="FILE", help="write the rows that were left out to this CSV")

    def handle(self, *args: Any, file: Path, errors: Path | None, mapping: str | None, **options: Any) -> None:
        chosen = Options(
            publish=options["publish"],
            open_sections=options["open_sections"],
            dry_run=options["dry_run"],
            default_theme=options["theme"],
        )
        try:
            table = files.read(file)
            for remark in files.remarks(table):
                self.stderr.write(remark)
            records = table.records
            if mapping is None and (mapping := recognise(records)):
                self.stderr.write(f"These are rows of another source: using --mapping {mapping}.")
            if mapping:
                records = list(mapped(records, MAPPINGS[mapping].to_columns))
            report = self._run(records, chosen)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self._tell(report, chosen, errors, records)

    def _run(self, records: list[files.Record], options: Options) -> Report:
        with Progress(console=Console(stderr=True), disable=not self.stderr.isatty()) as progress:
            task = progress.add_task("Importing", total=len(records))
            return run(records, options, progress=lambda done: progress.advance(task, done))

    def _tell(self, report: Report, options: Options, errors: Path | None, records: list[files.Record]) -> None:
        if report.unknown_columns:
            self.stderr.write(f"Unknown columns, left out: {', '.join(sorted(report.unknown_columns))}.")
        for kept in report.kept:
            self.stdout.write(
                f"line {kept.line} ({kept.external_id}): kept what a person edited: {', '.join(kept.fields)}"
            )
        if errors is not None:
            rows = files.error_rows(records, {error.line: error.reason for error in report.errors})
            with errors.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(rows))
        else:
            for error in report.errors[:SHOWN]:
                self.stderr.write(self.style.ERROR(f"line {error.line} ({error.external_id or '-'}): {error.reason}"))
            if len(report.errors) > SHOWN:
                self.stderr.write(f"and {len(report.errors) - SHOWN} more; use --errors FILE for all of them")
        counts = ", ".join(f"{report.outcomes[name]} {name}" for name in ("added", "updated", "unchanged"))
        start = "Dry run, nothing changed: " if options.dry_run else ""
        self.stdout.write(f"{start}{counts}, {len(report.errors)} left out.")
