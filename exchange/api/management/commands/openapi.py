"""`manage.py openapi`: the description of the API, for linters and generators."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.api.api import api
from search import vocabulary
from search.vocabulary import Vocabulary


class Command(BaseCommand):
    help = "Print the OpenAPI description of the API; with --bare without the values that stand in the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bare", action="store_true")

    def handle(self, *args: Any, bare: bool, **options: Any) -> None:
        words = Vocabulary() if bare else vocabulary.load()
        self.stdout.write(json.dumps(api.described(words), indent=2))
