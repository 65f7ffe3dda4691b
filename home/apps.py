from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from . import checks
        from .site_address import keep_site_in_step

        checks.register()
        post_migrate.connect(keep_site_in_step, sender=self, dispatch_uid="site_follows_base_url")
