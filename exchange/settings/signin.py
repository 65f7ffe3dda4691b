"""Signing in: django-allauth does it, with a mailed code, a password, a passkey or the municipality's own account."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from . import environment

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# The admin has a way in of its own, that knows no second factor: everybody takes the same door.
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# A week after signing in one signs in again.
SESSION_COOKIE_AGE = 7 * 24 * 3600
USERSESSIONS_TRACK_ACTIVITY = False

ACCOUNT_ADAPTER = "exchange.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Without a password among these the library offers none anywhere; the form of `exchange.people` leaves it out.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_REDIRECT_URL = "join"
ACCOUNT_SIGNUP_FORM_CLASS = "exchange.people.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who opens the link in the browser that asked for it is signed in by its button; elsewhere one signs in first.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The address says of which municipality somebody is: another address is another account.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samenwijzer"
# Who places, invites, or sees what is of others proves twice to be so; without it these roles count for less.
SECOND_FACTOR_ROLES = environment.words(
    "SECOND_FACTOR_ROLES",
    help="Roles that count only with a second factor; `none`: none of them.",
    default="administrator,platform_editor,editor",
)
# How many minutes after signing in it is asked again before something that cannot be undone, or downloading data.
FRESH_MINUTES = environment.number(
    "FRESH_MINUTES", help="So long after signing in one may change roles, and download or close an account.", default=30
)

# Known domains may open their own section; otherwise an administrator does.
JOINING_OPENS_BY_ITSELF = environment.flag(
    "JOINING_OPENS_BY_ITSELF",
    help="Who asks to take part from a municipality's own mail domain opens its section, without an administrator.",
)
# Behind how many proxies of our own the site stands: limits on signing in count by address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    environment.text("TRUSTED_PROXIES", help="How many proxies of your own stand before the site.", default="0")
)


def _providers(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS must be JSON: {error}") from error
    if not isinstance(found, list):
        raise ImproperlyConfigured("OIDC_PROVIDERS must be a list of providers; see docs/sign-in.md.")
    return found


OIDC_PROVIDERS = _providers(
    environment.text(
        "OIDC_PROVIDERS", help="OpenID Connect providers (Entra ID, Keycloak) as a JSON list; see docs/sign-in.md."
    )
)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS}}
# Where the button of a provider leads: a browser lets a form go there only where the policy names it.
OIDC_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(provider.get("settings", {}).get("server_url", "")))
    for provider in OIDC_PROVIDERS
]
SOCIALACCOUNT_ADAPTER = "exchange.people.oidc.OidcAdapter"
# The provider vouches for the address, and somebody who had a local account keeps it.
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
