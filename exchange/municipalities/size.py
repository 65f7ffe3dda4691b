"""Size classes: pure functions from a number of inhabitants. Nobody types a size; it follows from the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SizeClass(models.TextChoices):
    """Five classes by inhabitants.

    Source: boundaries of the municipal size classes of Statistics Netherlands (CBS), put together to five.
    """

    XS = "xs", _("minder dan 20.000 inwoners")
    S = "s", _("20.000 tot 50.000 inwoners")
    M = "m", _("50.000 tot 100.000 inwoners")
    L = "l", _("100.000 tot 250.000 inwoners")
    XL = "xl", _("250.000 inwoners of meer")


# Each class with its lowest number of inhabitants, largest first.
LOWER_BOUNDS: tuple[tuple[SizeClass, int], ...] = (
    (SizeClass.XL, 250_000),
    (SizeClass.L, 100_000),
    (SizeClass.M, 50_000),
    (SizeClass.S, 20_000),
    (SizeClass.XS, 0),
)


def size_class(population: int) -> SizeClass:
    """Give the size class of a municipality.

    Args:
        population: inhabitants, zero or more.

    Raises:
        ValueError: the population is negative.
    """
    for size, lowest in LOWER_BOUNDS:
        if population >= lowest:
            return size
    raise ValueError(f"A population cannot be negative: {population}.")
