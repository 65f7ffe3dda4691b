"""Every mail is one that mail servers and mail programs understand, and its links lead to this site."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from exchange.accounts.letters import Letter, Stranger, absolute, send
from exchange.accounts.models import User

pytestmark = pytest.mark.django_db
LONG = "Een zin zonder einde, " * 200
LETTER = Letter(
    subject="Kijk\neens: " + "é" * 120,
    paragraphs=("Eén <b>alinea</b> & meer.", LONG),
    button=("Kijk", "/zoeken/?q=a&b=c"),
)


@pytest.fixture(autouse=True)
def base_url(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://samenwijzer.example/"


def sent(outbox: list[EmailMultiAlternatives]) -> tuple[bytes, EmailMessage]:
    """The newest mail as it goes over the line, and as a mail program reads it."""
    raw = bytes(outbox[-1].message()).replace(b"\n", b"\r\n")
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return raw, read


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_mail_says_that_nobody_wrote_it_and_in_which_language(
    language: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    send(Stranger("ada@veldersloot.example", language), lambda: LETTER)
    _raw, read = sent(mailoutbox)
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == language
    assert read["Message-ID"]
    assert read["Date"]
    assert "List-Unsubscribe" not in read


def test_a_mail_has_a_text_and_then_the_same_as_html(mailoutbox: list[EmailMultiAlternatives]) -> None:
    send(Stranger("ada@veldersloot.example"), lambda: LETTER)
    raw, read = sent(mailoutbox)
    assert read.get_content_type() == "multipart/alternative"
    text, html = read.iter_parts()
    assert [text.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    assert "Eén <b>alinea</b> & meer." in text.get_content()
    assert "https://samenwijzer.example/zoeken/?q=a&b=c" in text.get_content()
    assert "Eén &lt;b&gt;alinea&lt;/b&gt; &amp; meer." in html.get_content()
    assert 'href="https://samenwijzer.example/zoeken/?q=a&amp;b=c"' in html.get_content()
    assert LONG.strip() in " ".join(text.get_content().split("\n"))
    assert not raw.replace(b"\r\n", b"").count(b"\n")


def test_no_line_is_longer_than_a_server_takes(mailoutbox: list[EmailMultiAlternatives]) -> None:
    send(Stranger("ada@veldersloot.example"), lambda: LETTER, {"List-Unsubscribe": f"<https://x.example/{'a' * 800}>"})
    raw, read = sent(mailoutbox)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert read["Subject"].strip() == "Kijk eens: " + "é" * 120


@pytest.mark.parametrize(
    "address",
    [
        "/over/?a=1#b",
        "http://localhost/over/?a=1#b",
        "https://elders.example/over/?a=1#b",
        "//elders.example/over/?a=1#b",
    ],
)
def test_every_link_leads_to_this_site(address: str) -> None:
    assert absolute(address) == "https://samenwijzer.example/over/?a=1#b"


def test_a_link_to_a_new_password_does_not_follow_who_asked(
    client: Client, settings: Settings, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    user = User.objects.create_user("ada@veldersloot.example", "een lang wachtwoord 12")
    client.post("/account/password/reset/", {"email": user.email}, headers={"Host": "kwaad.example"})
    _raw, read = sent(mailoutbox)
    for part in read.iter_parts():
        assert isinstance(part, EmailMessage)
        assert "https://samenwijzer.example/account/" in part.get_content()
        assert "kwaad.example" not in part.get_content()
