"""What each version of the API changed. The newest one is the version that every answer names (`API-Version`).

A number says what a program must do (semver): the first nothing goes on working, the second something came, the third
a fault was mended.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Version:
    number: str
    day: datetime.date
    changes: tuple[str | Promise, ...]


VERSIONS = (
    Version(
        "1.1.0",
        datetime.date(2026, 11, 26),
        (
            _(
                "Parameters heten nu pageSize, inhabitantsMin, inhabitantsMax en runsAtSize. De namen van 1.0.0, met "
                "een liggend streepje, blijven in versie 1 ook goed."
            ),
            _(
                "De beschrijving klopt volgens OpenAPI 3.1 en de API Design Rules: er is een client uit te maken. De "
                "paden staan erin zonder /api/v1; dat staat bij servers."
            ),
            _("Elke fout onder /api/ is application/problem+json, ook 404, 405 en 500."),
            _("Een adres dat niet bestaat stuurt niet meer door naar een pagina."),
            _("Bij een aanvulling van meer dan 500 tekens is het antwoord een fout; het begin ervan telde."),
            _("HEAD en OPTIONS werken, en een script van een andere site mag lezen (CORS)."),
            _("Elk antwoord noemt de versie in de header API-Version."),
            _("Een getal is alleen cijfers: 1.5 werd gelezen als 15, nu is het een fout."),
            _("Een leeg filter, een leeg getal of een lege volgorde is een fout: laat weg wat je niet vraagt."),
        ),
    ),
    Version("1.0.0", datetime.date(2026, 11, 24), (_("Zoeken en aanvullen."),)),
)
CURRENT = VERSIONS[0].number
