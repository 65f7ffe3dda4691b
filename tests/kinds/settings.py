"""The settings of the tests with one kind of contribution more. Nothing else knows of it."""

from exchange.settings.test import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kinds.questions"]
