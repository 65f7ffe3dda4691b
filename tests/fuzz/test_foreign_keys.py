"""A fuzzer for keys: as each role, through every form, with keys of what is for others in each field that takes one.

Nothing of it is told, and nothing of one's own comes to refer to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Revision

from exchange.accounts.models import Membership
from exchange.adoptions.models import AdoptionPage
from exchange.contributions.attached import Attachment
from exchange.contributions.models import Contribution
from exchange.following.models import ListItem
from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Committed, Person, SectionOf
from tests.factories import ContactFactory, InitiativeFactory, UserFactory
from tests.gate.world import picture

from .conftest import REQUESTS, SECRET
from .test_forms import STREAMS, Form, crawl, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = ["member", "author", "editor", "platform_editor"]
# Keys that nothing else has, so that finding one anywhere says that it was taken.
FIRST, FILES = 900_000, 950_000
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
# Besides hidden ones: what no database has, and what is no key at all.
WRONG = ["0", "-1", "99999999999999999999", "900000,900001", "[900000]", "x"]


@pytest.fixture
def foreign(section_of: SectionOf, committed: Committed) -> list[int]:
    """Hidden things of another municipality: pages of two kinds, a document, a picture and a person."""
    elsewhere = section_of("GM9910")
    collection = open_section(elsewhere).collection
    with connection.cursor() as cursor:
        # Pages cannot bring a key of their own; SQLite, where these tests run, counts on from here.
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'wagtailcore_page'", [FIRST])
    with committed():
        pages = [
            InitiativeFactory(parent=elsewhere, title=f"{SECRET} concept", published=False),
            InitiativeFactory(parent=elsewhere, title=f"{SECRET} eigen", visibility="own"),
            ContactFactory(parent=elsewhere, title=f"{SECRET} rol", published=False),
        ]
        document = Document.objects.create(
            pk=FILES, title=SECRET, file=ContentFile(b"x", name=f"{SECRET}.txt"), collection=collection
        )
        image = Image.objects.create(pk=FILES + 1, title=SECRET, file=picture(f"{SECRET}.png"), collection=collection)
        stranger = UserFactory(pk=FILES + 2, first_name=SECRET, last_name=SECRET, email="vreemd@elders.example")
        Membership.objects.create(user=stranger, municipality_id="GM9910", role="editor")
    return [*(page.pk for page in pages), document.pk, image.pk, stranger.pk]


@pytest.fixture
def starts(waterhoven: MunicipalityPage, person: Person, committed: Committed) -> list[str]:
    """Where somebody begins, and the editor of a page of every kind of their own."""
    writer = person("author", "GM9901")
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Inloop", owner=writer)
        draft = InitiativeFactory(parent=waterhoven, title="Concept", published=False, owner=writer)
        contact = ContactFactory(parent=waterhoven, user=writer)
    made = [f"/beheer/pages/{one.pk}/{view}/" for one in (page, draft, contact) for view in ("edit", "copy", "move")]
    new = [
        f"/beheer/pages/add/{kind}/{waterhoven.pk}/"
        for kind in ("initiatives/initiativepage", "contacts/contactpage", "adoptions/adoptionpage")
    ]
    return [*made, *new, f"/schrijven/{draft.pk}/", f"/toepassing/nieuw/{page.pk}/", "/", "/beheer/", "/schrijven/",
            "/lijsten/", f"/lijsten/erbij/{page.pk}/", "/volgen/", "/doe-mee/", "/account/", "/beheer/importeren/",
            "/mensen/GM9901/", "/beheer/pinnedresult/new/", "/zoeken/?q=inloop"]  # fmt: skip


def taken(keys: list[int]) -> Iterator[str]:
    """What refers to a foreign thing now, but for what is foreign itself."""
    own = Contribution.objects.exclude(pk__in=keys)
    if own.filter(image__in=keys).exists() or own.filter(confirmed_by__in=keys).exists():
        yield "a contribution"
    if InitiativePage.objects.exclude(pk__in=keys).filter(contact__in=keys).exists():
        yield "an initiative"
    if AdoptionPage.objects.filter(initiative__in=keys).exists():
        yield "an adoption"
    if Attachment.objects.exclude(contribution__in=keys).filter(document__in=keys).exists():
        yield "an attachment"
    if ListItem.objects.filter(contribution__in=keys).exists():
        yield "a list"
    for revision in Revision.objects.exclude(object_id__in=map(str, keys)):
        text = str(revision.content)
        if any(str(key) in text for key in keys):
            yield f"a version of {revision.object_str}"


def with_foreign_keys(form: Form, key: str, lots: random.Random) -> dict[str, Any]:
    """What the form would send, with a key in every field that may take one, or in one of them."""
    fields = [(name, kind, value) for name, kind, value in form.fields if kind not in ("submit", "button", "file")]
    takes = [name for name, kind, value in fields if _takes_a_key(name, kind, value, form)]
    chosen = takes if lots.random() < 0.5 or not takes else [lots.choice(takes)]
    data: dict[str, Any] = {name: value or "x" for name, _, value in fields if name not in takes}
    data |= {name: (form.choices.get(name) or [value])[0] for name, _, value in fields if name in takes}
    data |= dict.fromkeys(chosen, key)
    buttons = [(name, value) for name, kind, value in form.fields if kind in ("submit", "button")]
    data |= dict([lots.choice(buttons)]) if buttons else {}
    if form.action.startswith("/beheer/"):
        data |= {f"{name}-count": "0" for name in STREAMS}
        data |= {"attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "0", "attachments-0-document": key}
    return data


def _takes_a_key(name: str, kind: str, value: str, form: Form) -> bool:
    if name.endswith(MANAGEMENT):
        return False
    numbers = [one for one in form.choices.get(name, []) if one]
    return (
        kind in ("hidden", "number")
        or (bool(numbers) and all(one.isdecimal() for one in numbers))
        or (kind in ("radio", "checkbox") and value.isdecimal())
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_form_takes_or_tells_what_is_for_others(
    role: str, foreign: list[int], starts: list[str], person: Person
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(person(role, *([] if role == "platform_editor" else ["GM9901"])))
    cookies = copy(client.cookies)
    _, found = crawl(client, starts)
    forms = [form for form in found if form.method == "post"]
    assert forms
    assert not list(taken(foreign))
    lots = random.Random(f"{role} {REQUESTS}")
    for number in range(max(REQUESTS // 2, len(forms))):
        form = forms[number % len(forms)]
        key = lots.choice([*map(str, foreign), *WRONG])
        data = with_foreign_keys(form, key, lots)
        client.cookies = copy(cookies)
        with transaction.atomic():
            response = client.post(form.action, data)
            text = text_of(response)
            if response.status_code == 302:
                text += text_of(client.get("/beheer/" if role != "member" else "/account/"))
            accepted = list(taken(foreign)) if response.status_code in (200, 302) else []
            transaction.set_rollback(True)
        assert response.status_code < 500, (form.action, data)
        assert SECRET not in text, (form.action, data)
        assert not accepted, (form.action, data)


def test_the_fuzzer_would_see_a_key_that_was_taken(foreign: list[int], waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven, contact_id=foreign[2])
    assert {"an initiative", f"a version of {page.title}"} <= set(taken(foreign))
