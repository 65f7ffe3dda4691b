"""What the editor shows beside the fields: how complete it is, what to add next, tips, and what nobody can search."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

# More than this many tips at once help nobody.
SHOWN = 8


class AdvicePanel(Panel):
    """What to add next, and tips about the text as it was last saved. It never stands in the way of saving."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "contributions/admin/advice.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "advice": self.instance.plain_language_tips()[:SHOWN],
                "completeness": self.instance.completeness(),
            }


class UnreadPanel(Panel):
    """What of the attachments nobody can search, and why; it stands beside them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "contributions/admin/unread.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown() and bool(self._unread)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"unread": self._unread}

        @cached_property
        def _unread(self) -> list[tuple[str, str]]:
            unread: list[tuple[str, str]] = self.instance.unread_attachments()
            return unread
