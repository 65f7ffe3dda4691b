from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionsConfig(AppConfig):
    name = "exchange.adoptions"
    label = "adoptions"
    verbose_name = _("Dit doen wij ook")

    def ready(self) -> None:
        from . import signals

        signals.connect()
