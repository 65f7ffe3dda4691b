"""Which municipalities are alike: a pure function, with its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from exchange.municipalities.similarity import FEWEST, MOST, Profile, distance, similar

profiles = st.builds(
    Profile,
    code=st.from_regex(r"GM\d{4}", fullmatch=True),
    population=st.integers(900, 1_000_000),
    land_area=st.none() | st.floats(5, 900),
    region=st.sampled_from(["", "VR01", "VR02"]),
    province=st.sampled_from(["", "PV20", "PV21"]),
)


@given(profiles, profiles)
def test_distance_is_the_same_both_ways_and_never_negative(one: Profile, other: Profile) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert distance(one, other) >= 0
    assert distance(one, one) == 0


@given(profiles, st.lists(profiles, max_size=60, unique_by=lambda one: one.code))
def test_the_nearest_come_first_and_itself_never(own: Profile, others: list[Profile]) -> None:
    found = similar(own, others)
    assert own.code not in {one.code for one in found}
    assert [one.distance for one in found] == sorted(one.distance for one in found)
    without_own = [one for one in others if one.code != own.code]
    assert min(FEWEST, len(without_own)) <= len(found) <= MOST


def test_the_same_region_brings_nearer_and_is_a_reason() -> None:
    own = Profile("GM0001", 24_000, 80.0, "VR01", "PV20")
    near, far = Profile("GM0002", 26_000, 80.0, "VR01", "PV20"), Profile("GM0003", 26_000, 80.0, "VR02", "PV21")
    assert [one.code for one in similar(own, [far, near])] == ["GM0002", "GM0003"]
    assert [str(reason) for reason in similar(own, [near])[0].reasons][:2] == ["26.000 inwoners", "zelfde regio"]


@pytest.mark.django_db
def test_of_the_register_the_alike_are_about_as_large() -> None:
    own = Municipality.objects.get(code="GM9910")
    found = municipalities_like("GM9910")
    sizes = Municipality.objects.filter(code__in=[one.code for one in found]).values_list("population", flat=True)
    assert own.population is not None
    assert len(found) >= FEWEST
    assert all(own.population / 3 < size < own.population * 3 for size in sizes if size is not None)
    assert municipalities_like("GM0000") == []
