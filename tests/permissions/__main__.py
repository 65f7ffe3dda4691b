"""`python -m tests.permissions > docs/permissions.md`: write down what the rules say."""

import sys

from .document import document

sys.stdout.write(document())
