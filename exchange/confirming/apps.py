from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfirmingConfig(AppConfig):
    name = "exchange.confirming"
    label = "confirming"
    verbose_name = _("Bevestigen")
