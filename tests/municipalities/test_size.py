"""Size classes follow from the number of inhabitants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.municipalities.size import LOWER_BOUNDS, SizeClass, size_class


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (0, "xs"), (19_999, "xs"), (20_000, "s"), (49_999, "s"), (50_000, "m"), (99_999, "m"),
        (100_000, "l"), (249_999, "l"), (250_000, "xl"), (931_298, "xl"),
    ],
)  # fmt: skip
def test_each_boundary_belongs_to_the_larger_class(population: int, expected: str) -> None:
    assert size_class(population) == expected


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_a_larger_municipality_is_never_in_a_smaller_class(one: int, other: int) -> None:
    order = [size for size, _ in reversed(LOWER_BOUNDS)]
    small, large = sorted((one, other))
    assert order.index(size_class(small)) <= order.index(size_class(large))


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        size_class(-1)


def test_every_class_has_a_boundary() -> None:
    assert {size for size, _ in LOWER_BOUNDS} == set(SizeClass)
