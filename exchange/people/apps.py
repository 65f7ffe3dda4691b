from allauth.account.signals import email_confirmed, user_logged_in
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "exchange.people"
    label = "people"
    verbose_name = _("Mensen")

    def ready(self) -> None:
        from .signals import address_confirmed, signed_in

        email_confirmed.connect(address_confirmed, dispatch_uid="welcome_who_confirmed")
        user_logged_in.connect(signed_in, dispatch_uid="welcome_who_signs_in")
