"""Who of elsewhere is shown how to reach a person: said to who keeps the log, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest

from exchange.accounts.viewer import signed_in, viewer_of
from exchange.contributions.signals import people_read

if TYPE_CHECKING:
    from .models import ContactPage


def note_reading(request: HttpRequest, contacts: Iterable[ContactPage]) -> None:
    """Say that these were shown, as far as they name a person of another municipality than the reader's."""
    viewer = viewer_of(request)
    if not viewer.is_member:
        return
    elsewhere = [one for one in contacts if one.names_somebody and one.municipality_id not in viewer.municipalities]
    if elsewhere:
        people_read.send(sender=type(elsewhere[0]), instances=elsewhere, user=signed_in(request))
