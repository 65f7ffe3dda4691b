from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GateConfig(AppConfig):
    name = "exchange.gate"
    label = "gate"
    verbose_name = _("Beheeromgeving")

    def ready(self) -> None:
        from .buttons import hide_refused
        from .names import hide_names

        hide_names()
        hide_refused()
