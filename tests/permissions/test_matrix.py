"""Every role times every action times every section, visibility and state: what happens is what the rules say."""

from __future__ import annotations

from itertools import product

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page

from exchange.accounts.models import Membership, User
from exchange.accounts.rights import Place
from exchange.contributions.attached import Attachment
from exchange.contributions.models import Contribution
from exchange.publishing import reading
from exchange.sections.opening import open_section
from search.projection import project_dirty
from tests.factories import InitiativeFactory, UserFactory
from tests.publishing.conftest import write

from . import table
from .document import document
from .probes import PROBES, Target
from .table import PEOPLE, PROBED, RULES, THINGS, Person, Thing

pytestmark = [pytest.mark.django_db, pytest.mark.once]

Sections = dict[Place, Page]
Targets = list[tuple[Thing, Contribution, str, int]]


def client_of(person: Person, sections: Sections) -> Client:
    client = Client(raise_request_exception=False)
    if person.held is None:
        return client
    user = UserFactory()
    place = person.held.place
    Membership.objects.create(
        user=user,
        role=person.held.role,
        municipality_id=place.municipality if place else None,
        department=sections[place] if place and place.department else None,
    )
    client.force_login(User.objects.get(pk=user.pk))
    return client


def make(thing: Thing, number: int, sections: Sections) -> tuple[Contribution, str, int]:
    """A contribution as the table wants it, with a document: the page, the document's address and its first version."""
    section = sections[thing.place].specific
    writer = UserFactory()
    page = InitiativeFactory(
        parent=section,
        title=f"Zeldzaam{number:02} zoekwoord{number:02} matrixding",
        visibility=thing.visibility,
        published=thing.live,
        owner=writer,
    )
    first = page.latest_revision_id
    collection = open_section(section).collection
    document = Document.objects.create(
        title=f"Stuk {number}", file=ContentFile(b"tekst", name=f"stuk-{number}.txt"), collection=collection
    )
    Attachment.objects.create(contribution=page, document=document)
    write(page, writer, summary="Een tweede versie.")
    if thing.live:
        Page.objects.get(pk=page.pk).specific.get_latest_revision().publish()
    page = Contribution.objects.get(pk=page.pk).specific
    if thing.waits:
        reading.offer(page, writer)
        page = Contribution.objects.get(pk=page.pk).specific
    return page, document.url, first


@pytest.fixture
def targets(sections: Sections) -> Targets:
    made = [(thing, *make(thing, number, sections)) for number, thing in enumerate(THINGS)]
    project_dirty()
    return made


@pytest.mark.parametrize("people", [PEOPLE[::2], PEOPLE[1::2]], ids=["one half of the people", "the other half"])
def test_what_happens_is_what_the_rules_say(people: tuple[Person, ...], sections: Sections, targets: Targets) -> None:
    differences, tried = [], 0
    for person in people:
        client = client_of(person, sections)
        seen: dict[str, str] = {}
        for action, (thing, page, document_url, first) in product(RULES, targets):
            if (action, thing) not in PROBED:
                continue
            state = page.current_workflow_task_state
            with transaction.atomic():
                target = Target(
                    client=client,
                    page=Contribution.objects.get(pk=page.pk).specific,
                    destination=Page.objects.get(pk=sections[table.destination(thing)].pk),
                    seen=seen,
                    task_state=state.pk if state else None,
                    old_revision=first,
                    document_url=document_url,
                )
                observed = PROBES[action](target)
                transaction.set_rollback(True)
            tried += 1
            if observed is not RULES[action](person, thing):
                differences.append(f"{person.name}, {action}, {thing}: {'works' if observed else 'is refused'}")
    assert not differences, "\n".join(differences)
    assert tried == len(PROBED) * len(people)


def test_each_rule_has_a_probe_and_is_met_both_ways() -> None:
    assert list(RULES) == list(PROBES)
    for rule in RULES.values():
        answers = {rule(person, thing) for person in PEOPLE for thing in THINGS}
        assert answers == {True, False}


def test_the_page_in_docs_is_made_from_this_table() -> None:
    assert (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8") == document()
