"""One cache for all web processes: limits are counted in it, and pages keep there what is slow to work out."""

import environ

from . import environment

CACHES = {
    "default": environ.Env.cache_url_config(
        environment.text(
            "CACHE_URL",
            help="Cache that all web processes share: dbcache://cache (a table, made by bootstrap) or "
            "rediscache://host:6379/0; the default is for one process.",
            default="locmemcache://",
        )
    )
}
# gunicorn reads the same variable.
WEB_PROCESSES = environment.number("WEB_CONCURRENCY", help="How many web processes there are.", default=1)
REQUEST_LIMITS = environment.flag(
    "REQUEST_LIMITS",
    help="Who asks too often for what costs much waits (429): searching, uploading, joining, files.",
    default=True,
)
# The library counts in this cache; while it is away nobody is shut out.
RATELIMIT_FAIL_OPEN = True
