"""What search gets of an initiative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exchange.contacts.showing import placed_contacts, role_of
from exchange.contributions.searchable import Field, Searchable, Text, Value
from exchange.contributions.text import plain_text

from .bands import BANDS, PHASE, values_of

if TYPE_CHECKING:
    from .models import InitiativePage

_BODY = (
    "problem", "approach", "results", "trust", "core_elements", "adaptable_elements", "preconditions",
    "regional_part", "funding_sources", "stopped_reason", "would_work_when", "recognitions",
)  # fmt: skip


def _texts(page: InitiativePage, placed: frozenset[int]) -> Iterator[Text]:
    for name in _BODY:
        yield Text(Field.BODY, plain_text(getattr(page, name)))
    for partner in page.partners.all():
        yield Text(Field.RELATED, f"{partner.organisation.name} {partner.role}")
    yield from role_of(page.contact, placed)


def _values(page: InitiativePage) -> list[Value]:
    return [("phase", page.phase), *values_of(page)]


SEARCH = Searchable(
    texts=_texts,
    values=_values,
    filters=(PHASE, *BANDS),
    look_up=placed_contacts,
    joined=("contact",),
    prefetched=("partners__organisation",),
    shows=("contact",),
    names=("partners__organisation",),
)
