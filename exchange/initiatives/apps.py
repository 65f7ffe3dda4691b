from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "exchange.initiatives"
    label = "initiatives"
