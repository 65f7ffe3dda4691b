"""What municipalities like ours run, where it runs on the map, and the picture of the chain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given

from exchange.accounts.viewer import VISITOR
from exchange.adoptions.chain import chain
from exchange.adoptions.drawing import BOX_HEIGHT, BOX_WIDTH, draw
from exchange.adoptions.ideas import ideas_for, ranked
from exchange.adoptions.uses import Use
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.map import HEIGHT, WIDTH, line, project
from exchange.municipalities.models import Municipality
from tests.conftest import SectionOf
from tests.factories import AdoptionFactory, InitiativeFactory

from .test_figures import USES


def test_what_most_similar_municipalities_run_stands_first() -> None:
    running = {1: ["far"], 2: ["near", "far"], 3: ["near"], 4: ["elsewhere"], 5: ["near", "far"]}
    assert ranked(running, ["near", "far"], frozenset({5})) == [(2, ["near", "far"]), (3, ["near"]), (1, ["far"])]
    assert ranked({}, ["near"], frozenset()) == []


@pytest.mark.django_db
def test_it_leaves_out_what_one_does_considered_or_turned_down(
    section_of: SectionOf, signed_in: Callable[..., Client]
) -> None:
    near = municipalities_like("GM9910")[0].code
    there, here = section_of(near), section_of("GM9910")
    known, unknown, closed, idea = (
        InitiativeFactory(parent=there, title=title, phase=phase, visibility=visibility)
        for title, phase, visibility in (
            ("Bekend", "running", "public"), ("Onbekend", "running", "public"),
            ("Besloten", "running", "own"), ("Idee", "idea", "public"),
        )
    )  # fmt: skip
    AdoptionFactory(parent=here, initiative=known, stage="declined", reason="money")
    found = [one.initiative.pk for one in ideas_for(Municipality.objects.get(pk="GM9910"), VISITOR)]
    assert found == [unknown.pk]
    assert {closed.pk, idea.pk, known.pk}.isdisjoint(found)
    shown = Client().get(reverse("like_ours", args=["GM9910"])).content.decode()
    assert "Onbekend" in shown
    assert "Onbekend" in Client().get(here.url).content.decode()
    assert "Onbekend" in signed_in("member", "GM9910").get(reverse("writing")).content.decode()
    assert Client().get(reverse("like_ours", args=["GM0000"])).status_code == 404


@given(USES)
def test_in_the_picture_no_box_lies_on_another_and_all_are_in_it(uses: list[Use]) -> None:
    drawing = draw("Waterhoven", chain(uses))
    assert len(drawing.boxes) == len(uses) + 1
    assert len(drawing.lines) == len(uses)
    places = {(box.x, box.y) for box in drawing.boxes}
    assert len(places) == len(drawing.boxes)
    assert all(0 <= x <= drawing.width - BOX_WIDTH and 0 <= y <= drawing.height - BOX_HEIGHT for x, y in places)
    for box in drawing.boxes:
        beside = [other for other in drawing.boxes if other is not box and other.y == box.y]
        assert all(abs(other.x - box.x) > BOX_WIDTH for other in beside)


@pytest.mark.django_db
def test_every_municipality_lies_on_the_map() -> None:
    for place in Municipality.objects.current():
        x, y = project(place.latitude or 0, place.longitude or 0)
        assert 0 < x < WIDTH, place
        assert 0 < y < HEIGHT, place


def test_borders_are_one_line_and_what_is_too_small_is_left_out() -> None:
    square = [[4.0, 52.0], [5.0, 52.0], [5.0, 51.0], [4.0, 51.0], [4.0, 52.0]]
    speck = [[4.0, 52.0], [4.0001, 52.0], [4.0, 52.0001], [4.0, 52.0]]
    drawn = line([{"type": "Polygon", "coordinates": [square]}, {"type": "MultiPolygon", "coordinates": [[speck]]}])
    assert drawn.count("M") == drawn.count("z") == 1
    assert drawn.startswith("M102 381l146 0 0 238")
