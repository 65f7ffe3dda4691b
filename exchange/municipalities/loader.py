"""Read the register from its two files and bring the table in line. Says what changed, names every bad row."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import EmailDomain, Municipality

DATA = Path(__file__).parent / "data"
MUNICIPALITIES = DATA / "municipalities.csv"
SUCCESSORS = DATA / "successors.csv"

COLUMNS = {
    "code", "name", "tooi_uri", "province_code", "province", "population", "land_area_km2", "corop_code", "corop",
    "safety_region_code", "safety_region", "email_domain", "lat", "lon", "neighbours",
}  # fmt: skip
SUCCESSOR_COLUMNS = {"oude_code", "oude_naam", "einddatum", "huidige_opvolgers"}


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: where it stands and what is wrong with it."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


@dataclass
class Report:
    """What a load did, for whoever ran it."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)


class WrongFileError(ValueError):
    """The file is not a register: columns are missing."""


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    code: str
    values: dict[str, Any]
    links: set[str]
    domains: set[str]


def load(
    municipalities: Path = MUNICIPALITIES, successors: Path | None = SUCCESSORS, *, invented: bool = False
) -> Report:
    """Load the register. Running it again changes nothing.

    Args:
        municipalities: CSV with one row for each present municipality.
        successors: CSV with one row for each dissolved code and the codes that took its place; None: there are none.
        invented: these are example municipalities, not real ones.

    Raises:
        WrongFileError: a file lacks columns.
        OSError: a file cannot be read.
    """
    report = Report()
    present = list(_read(municipalities, COLUMNS, _present, report))
    dissolved = list(_read(successors, SUCCESSOR_COLUMNS, _dissolved, report)) if successors else []
    with transaction.atomic():
        for row in [*present, *dissolved]:
            _save(row, report, invented=invented)
        known = set(Municipality.objects.values_list("code", flat=True))
        for row in present:
            _link(row, known, report, "neighbours")
            _save_domains(row, report)
        for row in dissolved:
            _link(row, known, report, "successors")
    return report


def _read(
    path: Path, columns: set[str], parse: Callable[[str, int, dict[str, str]], _Row], report: Report
) -> Iterator[_Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := columns - set(reader.fieldnames or []):
            raise WrongFileError(f"{path.name} lacks the columns {', '.join(sorted(missing))}.")
        seen: dict[str, int] = {}
        for record in reader:
            line = reader.line_num
            try:
                row = parse(
                    path.name, line, {key: (value or "").strip() for key, value in record.items() if key is not None}
                )
                if row.code in seen:
                    raise ValueError(f"{row.code} stands on line {seen[row.code]} already")
            except (ValueError, InvalidOperation) as error:
                report.bad_rows.append(BadRow(path.name, line, _reason(error)))
                continue
            seen[row.code] = line
            yield row


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    if isinstance(error, InvalidOperation):
        return "land_area_km2 is not a number"
    return str(error)


def _present(file: str, line: int, record: dict[str, str]) -> _Row:
    values: dict[str, Any] = {
        name: record[name]
        for name in (
            "name", "tooi_uri", "province_code", "province", "corop_code", "corop", "safety_region_code",
            "safety_region",
        )
    }  # fmt: skip
    population = int(record["population"])
    if population < 1:
        raise ValueError(f"population must be above zero, not {population}")
    values |= {
        "population": population,
        "land_area": Decimal(record["land_area_km2"]).quantize(Decimal("0.01")),
        "latitude": float(record["lat"]),
        "longitude": float(record["lon"]),
        "until": None,
    }
    _check(record["code"], values)
    return _Row(
        file, line, record["code"], values, _codes(record["neighbours"]), _codes(record["email_domain"].lower())
    )


def _dissolved(file: str, line: int, record: dict[str, str]) -> _Row:
    values = {"name": record["oude_naam"], "until": datetime.date.fromisoformat(record["einddatum"])}
    _check(record["oude_code"], values)
    successors = _codes(record["huidige_opvolgers"])
    if not successors:
        raise ValueError(f"{record['oude_code']} has no successor")
    return _Row(file, line, record["oude_code"], values, successors, set())


def _codes(text: str) -> set[str]:
    return {part.strip() for part in text.split(";") if part.strip()}


def _check(code: str, values: dict[str, Any]) -> None:
    """Let the model say what is wrong, as a ValueError with every field named."""
    try:
        Municipality(code=code, **values).clean_fields(exclude=["population", "land_area", "latitude", "longitude"])
    except ValidationError as error:
        raise ValueError(_reason(error)) from error


def _save(row: _Row, report: Report, *, invented: bool) -> None:
    values = row.values | {"is_invented": invented}
    municipality = Municipality.objects.filter(code=row.code).first()
    if municipality is None:
        Municipality.objects.create(code=row.code, **values)
        report.added.append(row.code)
        return
    changes = [
        f"{name}: {getattr(municipality, name)} → {value}"
        for name, value in values.items()
        if getattr(municipality, name) != value
    ]
    if not changes:
        report.unchanged += 1
        return
    for name, value in values.items():
        setattr(municipality, name, value)
    municipality.save()
    report.changed[row.code] = changes


def _link(row: _Row, known: set[str], report: Report, relation: str) -> None:
    """Set neighbours or successors; a code that does not exist is named and left out."""
    if unknown := row.links - known:
        report.bad_rows.append(BadRow(row.file, row.line, f"{relation}: unknown code {', '.join(sorted(unknown))}"))
    manager = getattr(Municipality.objects.get(code=row.code), relation)
    wanted = row.links & known
    if wanted != set(manager.values_list("code", flat=True)):
        manager.set(wanted)


def _save_domains(row: _Row, report: Report) -> None:
    known = set(EmailDomain.objects.filter(municipality_id=row.code).values_list("domain", flat=True))
    EmailDomain.objects.filter(municipality_id=row.code, domain__in=known - row.domains).delete()
    for domain in sorted(row.domains - known):
        EmailDomain.objects.create(municipality_id=row.code, domain=domain)
    if known and known != row.domains:
        report.changed.setdefault(row.code, []).append(f"email_domain: {sorted(known)} → {sorted(row.domains)}")
