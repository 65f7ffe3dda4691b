"""`python -m tests.permissions > docs/permissions.md`: write down what the rules say."""

import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
django.setup()
# The rules can be read once Django knows its models.
sys.stdout.write(import_module("tests.permissions.document").document())
