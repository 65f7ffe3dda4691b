"""Limits that each process counts for itself are no limits: said before an installation goes on line."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

_LOCAL = ("locmem.LocMemCache", "dummy.DummyCache", "filebased.FileBasedCache")


def one_cache_for_all_processes(**kwargs: Any) -> list[checks.CheckMessage]:
    """With more than one web process the cache has to be shared."""
    is_local = settings.CACHES["default"]["BACKEND"].endswith(_LOCAL)
    if settings.WEB_PROCESSES == 1 or not is_local:
        return []
    return [
        checks.Error(
            f"{settings.WEB_PROCESSES} web processes each have a cache of their own, so limits are counted apart.",
            hint="Set CACHE_URL to one they share: dbcache://cache (in the database) or rediscache://host:6379/0.",
            id="limits.E001",
        )
    ]
