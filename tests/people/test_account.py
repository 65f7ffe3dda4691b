"""One's own account."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Person

pytestmark = pytest.mark.django_db


def test_choosing_a_language_changes_the_mails_too(client: Client, person: Person) -> None:
    member = person("member", "GM9901")
    client.force_login(member)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    member.refresh_from_db()
    assert member.language == "en"
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    member.refresh_from_db()
    assert member.language == "en"
