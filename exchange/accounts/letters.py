"""Mails: what they say is data, how they look (text and HTML) is made from it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page

from .mailed import about

# No holiday answer comes back to a mail that says nobody wrote it (RFC 3834; Exchange has a header of its own).
USUAL = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True)
class Letter:
    """A mail. `button`: a label and an address, of the site (`/doe-mee/`) or whole."""

    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    # After the button: what to do when it was not you, until when a link works.
    after: tuple[str, ...] = ()
    # The people that it names and the pages that it is about: it goes where they go.
    about: tuple[models.Model | None, ...] = ()


class Receiver(Protocol):
    """Somebody who gets mail: a user, or who was invited."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Stranger:
    """A receiver without an account."""

    email: str
    language: str = settings.LANGUAGE_CODE


def absolute(address: str) -> str:
    """The whole address of a page of this site, by BASE_URL.

    Also where it came whole: Wagtail's follows its own table of sites, and one made from a request follows the name
    that somebody asked for, whoever that was.
    """
    where = urlsplit(address)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + urlunsplit(("", "", where.path, where.query, where.fragment))


def address_of(page: Page) -> str:
    """The whole address of a page. Wagtail's own says what its row of the site says, or who asked for a page."""
    parts = page.get_url_parts()
    return absolute(parts[2] if parts else "/")


def send(receiver: Receiver, write: Callable[[], Letter], headers: Mapping[str, str] | None = None) -> None:
    """Put a mail in the queue, in the language of who gets it. Within a transaction it goes with that transaction.

    Args:
        headers: of the mail itself, beside the usual ones.
    """
    with translation.override(receiver.language):
        letter = write()
        context = {
            "letter": letter,
            "site": settings.WAGTAIL_SITE_NAME,
            "address": absolute(letter.button[1]) if letter.button else "",
            "label": letter.button[0] if letter.button else "",
            "base": settings.WAGTAILADMIN_BASE_URL,
            "language": receiver.language,
        }
        message = EmailMultiAlternatives(
            " ".join(letter.subject.split()),
            render_to_string("letters/letter.txt", context),
            to=[receiver.email],
            headers={**USUAL, "Content-Language": receiver.language, **(headers or {})},
        )
        message.attach_alternative(render_to_string("letters/letter.html", context), "text/html")
    with about(one for one in letter.about if one is not None):
        message.send()
