from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComparingConfig(AppConfig):
    name = "exchange.comparing"
    label = "comparing"
    verbose_name = _("Vergelijken")
