from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from exchange.tables import wagtail_exports

        from . import checks, lookups

        checks.register()
        lookups.register()
        wagtail_exports.mend()
