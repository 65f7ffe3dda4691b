from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self) -> None:
        from . import checks, signals, vocabulary

        signals.connect()
        vocabulary.connect()
        checks.register()
