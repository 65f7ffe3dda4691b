"""How django-allauth behaves here: who may sign up, and what its mails say."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from exchange.accounts.letters import Letter, Stranger, absolute, send
from exchange.accounts.models import User

from . import letters
from .joining import choices_of, may_sign_up

# What changed, for the mails that warn of it; any other of allauth's warnings says that something did.
CHANGED = {
    "account/email/password_changed": lambda: _("Je wachtwoord is veranderd."),
    "account/email/password_reset": lambda: _("Je wachtwoord is opnieuw gekozen."),
    "account/email/password_set": lambda: _("Je koos een wachtwoord."),
    "mfa/email/totp_activated": lambda: _("Inloggen in twee stappen staat nu aan."),
    "mfa/email/totp_deactivated": lambda: _("Inloggen in twee stappen staat nu uit."),
    "mfa/email/webauthn_added": lambda: _("Er is een toegangssleutel toegevoegd."),
    "mfa/email/webauthn_removed": lambda: _("Er is een toegangssleutel weggehaald."),
    "mfa/email/recovery_codes_generated": lambda: _("Er zijn nieuwe herstelcodes gemaakt."),
}


def _here(address: str) -> str:
    """The library builds an address from what the browser says the site is called: that is not for mails."""
    parts = urlsplit(address)
    return absolute(urlunsplit(("", "", parts.path, parts.query, "")))


def letter_for(template_prefix: str, context: dict[str, Any]) -> Letter:
    """The mail of ours that takes the place of one of allauth's."""
    name = template_prefix.rpartition("/")[2]
    if name.startswith("email_confirmation"):
        return letters.confirm_address(
            _here(context["activate_url"]), days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS
        )
    if name == "account_already_exists":
        return letters.already_known()
    if name == "login_code":
        return letters.sign_in_code(context["code"])
    if name == "unknown_account":
        return letters.unknown_account()
    if name == "password_reset_key":
        return letters.new_password(_here(context["password_reset_url"]))
    return letters.account_changed(CHANGED.get(template_prefix, lambda: _("Er veranderde iets aan hoe je inlogt."))())


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are for municipal addresses and for who was invited."""

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email).lower()
        if not may_sign_up(email):
            raise ValidationError(
                _(
                    "We kennen dit adres niet als adres van een gemeente. Gebruik je werkadres, of vraag een collega "
                    "die al meedoet om je uit te nodigen."
                )
            )
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        receiver = Stranger(email, user.language if user else translation.get_language()[:2])
        send(receiver, lambda: letter_for(template_prefix, context))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if choices_of(cast(User, request.user)):
            return reverse("join")
        where: str = super().get_login_redirect_url(request)
        return where

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("join") if self.request.user.is_authenticated else reverse("account_login")
