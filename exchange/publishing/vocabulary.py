"""Texts of the vocabulary that readers see: no second reader stands before them, but none of it goes unseen.

A theme is changed a few times a year, by the few who look after the platform, and has to be right the same day where
it tells where help is. So a change stands at once, and everybody else who looks after the platform hears of it.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.models import ModelLogEntry

from exchange.accounts.letters import send
from exchange.accounts.models import User
from exchange.people.team import administrators, platform_editors
from exchange.themes.models import TargetGroup, Theme

from . import letters
from .writers import mailbox, mailboxes

_CHANGES = frozenset({"wagtail.create", "wagtail.edit", "wagtail.delete"})
_SEEN_BY_READERS = (Theme, TargetGroup)


def changed(instance: ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """Somebody did something that Wagtail notes: where it changed what readers see, the others hear of it."""
    model = instance.content_type.model_class() if instance.content_type else None
    if not created or instance.action not in _CHANGES or model not in _SEEN_BY_READERS:
        return
    who = User.objects.filter(pk=instance.user_id).first()
    address = reverse(f"{model._meta.model_name}:index")
    for keeper in _others(who):
        send(keeper, lambda: letters.vocabulary_changed(instance.label, who, address))


def _others(who: User | None) -> list[User]:
    """Who else looks after the platform: a second account of the same mailbox is the same person."""
    taken = mailboxes([who.pk]) if who is not None else frozenset()
    keepers = {keeper.pk: keeper for keeper in (*platform_editors(), *administrators())}
    return [keeper for keeper in keepers.values() if mailbox(keeper.email) not in taken]
