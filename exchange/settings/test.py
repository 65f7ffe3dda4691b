"""Differences for the test suite: quick passwords, mail in memory, files in a folder of its own."""

import tempfile
from pathlib import Path

from .development import *

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
POST_OFFICE["BACKENDS"] = {"default": "django.core.mail.backends.locmem.EmailBackend"}
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="samenwijzer-test-static-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="samenwijzer-test-media-"))
# Saving by itself every few seconds makes browser tests of the editor fail at random.
WAGTAIL_AUTOSAVE_INTERVAL = 0
# Most tests are about words; those about meaning turn it on, with a small encoder of their own.
MEANING = False
