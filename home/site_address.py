"""Wagtail keeps the site's address in a row of its own: that follows `BASE_URL`, also when it changes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

_PORTS = {"http": 80, "https": 443}


def keep_site_in_step(**kwargs: Any) -> bool:
    """Give the default site the host and port of `BASE_URL`. Safe to repeat.

    Returns:
        Whether something changed.
    """
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    wanted = {"hostname": address.hostname or "localhost", "port": address.port or _PORTS.get(address.scheme, 80)}
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or wanted == {"hostname": site.hostname, "port": site.port}:
        return False
    # Somebody gave that address to another site of theirs: it leads there.
    if Site.objects.filter(**wanted).exclude(pk=site.pk).exists():
        return False
    site.hostname, site.port = wanted["hostname"], wanted["port"]
    site.save()
    return True
