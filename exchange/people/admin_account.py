"""Somebody's own account in the admin: Wagtail's, without a picture of the person."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnAccountView(AccountView):
    """No portraits: nobody needs them here, and one carries where and when it was made."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
