"""`manage.py translations [--check]`: collect the interface's Dutch texts, so that they can be translated to English.

Like Django's `makemessages`, but it needs nothing that is not installed by pip.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
CODE = ("exchange", "home", "search")
TEMPLATES = "templates"
CATALOGUE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = "Collect the texts of the interface. --check: say what is not translated or not used, and change nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = settings.BASE_DIR / CATALOGUE
        catalogue = _read(path)
        known = {message.id for message in catalogue if message.id}
        template = Catalog(project="Samenwijzer", charset="utf-8")
        for text, context in _texts(settings.BASE_DIR):
            template.add(text, context=context)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        used = {message.id for message in catalogue if message.id}
        untranslated = [message.id for message in catalogue if message.id and not _is_translated(message)]
        if check:
            self._judge(untranslated, unused=known - used)
            return
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, sort_output=True, omit_header=False)
        self.stdout.write(f"{len(used)} texts, {len(untranslated)} not translated yet.")

    def _judge(self, untranslated: list[Any], *, unused: set[Any]) -> None:
        wrong = [f"not translated: {text}" for text in untranslated] + [
            f"not used: {text}" for text in sorted(unused, key=str)
        ]
        if wrong:
            raise CommandError("\n".join([*wrong, "Run `make messages` and translate locale/en."]))
        self.stdout.write("Every text of the interface is translated.")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def _is_translated(message: Any) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(texts) and not message.fuzzy


def _texts(root: Path) -> Iterator[tuple[Any, str | None]]:
    """Every text that is marked for translation, with its context."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _extract(path.read_bytes())
    for path in sorted((root / TEMPLATES).rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What Django makes of a template is Python but for its indentation.
        yield from _extract("\n".join(line.strip() for line in code.splitlines()).encode())


def _extract(code: bytes) -> Iterator[tuple[Any, str | None]]:
    for _line, text, _comments, context in extract("python", io.BytesIO(code), keywords=KEYWORDS):
        yield text, context
