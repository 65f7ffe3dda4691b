"""What a page that names a contact shows of it, in search: the role leads to that page too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exchange.contributions.choices import Visibility
from exchange.contributions.searchable import Audience, Field, Text

from .models import ContactPage


def placed_contacts(pages: Sequence[Any]) -> frozenset[int]:
    """Those contacts of these pages that are placed: of others nothing may show."""
    named = {page.contact_id for page in pages} - {None}
    placed = ContactPage.objects.for_all_it_may_reach().filter(pk__in=named)
    return frozenset(placed.values_list("pk", flat=True)) if named else frozenset()


def role_of(contact: ContactPage | None, placed: frozenset[int]) -> Iterable[Text]:
    """The role of a contact, for those who may see that contact."""
    if contact is None or contact.pk not in placed or contact.visibility == Visibility.OWN:
        return ()
    audience = Audience.PUBLIC if contact.visibility == Visibility.PUBLIC else Audience.MEMBERS
    return (Text(Field.RELATED, contact.title, audience),)
