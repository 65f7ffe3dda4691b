from django.apps import AppConfig
from django.core import checks


class LimitsConfig(AppConfig):
    name = "exchange.limits"
    verbose_name = "limits"

    def ready(self) -> None:
        from .checks import one_cache_for_all_processes

        checks.register(one_cache_for_all_processes, checks.Tags.security, deploy=True)
