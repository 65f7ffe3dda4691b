from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "exchange.importing"
    label = "importing"
