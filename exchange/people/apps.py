from allauth.account.signals import authentication_step_completed, email_confirmed, user_logged_in
from django.apps import AppConfig
from django.contrib.auth import signals as auth_signals
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "exchange.people"
    label = "people"
    verbose_name = _("Mensen")

    def ready(self) -> None:
        from .fresh_sign_in import note_sign_in
        from .signals import address_confirmed, signed_in

        email_confirmed.connect(address_confirmed, dispatch_uid="welcome_who_confirmed")
        user_logged_in.connect(signed_in, dispatch_uid="welcome_who_signs_in")
        for signal in (auth_signals.user_logged_in, authentication_step_completed):
            signal.connect(note_sign_in, dispatch_uid="note_when_somebody_signs_in")
