"""What readers see of themes and target groups changes at once, and nobody who looks after the platform misses it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from exchange.accounts.models import Membership, User
from exchange.themes.models import Theme
from tests.conftest import Committed, Person
from tests.factories import UserFactory
from tests.publishing.conftest import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(person: Person, settings: Settings) -> tuple[User, User]:
    settings.SECOND_FACTOR_REQUIRED = False
    return person("platform_editor"), person("platform_editor")


def told(user: User) -> list[str]:
    return [str(one.subject) for one in mail.outbox if one.to == [user.email]]


def change(user: User, theme: Theme, committed: Committed, text: str) -> None:
    """Through the form that the admin shows."""
    address = reverse("theme:edit", args=[theme.pk])
    client = client_for(user)
    context: Any = client.get(address).context_data
    form = context["form"]
    sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    with committed():
        assert client.post(address, {**sent, "description": text}).status_code == 302


def test_a_changed_theme_is_told_to_the_others_who_look_after_the_platform(
    keepers: tuple[User, User], person: Person, committed: Committed
) -> None:
    one, other = keepers
    administrator, editor = person("administrator"), person("editor", "GM9901")
    theme = Theme.objects.get(slug="sleutelpersonen")
    change(one, theme, committed, "Wie de weg wijst.")
    theme.refresh_from_db()
    assert theme.description == "Wie de weg wijst."
    assert told(other) == told(administrator) == [f"Veranderd: {theme}"]
    assert told(one) == told(editor) == []


def test_a_second_account_of_who_changed_it_counts_for_nothing(
    keepers: tuple[User, User], committed: Committed
) -> None:
    one, _other = keepers
    name, domain = one.email.split("@")
    twin = UserFactory(email=f"{name}+2@{domain}")
    Membership.objects.create(user=twin, role="platform_editor")
    change(one, Theme.objects.get(slug="sleutelpersonen"), committed, "Anders.")
    assert told(twin) == []
