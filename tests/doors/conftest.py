"""A copy of the test's database, for what really has to happen at once: threads with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from exchange.accounts.models import User

AT_ONCE = 8
Together = Callable[..., list[int]]


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything that is written is committed and seen by other connections; afterwards it is gone."""
    if connection.vendor != "postgresql":
        pytest.skip("Real threads are tried on PostgreSQL: `make test-postgresql`.")
    settings = connections["default"].settings_dict
    name = settings["NAME"]
    copy = f"{name}_copy"
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        settings["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            settings["NAME"] = name
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
            connections.close_all()


@pytest.fixture
def together(own_database: None) -> Together:
    """`together(user, address, data)`: eight posts of the same form at the same moment. Gives their status codes."""

    def send(user: User | None, address: str, data: Any) -> list[int]:
        clients = [Client(raise_request_exception=False) for _number in range(AT_ONCE)]
        for client in clients:
            if user is not None:
                client.force_login(user)
        start, answers = threading.Barrier(AT_ONCE), []

        def post(client: Client) -> None:
            try:
                start.wait()
                sent = data() if callable(data) else data
                answers.append(client.post(address, sent).status_code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=post, args=[client]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(answers)

    return send
