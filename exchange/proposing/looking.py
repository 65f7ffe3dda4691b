"""What a proposal is made of, looked up for one reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from exchange.accounts.letters import absolute
from exchange.accounts.viewer import Viewer
from exchange.adoptions.reuse import reuse_of
from exchange.contacts.models import ContactPage
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.municipalities.models import Municipality

from .content import Own, Subject


def subjects(initiatives: Sequence[InitiativePage], viewer: Viewer) -> list[Subject]:
    """Each initiative with what the reader may see around it."""
    return [_subject(one, viewer) for one in initiatives]


def _subject(initiative: InitiativePage, viewer: Viewer) -> Subject:
    reuse = reuse_of(initiative, viewer)
    wanted = {use.contact for use in reuse.uses if use.contact} | {initiative.contact_id}
    contacts = list(ContactPage.objects.visible_to(viewer).filter(pk__in=wanted - {None}))
    lessons = LessonPage.objects.visible_to(viewer).filter(
        Q(related_initiatives__initiative=initiative) | Q(path__startswith=initiative.path, depth=initiative.depth + 1)
    )
    return Subject(
        initiative=initiative,
        reuse=reuse,
        lessons=tuple(lessons.distinct().order_by("pk")),
        contacts={one.municipality_id: _reach(one) for one in contacts},
        address=absolute(initiative.get_url() or ""),
        people=tuple(contacts),
    )


def _reach(contact: ContactPage) -> str:
    return ", ".join(filter(None, (contact.title, contact.team_mailbox, contact.phone)))


def own_of(viewer: Viewer) -> Own | None:
    """The reader's municipality; None for a visitor and for who looks after the platform."""
    place = Municipality.objects.own(viewer.municipalities)
    return Own(place.name, place.population) if place is not None and place.population is not None else None
