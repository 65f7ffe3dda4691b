"""`manage.py open_section GM0344 [--department "Team Inburgering"]`: let a municipality or department write."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.municipalities.models import Municipality
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import add_department, open_section


class Command(BaseCommand):
    help = "Open the section of a municipality, or of one of its departments. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("municipality", help="code (a dissolved one leads to its successor) or name")
        parser.add_argument("--department", help="title of the department; added where it is not there yet")

    def handle(self, *args: Any, municipality: str, department: str | None, **options: Any) -> None:
        found = Municipality.objects.find(municipality)
        if not found:
            raise CommandError(
                f"No municipality has the code or name {municipality!r}. Try its CBS code, such as GM0344."
            )
        if len(found) > 1:
            names = ", ".join(f"{one.code} {one.name}" for one in found)
            raise CommandError(f"{municipality} was divided among several municipalities. Choose one of: {names}.")
        page = MunicipalityPage.objects.filter(municipality=found[0]).first()
        if page is None:
            raise CommandError(f"{found[0]} has no page yet. Run `manage.py bootstrap` first.")
        section = add_department(page, department) if department else page
        opened = open_section(section)
        for role, group in opened.groups.items():
            self.stdout.write(f"{role.value}: group {group.name}")
        self.stdout.write(f"files: collection {opened.collection.name}")
