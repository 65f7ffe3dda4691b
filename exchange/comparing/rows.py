"""The same fields of several initiatives side by side. Pure: what may be shown is decided by who calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exchange.adoptions.uses import Use
from exchange.contacts.models import ContactPage
from exchange.contributions.text import first_sentences, plain_text
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.numbers import grouped

# So much of a long text is shown; the whole of it is one click away.
LONGEST = 400


@dataclass(frozen=True)
class Cell:
    """What one initiative says: lines of text, and an address where there is more."""

    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One field of all initiatives, in their order."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.lines for cell in self.cells)


def rows(
    initiatives: Sequence[InitiativePage],
    contacts: Mapping[int, ContactPage],
    running: Mapping[int, Sequence[Use]],
) -> list[Row]:
    """Every field that at least one of them fills.

    Args:
        initiatives: those to compare, with their municipality.
        contacts: the contacts that the reader may see, by id.
        running: where others run it, as far as the reader may see that; by initiative.
    """
    found = [
        Row(_("Gemeente"), _each(initiatives, lambda page: [page.municipality.name, *_size(page)])),
        Row(_("Fase"), _each(initiatives, lambda page: [page.get_phase_display(), page.stopped_reason])),
        Row(_("In het kort"), _each(initiatives, lambda page: [page.summary])),
        Row(_("Probleem"), _each(initiatives, lambda page: [_short(page.problem)])),
        Row(_("Dit moet blijven"), _each(initiatives, lambda page: _lines(page.core_elements))),
        Row(_("Dit mag anders"), _each(initiatives, lambda page: _lines(page.adaptable_elements))),
        Row(_("Wat er eerst moet zijn"), _each(initiatives, lambda page: _lines(page.preconditions))),
        Row(_("Kosten, eenmalig"), _each(initiatives, lambda page: [page.get_cost_once_display()])),
        Row(_("Kosten per jaar"), _each(initiatives, lambda page: [page.get_cost_yearly_display()])),
        Row(_("Uren van de gemeente"), _each(initiatives, lambda page: [page.get_staff_display()])),
        Row(_("Tijd tot de start"), _each(initiatives, lambda page: [page.get_lead_time_display()])),
        Row(
            _("Kleinste gemeente waar dit kan (schatting van de maker)"),
            _each(initiatives, lambda page: [page.get_smallest_size_display()]),
        ),
        Row(_("Samen in de regio"), _each(initiatives, lambda page: [page.regional_part])),
        Row(_("Loopt ook in"), _each(initiatives, lambda page: [_use(use) for use in running.get(page.pk, ())])),
        Row(_("Resultaat"), _each(initiatives, lambda page: [_short(page.results)])),
        Row(_("Gemaakt samen met"), _each(initiatives, lambda page: page.made_with_labels())),
        Row(_("Waar het geld vandaan komt"), _each(initiatives, lambda page: [page.funding_sources])),
        Row(_("Wie kun je bellen?"), tuple(_contact(contacts.get(page.contact_id or 0)) for page in initiatives)),
    ]
    return [row for row in found if not row.is_empty]


def _each(initiatives: Sequence[InitiativePage], read: Callable[[InitiativePage], Iterable[str]]) -> tuple[Cell, ...]:
    return tuple(Cell(tuple(line for line in read(page) if line)) for page in initiatives)


def _use(use: Use) -> str:
    """Where, how large and with what result."""
    size = f"{use.municipality} ({grouped(use.population)})"
    return f"{size}: {use.result.label}" if use.result else size


def _size(page: InitiativePage) -> list[str]:
    size = page.municipality.size
    return [str(size.label)] if size else []


def _short(value: object) -> str:
    return first_sentences(plain_text(value), LONGEST)


def _lines(value: Iterable[Any]) -> list[str]:
    return [plain_text(block.value) for block in value]


def _contact(contact: ContactPage | None) -> Cell:
    return Cell((contact.title,), contact.get_url() or "") if contact is not None else Cell()
