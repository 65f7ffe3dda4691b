"""What evidence tells others: that somebody checked an initiative, or took that back."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from exchange.contributions.signals import shown_changed


def _checked(instance: Any, **kwargs: Any) -> None:
    shown_changed.send(sender=type(instance), page_ids=[instance.initiative_id])


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    from .models import PeerCheck

    for signal in (post_save, post_delete):
        signal.connect(_checked, sender=PeerCheck, dispatch_uid="initiative_checked")
