"""The button to follow something, for pages of every room."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.following.following import question
from exchange.following.models import Follow, FollowKind

register = template.Library()


@register.inclusion_tag("following/button.html", takes_context=True)
def follow_button(context: dict[str, Any], kind: str, value: object) -> dict[str, Any]:
    """`{% follow_button "theme" theme.slug %}`: for who signed in; nothing for a visitor."""
    request = context["request"]
    text = question(str(value)) if kind == FollowKind.SEARCH else str(value)
    shown = request.user.is_authenticated and bool(text)
    return {
        "shown": shown,
        "kind": kind,
        "value": text,
        "next": request.get_full_path(),
        "is_followed": shown and Follow.objects.filter(user=request.user, kind=kind, value=text).exists(),
        "csrf_token": context.get("csrf_token"),
    }
