from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "exchange.contributions"
    label = "contributions"
