"""Secrets, hosts, cookies and the headers that protect a reader."""

from csp.constants import NONE, SELF

from . import environment

SECRET_KEY = environment.text("SECRET_KEY", help="Secret that signs sessions and links; 50 or more random characters.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", help="Host names the site answers to, separated by commas.")
CSRF_TRUSTED_ORIGINS = environment.words(
    "CSRF_TRUSTED_ORIGINS", help="Origins that may post forms through a proxy, such as https://samenwijzer.example."
)
REDIRECT_TO_HTTPS = environment.flag(
    "SECURE_SSL_REDIRECT", help="Send visitors on http to https; turn off only where the proxy does it.", default=True
)

SECURITY_CONTACT = environment.text(
    "SECURITY_CONTACT", help="Where leaks are reported, such as mailto:security@gemeente.example; makes security.txt."
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its own preview.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin writes inline scripts and styles; the site does not. The admin's addresses get this policy instead.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}
