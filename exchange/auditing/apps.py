from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.translation import gettext_lazy as _


class AuditingConfig(AppConfig):
    name = "exchange.auditing"
    label = "auditing"
    verbose_name = _("Logboek")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in, user_login_failed
        from wagtail.models import PageLogEntry

        from exchange.accounts.models import Membership
        from exchange.contributions.signals import confirmed, people_read
        from exchange.limits.signals import limit_passed

        from . import signals

        post_save.connect(signals.page_logged, sender=PageLogEntry, dispatch_uid="audit_page")
        pre_save.connect(signals.role_changes, sender=Membership, dispatch_uid="audit_role_changes")
        post_save.connect(signals.role_given, sender=Membership, dispatch_uid="audit_role_given")
        post_delete.connect(signals.role_taken, sender=Membership, dispatch_uid="audit_role_taken")
        people_read.connect(signals.people_read, dispatch_uid="audit_people_read")
        confirmed.connect(signals.page_confirmed, dispatch_uid="audit_confirmed")
        user_logged_in.connect(signals.signed_in, dispatch_uid="audit_signed_in")
        user_login_failed.connect(signals.sign_in_failed, dispatch_uid="audit_sign_in_failed")
        authenticator_added.connect(signals.factor_added, dispatch_uid="audit_factor_added")
        authenticator_removed.connect(signals.factor_removed, dispatch_uid="audit_factor_removed")
        limit_passed.connect(signals.limit_passed, dispatch_uid="audit_limit_passed")
