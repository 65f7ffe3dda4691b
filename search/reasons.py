"""Why does this stand here? In words, for people: what of the question it has, and what moved it up. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Set

from django.utils.translation import gettext as _

from . import dutch
from .concepts import Concept, Plan
from .models import Entry
from .ranking import closeness, is_last, is_marked

MOST_WORDS = 5
# From here on it is said that a contribution is complete, or its municipality about as large as the reader's.
COMPLETE = 0.8
NEAR = 0.7


def reasons(
    entry: Entry,
    plan: Plan,
    own: int | None,
    today: datetime.date,
    *,
    has: Set[str],
    runs_here: bool = False,
    is_close: bool = False,
) -> Iterable[str]:
    """What of the question an entry has, and what moved it up.

    Args:
        entry: with its municipality and text.
        plan: what was looked for.
        own: inhabitants of the reader's municipality; None for a visitor.
        today: the day by which is judged what is still fresh.
        has: the stems that it has for this reader.
        runs_here: whether it runs in a municipality of the reader's own size.
        is_close: whether it is like the question in meaning.
    """
    concepts = (*plan.needed, *plan.extra)
    if concepts and plan.without is None:
        yield from _words(entry, concepts, has)
    # Of what has all the words, those say why.
    if is_close and not (concepts and all(_has(concept, has) for concept in concepts)):
        yield _("Lijkt hierop qua betekenis.")
    if entry.completeness >= COMPLETE:
        yield _("Deze bijdrage is volledig beschreven.")
    if entry.confirmed_at and not is_marked(entry.due_on, today):
        yield _("Er is op tijd bevestigd dat dit klopt.")
    if is_last(entry.due_on, today):
        yield _("Niemand bevestigde dit op tijd: daarom staat het onder al het andere.")
    elif is_marked(entry.due_on, today):
        yield _("Niemand bevestigde dit op tijd: daarom staat het lager.")
    if closeness(entry.municipality.population if entry.municipality else None, own) >= NEAR:
        yield _("Deze gemeente is ongeveer zo groot als die van jou.")
    if runs_here:
        yield _("Het loopt in een gemeente die ongeveer zo groot is als die van jou.")


def _has(concept: Concept, has: Set[str]) -> bool:
    return any(has >= set(one.stems) for one in concept.alternatives)


def _words(entry: Entry, concepts: Iterable[Concept], has: Set[str]) -> Iterable[str]:
    text = "\n".join([entry.title, entry.text.body, *(text for _name, text in entry.text.attachments)])
    elsewhere, missing = [], []
    written: dict[str, None] = {}
    for concept in concepts:
        if not _has(concept, has):
            missing.append(concept.text)
        elif found := dutch.find(text, concept.stems & has):
            written |= dict.fromkeys(text[one.start : one.end].lower() for one in found[:2])
        else:
            elsewhere.append(concept.text)
    if written:
        yield _("Hierin staat: %(words)s.") % {"words": ", ".join(list(written)[:MOST_WORDS])}
    if elsewhere:
        yield _("Past erbij door thema, doelgroep of gemeente: %(words)s.") % {"words": ", ".join(elsewhere)}
    if missing:
        yield _("Hierin staat niet: %(words)s.") % {"words": ", ".join(missing)}
