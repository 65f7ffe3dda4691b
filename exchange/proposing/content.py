"""What a council proposal says, from initiatives and what others did with them. Pure: it looks nothing up."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.adoptions.reuse import Reuse
from exchange.adoptions.uses import Use
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import Licence
from exchange.contributions.text import plain_text
from exchange.initiatives.bands import Cost, Staff
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.municipalities.numbers import grouped
from exchange.municipalities.size import SizeClass, size_class

from .blocks import Block, Bullets, Document, Heading, Paragraph, Table

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True)
class Subject:
    """An initiative with what stands around it, as far as the reader may see it.

    Attributes:
        contacts: who can be called, by municipality code.
        people: the pages of those.
        address: of its page, whole.
    """

    initiative: InitiativePage
    reuse: Reuse
    lessons: tuple[LessonPage, ...]
    contacts: Mapping[str, str]
    address: str
    people: tuple[ContactPage, ...] = ()


@dataclass(frozen=True)
class Own:
    """The municipality that the proposal is for."""

    name: str
    population: int

    @property
    def size(self) -> SizeClass:
        return size_class(self.population)


def proposal(subjects: Sequence[Subject], own: Own | None, today: datetime.date, language: str) -> Document:
    """Write the proposal.

    Args:
        subjects: one or more initiatives.
        own: for whom; None for who has no municipality, then it is left open.
        language: of the words that are ours, `nl` or `en`.
    """
    title = _("Voorstel aan het college: %(title)s") % {"title": " / ".join(one.initiative.title for one in subjects)}
    level = 2 if len(subjects) == 1 else 3
    blocks: list[Block] = [Heading(title, 1), _about(own, today)]
    if any(one.initiative.municipality.is_invented for one in subjects):
        blocks.append(Paragraph(_("Voorbeeld: de gemeenten en hun verhalen in dit stuk zijn verzonnen.")))
    blocks += [
        Heading(_("Gevraagd besluit"), 2),
        Bullets(tuple(_decisions(subjects)), numbered=True),
        Paragraph(_("[Pas het besluit aan: bedrag, begin, wie verantwoordelijk is.]"), to_fill_in=True),
    ]
    for subject in subjects:
        if len(subjects) > 1:
            blocks.append(Heading(subject.initiative.title, 2))
        blocks += _body(subject, own, level)
    blocks += [
        Heading(_("Bronnen"), 2),
        _sources(subjects, today),
        Paragraph(_("Kosten en uren zijn in klassen, naar opgave. Dat het elders loopt, bewijst niets voor ons.")),
    ]
    return Document(title=title, language=LANGUAGES.get(language, language), blocks=tuple(blocks))


def _about(own: Own | None, today: datetime.date) -> Table:
    to_fill_in = _("[vul in]")
    place = to_fill_in
    if own is not None:
        place = _("%(name)s (%(number)s inwoners)") % {"name": own.name, "number": _number(own.population)}
    return Table(
        _("Gegevens van het voorstel"),
        (_("Gegeven"), _("Inhoud")),
        (
            (_("Gemeente"), place),
            (_("Datum"), date_format(today, "j F Y")),
            (_("Steller"), to_fill_in),
            (_("Portefeuillehouder"), to_fill_in),
        ),
    )


def _decisions(subjects: Sequence[Subject]) -> Iterable[str]:
    for one in subjects:
        named = {"title": one.initiative.title, "place": one.initiative.municipality.name}
        yield _("In te stemmen met het toepassen van '%(title)s', naar het voorbeeld van %(place)s.") % named
    yield _("Het college na een jaar te vertellen wat het opleverde.")


def _body(subject: Subject, own: Own | None, level: int) -> Iterable[Block]:
    page = subject.initiative
    yield Heading(_("Samenvatting"), level)
    yield Paragraph(page.summary)
    if page.licence == Licence.ALL_RIGHTS:
        yield Paragraph(_("De bron houdt alle rechten: lees de tekst daar. Hieronder staan alleen feiten."))
    else:
        for label, value in (
            (_("Probleem"), page.problem),
            (_("Aanpak"), page.approach),
            (_("Resultaat"), page.results),
        ):
            lines = _lines(value)
            if lines:
                yield Heading(label, level)
                yield from map(Paragraph, lines)
    yield from _list(_("Dit moet blijven"), subject.reuse.core_elements, level)
    yield from _list(_("Dit mag anders"), _lines(page.adaptable_elements), level)
    yield from _list(_("Wat er eerst moet zijn"), _lines(page.preconditions), level)
    yield Heading(_("Kosten en uren"), level)
    yield from _costs(subject, own)
    if subject.lessons:
        yield Heading(_("Wat anderen leerden"), level)
        yield Bullets(tuple(f"{one.title}. {one.summary}" for one in subject.lessons))
    yield Heading(_("Wie doet dit, en wie kun je bellen?"), level)
    yield from _who(subject)


def _list(label: str, items: Sequence[str], level: int) -> Iterable[Block]:
    if items:
        yield Heading(label, level)
        yield Bullets(tuple(items))


def _costs(subject: Subject, own: Own | None) -> Iterable[Block]:
    """The source's own bands, and those of who runs it: first those of our size."""
    page = subject.initiative
    uses = sorted(subject.reuse.running, key=lambda use: (own is None or use.size is not own.size, use.population))
    if own is not None:
        number = sum(use.size is own.size for use in uses)
        yield Paragraph(
            _("Het loopt in %(number)s andere gemeenten van onze grootte (%(size)s).")
            % {"number": number, "size": own.size.label}
        )
    source = (
        _("%(place)s (bron)") % {"place": page.municipality.name}, _number(page.municipality.population),
        page.get_staff_display(), page.get_cost_once_display(), page.get_cost_yearly_display(),
    )  # fmt: skip
    rows = [source, *((use.municipality, _number(use.population), *_bands(use)) for use in uses)]
    yield Table(
        _("Kosten en uren, naar opgave van de gemeenten"),
        (_("Gemeente"), _("Inwoners"), _("Uren van de gemeente"), _("Kosten, eenmalig"), _("Kosten per jaar")),
        tuple(tuple(cell or "–" for cell in row) for row in rows),
    )
    yield Paragraph(_("[Vul in: onze kosten, en waar het geld vandaan komt.]"), to_fill_in=True)


def _bands(use: Use) -> tuple[str, str, str]:
    return (
        str(Staff(use.staff).label) if use.staff else "",
        str(Cost(use.cost_once).label) if use.cost_once else "",
        str(Cost(use.cost_yearly).label) if use.cost_yearly else "",
    )


def _who(subject: Subject) -> Iterable[Block]:
    page = subject.initiative
    nobody = _("niet genoemd")
    rows = [
        (
            page.municipality.name, page.get_phase_display(), _("bron"),
            subject.contacts.get(page.municipality_id, nobody),
        ),
        *(
            (
                use.municipality, str(use.stage.label), str(use.result.label) if use.result else "–",
                subject.contacts.get(use.code, nobody),
            )
            for use in subject.reuse.uses
        ),
    ]  # fmt: skip
    yield Table(
        _("Wie het doet, deed of bekeek"),
        (_("Gemeente"), _("Hoe ver"), _("Resultaat"), _("Aanspreekpunt")),
        tuple(rows),
    )


def _sources(subjects: Sequence[Subject], today: datetime.date) -> Bullets:
    return Bullets(
        tuple(
            _("%(title)s, %(place)s. %(address)s. %(confirmed)s. Licentie: %(licence)s. Bekeken op %(today)s.")
            % {
                "title": one.initiative.title,
                "place": one.initiative.municipality.name,
                "address": one.address,
                "confirmed": _confirmed(one.initiative),
                "licence": one.initiative.get_licence_display(),
                "today": date_format(today, "j F Y"),
            }
            for one in subjects
        )
    )


def _confirmed(page: InitiativePage) -> str:
    if page.confirmed_at is None:
        return _("Nog niet bevestigd")
    return _("Bevestigd op %(day)s") % {"day": date_format(page.confirmed_at, "j F Y")}


def _lines(value: object) -> list[str]:
    return [line.strip() for line in plain_text(value).splitlines() if line.strip()]


def _number(number: int | None) -> str:
    return grouped(number) if number is not None else "–"
