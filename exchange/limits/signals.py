"""What others may want to know of limits."""

from django.dispatch import Signal

# Sent with `request` and the `name` of the limit, once for each stretch of time in which it was passed.
limit_passed = Signal()
