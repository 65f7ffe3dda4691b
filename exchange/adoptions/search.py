"""What search gets of an adoption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exchange.contacts.showing import placed_contacts, role_of
from exchange.contributions.searchable import Field, Searchable, Text, Value
from exchange.contributions.text import plain_text
from exchange.initiatives.bands import BANDS, PHASE, values_of

from .choices import PHASES, Stage

if TYPE_CHECKING:
    from .models import AdoptionPage

_BODY = ("elements", "adaptations", "regional_part", "result_note", "help_received", "reason_note")


def _texts(page: AdoptionPage, placed: frozenset[int]) -> Iterator[Text]:
    for name in _BODY:
        yield Text(Field.BODY, plain_text(getattr(page, name)))
    yield Text(Field.BODY, page.get_stage_display())
    yield Text(Field.BODY, page.get_reason_display())
    yield from role_of(page.contact, placed)


def _values(page: AdoptionPage) -> list[Value]:
    return [("phase", PHASES.get(Stage(page.stage), "")), *values_of(page)]


SEARCH = Searchable(
    texts=_texts,
    values=_values,
    filters=(PHASE, *BANDS),
    look_up=placed_contacts,
    joined=("contact",),
    shows=("contact",),
)
