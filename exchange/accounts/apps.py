from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "exchange.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from post_office.models import Email

        from .mailed import mail_queued
        from .models import Membership
        from .signals import membership_changed

        post_save.connect(membership_changed, sender=Membership, dispatch_uid="derive_groups_on_save")
        post_delete.connect(membership_changed, sender=Membership, dispatch_uid="derive_groups_on_delete")
        post_save.connect(mail_queued, sender=Email, dispatch_uid="note_whom_a_mail_is_about")
