"""What Wagtail's log knows of an adoption besides what happens to any page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .choices import BY_SOURCE


@hooks.register("register_log_actions")
def register_answers(actions: LogActionRegistry) -> None:
    for answer in BY_SOURCE:
        actions.register_action(answer.action, answer.label, _("De bron gaf antwoord"))
