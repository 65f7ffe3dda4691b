"""Whom a writer may name as contact, on a form of the site."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from exchange.accounts.models import User
from exchange.contributions.usable import usable_pages

from .models import ContactPage


def usable_contacts(user: User, municipalities: Collection[str]) -> QuerySet[ContactPage]:
    """The contacts of these municipalities that somebody may read or edit."""
    found: QuerySet[ContactPage] = ContactPage.objects.filter(
        municipality__in=municipalities, pk__in=usable_pages(user).values("pk")
    )
    return found
