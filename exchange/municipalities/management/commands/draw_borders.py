"""`manage.py draw_borders FILE`: make the map that pages lie their dots on, from borders as GeoJSON."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.municipalities.map import HEIGHT, WIDTH, line

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">\n'
    "<!-- Municipal borders: CBS/Kadaster 2023, CC BY 4.0, simplified. -->\n"
    '<path fill="#eef3f1" stroke="#b9c7c3" stroke-width=".6" d="{line}"/>\n</svg>\n'
)


class Command(BaseCommand):
    help = "Make home/assets/netherlands.svg from a GeoJSON file with the borders of municipalities."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            features = json.loads(file.read_text(encoding="utf-8"))["features"]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{file} is no GeoJSON with features: {error}") from error
        drawn = SVG.format(width=WIDTH, height=HEIGHT, line=line(feature["geometry"] for feature in features))
        target = Path(settings.BASE_DIR) / "home" / "assets" / "netherlands.svg"
        target.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{len(features)} municipalities in {target} ({len(drawn) // 1024} kB).")
