"""Differences for a developer's own machine and the demo."""

from .base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "insecure-key-for-development-only"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS += ["exchange.demo"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
