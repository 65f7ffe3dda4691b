"""A page moved: what was copied from its section is copied again, for it and everything below it."""

from typing import Any

from wagtail.models import Page

from exchange.contributions.models import Contribution
from exchange.contributions.signals import placed


def page_moved(instance: Page, **kwargs: Any) -> None:
    moved = Page.objects.get(pk=instance.pk)
    for contribution in Contribution.objects.descendant_of(moved, inclusive=True):
        contribution.place_in_section()
        Contribution.objects.filter(pk=contribution.pk).update(
            municipality=contribution.municipality, department=contribution.department
        )
    placed.send(sender=Contribution, instance=moved)
