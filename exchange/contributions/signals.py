"""What the domain tells others: they listen, it knows nothing of them."""

from django.dispatch import Signal

# A page and the contributions below it stand in another section now, and say so. Sent with `instance`, the page.
# Wagtail's own signal of a move comes before that: who listens to it would read the old municipality.
placed = Signal()

# Somebody said that a contribution is still true. That is no edit: no page is saved. Sent with `instance`, the page.
confirmed = Signal()

# Something that contributions show changed beside their pages: what others say of them, or who may read that. Sent with
# `page_ids`.
shown_changed = Signal()

# Somebody of another municipality was shown how to reach people. Sent with `instances`, their pages, and `user`.
people_read = Signal()
