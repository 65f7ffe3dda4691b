from django.apps import AppConfig


class SectionsConfig(AppConfig):
    name = "exchange.sections"
    label = "sections"

    def ready(self) -> None:
        from wagtail.signals import post_page_move

        from .signals import page_moved

        post_page_move.connect(page_moved, dispatch_uid="place_moved_contributions")
