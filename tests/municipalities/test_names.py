"""A municipality is found by what people call it, however they type it; nobody is found by a name of somebody else."""

from __future__ import annotations

import csv

import pytest

from exchange.municipalities.loader import MUNICIPALITIES, SUCCESSORS
from exchange.municipalities.names import EVERYDAY, Known, codes_of, known_as


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[str, ...]]:
    with MUNICIPALITIES.open(encoding="utf-8-sig") as file:
        present = [
            Known(row["code"], row["name"], row["province"], (row["code"],), True) for row in csv.DictReader(file)
        ]
    with SUCCESSORS.open(encoding="utf-8-sig") as file:
        dissolved = [
            Known(row["oude_code"], row["oude_naam"], "", tuple(row["huidige_opvolgers"].split(";")), False)
            for row in csv.DictReader(file)
        ]
    return known_as([*present, *dissolved])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Den Haag", "GM0518"), ("den haag", "GM0518"), ("’s-Gravenhage", "GM0518"), ("s Gravenhage", "GM0518"),
        ("Gemeente Den Haag", "GM0518"), ("'S-GRAVENHAGE", "GM0518"),
        ("Den Bosch", "GM0796"), ("‘s-Hertogenbosch", "GM0796"), ("´s Hertogenbosch", "GM0796"),
        ("Gemeente Utrecht", "GM0344"), ("gem. Utrecht", "GM0344"), ("Utrecht (gemeente)", "GM0344"),
        ("GM344", "GM0344"), ("gm 0344", "GM0344"), ("344", "GM0344"), ("344.0", "GM0344"), ("344,00", "GM0344"),
        ("0344", "GM0344"), ("Utrecht (GM0344)", "GM0344"), ("Utrecht, gemeente", "GM0344"),
        ("https://identifier.overheid.nl/tooi/id/gemeente/gm0344", "GM0344"),
        ("Groningen (gemeente)", "GM0014"), ("GRONINGEN", "GM0014"), (" Groningen\xa0", "GM0014"),
        ("Su\u0301dwest-Frysla\u0302n", "GM1900"), ("Sudwest Fryslan", "GM1900"), ("Súdwest‑Fryslân", "GM1900"),
        ("Noordoost-Friesland", "GM1970"), ("De Friese Meren", "GM1940"), ("Nuenen", "GM0820"),
        ("Nuenen c.a.", "GM0820"), ("Nuenen ca", "GM0820"), ("Haag, Den", "GM0518"), ("Gravenhage, 's-", "GM0518"),
        ("St. Michielsgestel", "GM0845"), ("Ronde Venen", "GM0736"), ("Fryske Marren", "GM1940"),
        ("Hogeland", "GM1966"),
        ("Súd West Fryslân", "GM1900"), ("DenHaag", "GM0518"), ("Municipality of Zeist", "GM0355"),
        ("City of Utrecht", "GM0344"), ("Utrecht (Utr.)", "GM0344"),
        ("Alphen a/d Rijn", "GM0484"), ("Alphen a.d. Rijn", "GM0484"), ("Horst a/d Maas", "GM1507"),
        ("Peel & Maas", "GM1894"), ("Bergen NH", "GM0373"), ("Bergen (Noord-Holland)", "GM0373"),
        ("Bergen (L)", "GM0893"), ("Hengelo (O)", "GM0164"), ("IJsselstein", "GM0353"), ("Ĳsselstein", "GM0353"),
        ("Winkel", ""), ("Hengelo (Gld)", ""), ("gemeente", ""), ("", ""), ("GM9999", ""), ("12345", ""), ("344.5", ""),
        ("Hoevelaken", "GM0267"), ("GM0253", "GM0267"),
    ],
)  # fmt: skip
def test_a_name_or_code_as_people_type_it(text: str, code: str, known: dict[str, tuple[str, ...]]) -> None:
    assert codes_of(text, known) == ((code,) if code else ())


def test_a_name_of_two_gives_both(known: dict[str, tuple[str, ...]]) -> None:
    assert codes_of("Bergen", known) == ("GM0373", "GM0893")
    assert len(codes_of("Haaren", known)) == 4


@pytest.mark.parametrize("text", ["Zeist; Utrecht", "Zeist;Utrecht", "Zeist\nUtrecht"])
def test_two_in_one_cell_are_no_one(text: str, known: dict[str, tuple[str, ...]]) -> None:
    assert codes_of(text, known) == ()


def test_each_official_name_and_code_leads_to_its_own(known: dict[str, tuple[str, ...]]) -> None:
    with MUNICIPALITIES.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert codes_of(row["name"], known) == codes_of(row["code"], known) == (row["code"],)
    assert EVERYDAY.keys() <= {row["name"] for row in rows}
