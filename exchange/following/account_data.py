"""What is kept here about a person."""

from __future__ import annotations

from typing import Any

from exchange.accounts.models import User

from .models import Follow, ReadingList


def lists_of(user: User) -> list[dict[str, Any]]:
    return [
        {
            "title": one.title,
            "shared": one.shared_with_id,
            "items": [str(item.contribution) for item in one.items.all()],
        }
        for one in ReadingList.objects.filter(owner=user).prefetch_related("items__contribution")
    ]


def following_of(user: User) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "value": one.value} for one in Follow.objects.filter(user=user)]
