"""What adoptions do when a page is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.signals import page_published

from exchange.initiatives.models import InitiativePage

if TYPE_CHECKING:
    from .models import AdoptionPage


def _adoption_placed(instance: AdoptionPage, **kwargs: Any) -> None:
    from .confirming import tell_source

    tell_source(instance)


def _initiative_placed(instance: InitiativePage, **kwargs: Any) -> None:
    from .narrowing import narrow

    with transaction.atomic():
        narrow(instance)


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    from .models import AdoptionPage

    page_published.connect(_adoption_placed, sender=AdoptionPage, dispatch_uid="adoption_placed")
    page_published.connect(_initiative_placed, sender=InitiativePage, dispatch_uid="initiative_narrowed")
