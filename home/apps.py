from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from exchange.tables import wagtail_exports

        from . import checks, lookups
        from .clean_rows import clean_row
        from .site_address import keep_site_in_step

        checks.register()
        lookups.register()
        wagtail_exports.mend()
        pre_save.connect(clean_row, dispatch_uid="what_is_written_is_clean")
        post_migrate.connect(keep_site_in_step, sender=self, dispatch_uid="site_follows_base_url")
