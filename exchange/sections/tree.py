"""A page for each municipality of the register, joined or not."""

from __future__ import annotations

from django.utils.text import slugify

from exchange.municipalities.models import Municipality

from .models import MunicipalityIndexPage, MunicipalityPage


def add_missing_pages(index: MunicipalityIndexPage) -> int:
    """Add the page of every present municipality that has none yet. Safe to repeat.

    Returns:
        How many were added.
    """
    missing = list(Municipality.objects.current().filter(page=None))
    for municipality in missing:
        index.add_child(
            instance=MunicipalityPage(
                title=municipality.name, slug=slugify(municipality.name), municipality=municipality
            )
        )
    return len(missing)
