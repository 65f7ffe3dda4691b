"""Load the vocabularies: themes and target groups. What an editor changed since is left alone."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from .models import TargetGroup, Theme, join_lines

DATA = Path(__file__).parent / "data"

# Themes about violence: who reads them may be in danger now. Platform editors may change the words.
URGENT_HELP = (
    "Gevaar? Bel 112.\n"
    "Geweld thuis, of zorgen over iemand? Bel Veilig Thuis: 0800 2000, gratis, dag en nacht.\n"
    "Seksueel geweld meegemaakt? Bel het Centrum Seksueel Geweld: 0800 0188, gratis, dag en nacht."
)
URGENT_THEMES = {"sggg"}


@dataclass
class Report:
    themes_added: int = 0
    target_groups_added: int = 0


@transaction.atomic
def load(folder: Path = DATA) -> Report:
    """Add themes and target groups that are not there yet; a slug that exists is never overwritten.

    Raises:
        ValueError: a theme names a broader theme that stands nowhere above it.
    """
    report = Report()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for position, row in enumerate(_rows(folder / "themes.tsv")):
        if row["slug"] in themes:
            continue
        if row["broader"] and row["broader"] not in themes:
            raise ValueError(f"themes.tsv: {row['slug']} falls under {row['broader']}, which is not above it.")
        themes[row["slug"]] = Theme.objects.create(
            slug=row["slug"],
            name=row["label_nl"],
            name_en=row["label_en"],
            broader=themes.get(row["broader"]),
            synonyms=_synonyms(row),
            tooi_uri=row["tooi_uri"],
            description=row["description"],
            urgent_help=URGENT_HELP if {row["slug"], row["broader"]} & URGENT_THEMES else "",
            position=position,
        )
        report.themes_added += 1
    for position, row in enumerate(_rows(folder / "target_groups.tsv")):
        _, created = TargetGroup.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["label_nl"],
                "name_en": row["label_en"],
                "synonyms": _synonyms(row),
                "position": position,
            },
        )
        report.target_groups_added += created
    return report


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _synonyms(row: dict[str, str]) -> str:
    return join_lines(word.strip() for word in row["synonyms"].split(";") if word.strip())
