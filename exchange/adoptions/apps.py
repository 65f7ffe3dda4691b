from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionsConfig(AppConfig):
    name = "exchange.adoptions"
    label = "adoptions"
    verbose_name = _("Dit doen wij ook")

    def ready(self) -> None:
        from exchange.people import account_data

        from . import signals

        signals.connect()
        account_data.also("wishes", _wishes_of)


def _wishes_of(user: Any) -> list[dict[str, str]]:
    return [
        {"initiative": one.initiative.title, "stage": one.stage} for one in user.wishes.select_related("initiative")
    ]
