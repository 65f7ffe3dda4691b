from django.apps import AppConfig
from django.db.models.signals import pre_save


class ContributionsConfig(AppConfig):
    name = "exchange.contributions"
    label = "contributions"

    def ready(self) -> None:
        from wagtail.images.models import Image

        from .images import strip_metadata

        pre_save.connect(strip_metadata, sender=Image, dispatch_uid="strip_metadata_of_uploads")
