"""Search: Wagtail's own index is for the admin only; what visitors search is the app `search`."""

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
