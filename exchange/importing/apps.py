from typing import Any

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "exchange.importing"
    label = "importing"

    def ready(self) -> None:
        from exchange.people import account_data

        account_data.also("imports", _imports_of)


def _imports_of(user: Any) -> list[dict[str, str]]:
    return [{"file": one.name, "at": one.created_at.isoformat()} for one in user.uploads.defer("records")]
