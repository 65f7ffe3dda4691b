"""What the editor shows beside the fields: how complete it is, what to add next, and tips to make it plainer."""

from __future__ import annotations

from typing import Any

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
