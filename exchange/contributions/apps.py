from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class ContributionsConfig(AppConfig):
    name = "exchange.contributions"
    label = "contributions"

    def ready(self) -> None:
        from wagtail.images.models import Image
        from wagtail.models import UploadedFile

        from . import checks
        from .closed_pages import lay_index
        from .images import strip_metadata, strip_waiting

        checks.register()
        post_migrate.connect(lay_index, sender=self, dispatch_uid="index_of_closed_pages")
        pre_save.connect(strip_metadata, sender=Image, dispatch_uid="strip_metadata_of_uploads")
        pre_save.connect(strip_waiting, sender=UploadedFile, dispatch_uid="strip_metadata_of_waiting_uploads")
