"""Somebody showed that a mailbox is theirs, or signed in: they get what waits for that address."""

from typing import Any

from allauth.account.models import EmailAddress

from exchange.accounts.models import User

from .joining import welcome


def address_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    welcome(email_address.user)


def signed_in(user: User, **kwargs: Any) -> None:
    welcome(user)
