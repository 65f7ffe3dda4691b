from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "exchange.following"
    label = "following"
    verbose_name = _("Volgen en lijsten")

    def ready(self) -> None:
        from exchange.people import account_data

        from .account_data import following_of, lists_of

        account_data.also("lists", lists_of)
        account_data.also("following", following_of)
