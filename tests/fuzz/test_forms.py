"""A fuzzer for forms: as each role, through every form that the site shows, with whatever people and robots send.

Nothing may end in an error of ours, and what a role may not see shows in no answer.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person, SectionOf
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

from .conftest import REQUESTS, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROLES = ["visitor", "member", "author", "editor", "platform_editor", "administrator"]
# So many pages are looked through for forms and links.
PAGES = 120
NASTY = [
    "", " ", "0", "-1", "1e999", "99999999999999999999", "true", "null", "None", "[]", "{}", "[[1]]", "\x00", "\u202e",
    "é" * 300, "x" * 5000, "<script>alert(1)</script>", "'; DROP TABLE x;--", "{{ 7*7 }}", "../../etc/passwd", "%00",
    "https://elders.example/", "javascript:alert(1)", "//elders.example", "31-02-2026", "2026-13-45", "12:99",
    '{"blocks": 1}', "GM9901", "GM9910", "wmo", "on", "\U0001f600", "=1+1", "\r\nSet-Cookie: a=b", "0x10", "1,5",
]  # fmt: skip
STREAMS = (
    "problem", "approach", "results", "core_elements", "adaptable_elements", "preconditions", "recognitions",
)  # fmt: skip
FILES = [
    ("leeg.docx", b""), ("plaatje.png", b"\x89PNG\r\n\x1a\n"), ("plan.pdf", b"%PDF-1.4"), ("x", b"x" * 10_000),
    ("lijst.csv", b"title;text\na;b\n"), ("lijst.csv", b"\xff\xfe\x00"), ("\u202egnp.exe", b"MZ"),
    ("plaatje.svg", b"<svg onload='x'/>"),
]  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A form as a page shows it: where it goes, how, and its fields with what stands in them."""

    action: str
    method: str
    fields: tuple[tuple[str, str, str], ...]
    choices: dict[str, list[str]] = field(default_factory=dict, compare=False, hash=False)


def links_in(soup: BeautifulSoup, base: str) -> Iterator[str]:
    for link in soup.find_all("a", href=True):
        address = urldefrag(urljoin(base, str(link["href"]))).url
        parts = urlsplit(address)
        if parts.netloc in ("", "testserver") and not parts.path.startswith(("/static/", "/media/")):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def forms_in(soup: BeautifulSoup, base: str) -> Iterator[Form]:
    for form in soup.find_all("form"):
        fields, choices = [], {}
        for one in form.find_all(["input", "select", "textarea", "button"]):
            name = str(one.get("name") or "")
            if name and name != "csrfmiddlewaretoken":
                fields.append((name, str(one.get("type") or one.name), _value(one)))
                if one.name == "select":
                    choices[name] = [str(option.get("value", "")) for option in one.find_all("option")]
        action = urlsplit(urljoin(base, str(form.get("action") or "")))
        if action.netloc in ("", "testserver"):
            yield Form(action.path, str(form.get("method") or "get").lower(), tuple(fields), choices)


def _value(one: Tag) -> str:
    return str(one.get("value") or "") if one.name != "textarea" else one.get_text()


def crawl(client: Client, starts: list[str]) -> tuple[list[str], list[Form]]:
    """The addresses and forms that somebody finds by clicking. Pages of the same kind are looked at a few times."""
    seen: dict[str, None] = {}
    forms: dict[Form, None] = {}
    queue = list(starts)
    kinds: dict[str, int] = {}
    while queue and len(seen) < PAGES:
        address = queue.pop(0)
        kind = "".join("#" if letter.isdigit() else letter for letter in urlsplit(address).path)
        if address in seen or kinds.get(kind, 0) >= 3:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        seen[address] = None
        response = client.get(address)
        assert response.status_code < 500, address
        if response.status_code == 200 and "html" in response.headers.get("Content-Type", ""):
            soup = BeautifulSoup(response.content, "html.parser")
            forms |= dict.fromkeys(forms_in(soup, address))
            queue += links_in(soup, address)
    return list(seen), list(forms)


def filled(form: Form, lots: random.Random) -> dict[str, Any]:
    """Mostly what the form offers, with something wrong here and there."""
    data: dict[str, Any] = {}
    for name, kind, value in form.fields:
        if lots.random() < 0.1 or (kind in {"submit", "button", "checkbox", "radio"} and lots.random() < 0.5):
            continue
        if kind == "file":
            file, content = lots.choice(FILES)
            data[name] = SimpleUploadedFile(file, content)
        elif lots.random() < 0.4:
            data[name] = lots.choice(NASTY)
        else:
            data[name] = lots.choice(form.choices.get(name) or [value])
    if form.method == "post" and form.action.startswith("/beheer/") and lots.random() < 0.8:
        # What the editor's script adds; without it Wagtail reads no further.
        data |= {f"{name}-count": "0" for name in STREAMS}
    if lots.random() < 0.2:
        data[lots.choice(["next", "page", "pk", "action", "id", "theme", "base"])] = lots.choice(NASTY)
    return data


def text_of(response: Any) -> str:
    content: bytes = response.getvalue()
    return content.decode("utf-8", "replace")


@pytest.fixture
def site(waterhoven: MunicipalityPage, section_of: SectionOf, person: Person, committed: Committed) -> list[str]:
    """Something of every kind, and what is only for others. Returns addresses that no link leads to."""
    elsewhere = section_of("GM9910")
    writer = person("author", "GM9901")
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Inloop", owner=writer)
        LessonFactory(parent=page)
        contact = ContactFactory(parent=waterhoven, user=writer)
        draft = InitiativeFactory(parent=waterhoven, title="Concept", published=False, owner=writer)
        draft.save_revision(user=writer)
        waiting = InitiativeFactory(parent=waterhoven, title="Wacht", published=False, owner=writer)
        waiting.save_revision(user=writer)
        waiting.refresh_from_db()
        reading.offer(waiting, writer)
        hidden = InitiativeFactory(parent=elsewhere, title=SECRET, published=False)
        own = InitiativeFactory(parent=elsewhere, title=f"{SECRET} eigen", visibility="own")
    addresses = ["/", "/zoeken/?q=inloop", "/schrijven/", "/beheer/", "/doe-mee/", "/account/", "/meelezen/", own.url]
    for pk in (page.pk, draft.pk, waiting.pk, contact.pk, hidden.pk, own.pk):
        addresses += [
            f"/beheer/pages/{pk}/edit/",
            f"/schrijven/{pk}/",
            f"/beheer/pages/{pk}/history/",
            f"/meelezen/{pk}/",
        ]
    return [*addresses, "/beheer/importeren/", "/mensen/GM9901/", "/logboek/GM9901/", "/beheer/documents/add/"]


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_and_none_tells_what_is_not_for_you(role: str, site: list[str], person: Person) -> None:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(person(role, *([] if role in {"platform_editor", "administrator"} else ["GM9901"])))
    cookies = copy(client.cookies)
    addresses, forms = crawl(client, site)
    assert forms
    lots = random.Random(f"{role} {REQUESTS}")
    tried: set[int] = set()
    for number in range(REQUESTS):
        form = forms[number % len(forms)]
        data = filled(form, lots)
        if lots.random() < 0.15:
            form = Form(lots.choice(addresses).partition("?")[0], lots.choice(["get", "post"]), form.fields)
        client.cookies = copy(cookies)
        # What a form does is undone: the next one finds the site as it was.
        with transaction.atomic():
            response = (client.post if form.method == "post" else client.get)(form.action, data)
            text = text_of(response)
            transaction.set_rollback(True)
        tried.add(response.status_code)
        assert response.status_code < 500, (form.method, form.action, data)
        if role != "administrator":
            # What was sent may come back; nothing of ours.
            assert SECRET not in text, (form.method, form.action, data)
    assert {200, 302} <= tried


def test_the_fuzzer_would_see_a_leak_and_a_crash(site: list[str], person: Person) -> None:
    client = Client()
    client.force_login(person("administrator"))
    addresses, forms = crawl(client, site)
    assert any(SECRET in text_of(client.get(address)) for address in addresses)
    assert len({form.action for form in forms}) > 10
    assert io.BytesIO(dict(FILES)["plan.pdf"]).read(4) == b"%PDF"
