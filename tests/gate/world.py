"""What the matrix of addresses looks for: things of every section in every state, each with secrets of its own."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO
from itertools import product

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Revision, TaskState, WorkflowState

from exchange.accounts.models import Membership, User
from exchange.accounts.rights import Action, Place
from exchange.contributions.attached import Attachment
from exchange.contributions.models import Contribution
from exchange.publishing import reading
from exchange.sections.opening import open_section
from tests.factories import InitiativeFactory, UserFactory
from tests.permissions.table import ELSEWHERE, OWN, WHOLE, Person
from tests.publishing.conftest import write

STATES = ("draft", "own", "waiting", "scheduled", "public")
THINGS = tuple(product((WHOLE, OWN, ELSEWHERE), STATES))


@dataclass(frozen=True)
class Thing:
    """A contribution with its files and its writer, and the words that betray it."""

    number: int
    place: Place
    state: str
    page: Contribution
    document: Document
    image: Image
    writer: User
    task: TaskState | None
    workflow: WorkflowState | None
    section: Page
    collection: int

    @property
    def word(self) -> str:
        """In its title, keyword and summary, and in the names of its files."""
        return f"geheim{self.number:02}"

    @property
    def name(self) -> str:
        """In the name and the address of who wrote it."""
        return f"naam{self.number:02}"

    def is_known_to(self, person: Person) -> bool:
        """May somebody know that it is there?"""
        place = person.held.place if person.held else None
        is_own = self.state == "own" and place is not None and place.municipality == self.place.municipality
        return self.is_for(person) or self.state == "public" or is_own

    def is_for(self, person: Person) -> bool:
        """Is it of the section of somebody who writes?"""
        return person.may(Action.EDIT, self.place)

    def __str__(self) -> str:
        return f"{self.place.municipality}/{self.place.department or '-'} {self.state}"


def picture(name: str) -> ContentFile[bytes]:
    data = BytesIO()
    Pillow.new("RGB", (20, 20), (10, 120, 90)).save(data, "PNG")
    return ContentFile(data.getvalue(), name=name)


def make(number: int, place: Place, state: str, section: Page) -> Thing:
    """One of them, written by somebody of that section."""
    word, name = f"geheim{number:02}", f"naam{number:02}"
    specific = section.specific
    opened = open_section(specific)
    writer = UserFactory(email=f"{name}@waterhoven.example", first_name="Noor", last_name=name)
    department = section if place.department else None
    Membership.objects.create(user=writer, municipality_id=place.municipality, department=department, role="author")
    image = Image.objects.create(title=f"{word} beeld", file=picture(f"{word}.png"), collection=opened.collection)
    page = InitiativeFactory(
        parent=specific,
        title=f"{word} titel",
        summary=f"{word} samenvatting",
        keywords=[f"{word}woord"],
        visibility="own" if state == "own" else "public",
        published=state in ("own", "public"),
        owner=writer,
        image=image,
    )
    document = Document.objects.create(
        title=f"{word} stuk", file=ContentFile(b"tekst", name=f"{word}.txt"), collection=opened.collection
    )
    Attachment.objects.create(contribution=page, document=document)
    for file in (document, image):
        file.tags.add(f"{word}woord")
    write(page, writer, summary=f"{word} tweede samenvatting")
    page = Contribution.objects.get(pk=page.pk).specific
    if state == "waiting":
        reading.offer(page, writer)
    elif state == "scheduled":
        soon = timezone.now() + datetime.timedelta(days=30)
        Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=soon)
    page = Contribution.objects.get(pk=page.pk).specific
    return Thing(
        number, place, state, page, document, image, writer, page.current_workflow_task_state,
        page.current_workflow_state, section, opened.collection.pk,
    )  # fmt: skip


def fingerprint(thing: Thing) -> tuple[object, ...]:
    """Everything of a thing that a request could change."""
    pages = Page.objects.filter(pk=thing.page.pk)
    return (
        list(
            pages.values_list(
                "title", "slug", "draft_title", "path", "live", "locked", "owner", "latest_revision", "expired",
                "has_unpublished_changes", "go_live_at", "alias_of",
            )
        ),
        list(Document.objects.filter(pk=thing.document.pk).values_list("title", "file", "collection")),
        list(Image.objects.filter(pk=thing.image.pk).values_list("title", "file", "collection")),
        list(User.objects.filter(pk=thing.writer.pk).values_list("email", "is_active", "last_name")),
        list(Membership.objects.filter(user=thing.writer).values_list("role", "municipality", "department")),
        list(TaskState.objects.filter(pk=thing.task.pk if thing.task else 0).values_list("status")),
        list(Contribution.objects.filter(pk=thing.page.pk).values_list("visibility", "summary", "image")),
        Revision.objects.filter(object_id=str(thing.page.pk)).exclude(approved_go_live_at=None).count(),
        sorted(Attachment.objects.filter(contribution=thing.page.pk).values_list("document", "title")),
        thing.section.get_descendants().count(),
        Document.objects.filter(collection=thing.collection).count(),
        Image.objects.filter(collection=thing.collection).count(),
    )  # fmt: skip
