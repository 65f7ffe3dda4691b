from django.apps import AppConfig
from django.db.models.signals import pre_save


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from . import checks
        from .clean_rows import clean_row

        checks.register()
        pre_save.connect(clean_row, dispatch_uid="what_is_written_is_clean")
