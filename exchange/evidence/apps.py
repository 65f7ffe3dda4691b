from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "exchange.evidence"
    label = "evidence"
    verbose_name = _("Onderbouwing")

    def ready(self) -> None:
        from exchange.contributions.searchable import add_to_search
        from exchange.initiatives.models import InitiativePage
        from exchange.people import account_data

        from . import signals
        from .search import ADDITION

        signals.connect()
        add_to_search(InitiativePage.kind.slug, ADDITION)
        account_data.also("checks", _checks_of)


def _checks_of(user: Any) -> list[dict[str, str]]:
    from .models import PeerCheck

    checks = PeerCheck.objects.filter(user=user).select_related("initiative")
    return [{"initiative": one.initiative.title, "remark": one.remark} for one in checks]
