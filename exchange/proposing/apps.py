from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposingConfig(AppConfig):
    name = "exchange.proposing"
    label = "proposing"
    verbose_name = _("Collegevoorstel")
