"""Differences for a real installation: nothing starts without its secrets, everything goes over HTTPS."""

from . import environment
from .base import *

environment.require(["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BASE_URL"])

DEBUG = False
SECURE_SSL_REDIRECT = REDIRECT_TO_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
