"""Differences for a developer's own machine and the demo."""

from . import environment
from .base import *

DEBUG = environment.flag(
    "DEBUG", help="Development only: show what went wrong to whoever looks; `make demo` turns it off.", default=True
)
SECRET_KEY = SECRET_KEY or "insecure-key-for-development-only"
ALLOWED_HOSTS = ["*"]
API_CONTACT = API_CONTACT or "api@samenwijzer.example"
INSTALLED_APPS += ["exchange.demo"]
# Static files come straight from where they are written, also without DEBUG.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Without a worker beside it: mail goes out at once, and every role counts with a password alone.
POST_OFFICE["DEFAULT_PRIORITY"] = "now"
SECOND_FACTOR_ROLES = []
# Whoever tries things out, or measures, does not wait.
REQUEST_LIMITS = False
