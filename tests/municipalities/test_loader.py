"""The register is loaded from its files: whole, once, and with every bad row named."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.municipalities import loader
from exchange.municipalities.models import EmailDomain, Municipality

pytestmark = pytest.mark.django_db


def real() -> list[Municipality]:
    return list(Municipality.objects.current().filter(is_invented=False))


def changed_copy(tmp_path: Path, changes: dict[str, dict[str, str]], extra: list[dict[str, str]] | None = None) -> Path:
    """The register with some cells changed, by code."""
    with loader.MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= changes.get(row["code"], {})
    path = tmp_path / "municipalities.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows([*rows, *(extra or [])])
    return path


def test_every_municipality_of_today_is_there_with_its_facts() -> None:
    municipalities = real()
    assert len(municipalities) == 342
    assert sum(one.population or 0 for one in municipalities) == 17_942_942
    for one in municipalities:
        assert one.tooi_uri.startswith("https://identifier.overheid.nl/")
        assert all([one.province, one.corop, one.safety_region, one.land_area, one.latitude, one.longitude])


def test_size_classes_are_those_of_the_design() -> None:
    assert Counter(one.size for one in real()) == {"xs": 65, "s": 182, "m": 63, "l": 28, "xl": 4}


def test_neighbours_go_both_ways() -> None:
    utrecht = Municipality.objects.get(code="GM0344")
    assert utrecht.neighbours.exists()
    assert all(utrecht in neighbour.neighbours.all() for neighbour in utrecht.neighbours.all())


def test_every_municipality_has_a_mail_domain() -> None:
    assert not Municipality.objects.filter(email_domains=None, until=None, is_invented=False).exists()


def test_a_municipality_may_have_several_domains_and_share_them(tmp_path: Path) -> None:
    loader.load(
        changed_copy(
            tmp_path,
            {"GM0344": {"email_domain": "utrecht.example;samen.example"}, "GM0310": {"email_domain": "samen.example"}},
        )
    )
    shared = EmailDomain.objects.filter(domain="samen.example").values_list("municipality_id", flat=True)
    assert set(shared) == {"GM0344", "GM0310"}
    assert EmailDomain.objects.filter(municipality_id="GM0344").count() == 2


def test_loading_again_changes_nothing() -> None:
    report = loader.load()
    assert (report.added, report.changed, report.bad_rows) == ([], {}, [])
    assert report.unchanged == 605


def test_it_says_what_changed(tmp_path: Path) -> None:
    report = loader.load(changed_copy(tmp_path, {"GM0344": {"population": "400000"}}))
    assert list(report.changed) == ["GM0344"]
    assert "→ 400000" in report.changed["GM0344"][0]
    assert Municipality.objects.get(code="GM0344").population == 400_000


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"population": "veel"}, "veel"),
        ({"population": "-5"}, "above zero"),
        ({"land_area_km2": "groot"}, "land_area_km2"),
        ({"code": "0344"}, "code"),
        ({"name": ""}, "name"),
        ({"lat": "noord"}, "noord"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_stops_nothing_else(
    tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    path = changed_copy(tmp_path, {"GM0344": cells, "GM0363": {"population": "940000"}})
    report = loader.load(path)
    assert len(report.bad_rows) == 1
    bad = report.bad_rows[0]
    line = next(
        number
        for number, text in enumerate(loader.MUNICIPALITIES.read_text(encoding="utf-8").splitlines(), start=1)
        if text.startswith("GM0344")
    )
    assert bad.line == line
    assert reason in bad.reason
    assert Municipality.objects.get(code="GM0363").population == 940_000


def test_a_code_that_stands_twice_is_named(tmp_path: Path) -> None:
    with loader.MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    report = loader.load(changed_copy(tmp_path, {}, extra=[first]))
    assert "already" in report.bad_rows[0].reason


def test_an_unknown_neighbour_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    report = loader.load(changed_copy(tmp_path, {"GM0344": {"neighbours": "GM0310;GM0000"}}))
    assert "GM0000" in report.bad_rows[0].reason
    assert "GM0310" in Municipality.objects.get(code="GM0344").neighbours.values_list("code", flat=True)


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("naam,inwoners\nUtrecht,1\n", encoding="utf-8")
    with pytest.raises(loader.WrongFileError, match="code"):
        loader.load(path)
    with pytest.raises(CommandError, match="lacks the columns"):
        call_command("load_register", municipalities=path)


def test_the_command_tells_what_it_did() -> None:
    out = StringIO()
    call_command("load_register", stdout=out)
    assert "0 added, 0 changed, 605 unchanged, 0 bad rows." in out.getvalue()


def test_a_dissolved_code_leads_to_its_successor() -> None:
    old = Municipality.objects.exclude(until=None).filter(successors__code="GM1978").first()
    assert old is not None
    assert [one.code for one in Municipality.objects.find(old.code)] == ["GM1978"]


@pytest.mark.parametrize("text", ["GM0344", "gm344", "0344", " Utrecht ", "utrecht"])
def test_a_municipality_is_found_by_code_and_name(text: str) -> None:
    assert [one.code for one in Municipality.objects.find(text)] == ["GM0344"]


def test_what_nobody_knows_is_not_found() -> None:
    assert Municipality.objects.find("GM0000") == []
    assert Municipality.objects.find("Nergenshuizen") == []
