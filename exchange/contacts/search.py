"""What search gets of a contact. Of one that another page names: `showing.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exchange.contributions.searchable import Field, Searchable, Text, Value
from exchange.contributions.text import plain_text

if TYPE_CHECKING:
    from .models import ContactPage


def _texts(page: ContactPage, looked_up: Any) -> Iterator[Text]:
    # Name and phone number are not searched: people are found by what they do.
    yield Text(Field.BODY, plain_text(page.questions))
    yield Text(Field.RELATED, page.get_contact_kind_display())
    if page.organisation is not None:
        yield Text(Field.RELATED, page.organisation.name)


def _values(page: ContactPage) -> list[Value]:
    return [("municipality", served.code) for served in page.service_area.all()]


SEARCH = Searchable(
    texts=_texts,
    values=_values,
    joined=("organisation",),
    prefetched=("service_area",),
    names=("organisation", "service_area"),
)
