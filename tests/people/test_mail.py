"""Mail while the mail server is away: queued, sent later, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import Client
from post_office.models import STATUS, Email
from pytest_django import Settings

from exchange.accounts.letters import Letter, Stranger, send

pytestmark = pytest.mark.django_db


class Server(BaseEmailBackend):
    """A mail server that is away, or keeps what it gets."""

    is_away = True
    taken: list[str] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if Server.is_away:
            raise ConnectionRefusedError("no mail server")
        Server.taken += [f"{message.to[0]}: {message.subject}" for message in email_messages]
        return len(email_messages)


@pytest.fixture(autouse=True)
def server(settings: Settings) -> None:
    """The queue of production before a server of our own."""
    Server.is_away, Server.taken = True, []
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    settings.POST_OFFICE = settings.POST_OFFICE | {
        "BACKENDS": {"default": f"{__name__}.Server"},
        "DEFAULT_PRIORITY": "medium",
    }


def deliver() -> None:
    """What the worker does, after the pause between two attempts."""
    Email.objects.update(scheduled_time=None)
    call_command("send_queued_mail", processes=1, log_level=1)


def letter() -> Letter:
    return Letter(subject="Lees je mee?", paragraphs=("Het duurt even.",), button=("Lees mee", "/meelezen/1/"))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_waited_for_the_server_is_sent_once(transactional_db: None) -> None:
    send(Stranger("noor@waterhoven.example"), letter)
    for _ in range(3):
        deliver()
        assert Server.taken == []
        assert Email.objects.get().status == STATUS.requeued
    Server.is_away = False
    for _ in range(3):
        deliver()
    assert Server.taken == ["noor@waterhoven.example: Lees je mee?"]
    assert mail.outbox == []


def test_a_page_answers_while_the_server_is_away(client: Client) -> None:
    form = {"email": "noor@waterhoven.example", "first_name": "Noor", "last_name": "Verzonnen"}
    assert client.post("/doe-mee/", form).status_code == 302
    queued = Email.objects.get()
    assert (queued.to, queued.status) == (["noor@waterhoven.example"], STATUS.queued)
    assert "/account/confirm-email/" in queued.message
    assert "/account/confirm-email/" in queued.html_message
