"""Every link and button of the admin that somebody is shown leads somewhere: what the gate refuses is not shown."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.conftest import Person
from tests.factories import AdoptionFactory, ContactFactory, DepartmentFactory, InitiativeFactory, LessonFactory
from tests.gate.world import picture

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADMIN = "/beheer/"
# Steps from the first page; and how often one kind of page is looked at: the next theme is like the last.
DEPTH, OF_A_KIND = 4, 3
# What ends the visit.
ENDS = ("/uitloggen/", "/beheer/logout/", "/account/weg/")
# What begins a request with GET besides a link.
ATTRIBUTES = ("href", "data-href", "hx-get", "action")


def links(content: str, base: str) -> list[str]:
    """What a reader can follow: links, and the addresses that buttons and forms ask by GET."""
    soup, found = BeautifulSoup(content, "html.parser"), []
    for one in soup.find_all(["a", "button", "form"]):
        if one.name == "form" and str(one.get("method") or "get").lower() != "get":
            continue
        given = next((str(one[name]) for name in ATTRIBUTES if one.get(name)), "")
        address = urldefrag(urljoin(base, given)).url
        parts = urlsplit(address)
        if given and parts.netloc in ("", "testserver") and parts.scheme in ("", "http"):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def kind_of(address: str) -> str:
    """What is the same page about something else: by the name of the address, and what is asked of it."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return parts.path
    asked = re.sub(r"=[^&]*", "", parts.query)
    model = match.kwargs.get("content_type_model_name", "")
    return f"{match.view_name} {model} {asked}"


def dead_ends(client: Client) -> tuple[list[str], int]:
    """Follow what is shown from the front page of the admin. Gives what ended badly with where it was shown."""
    waiting, seen, kinds, dead = deque([(ADMIN, "", 0)]), {ADMIN}, Counter[str](), []
    while waiting:
        address, shown_at, depth = waiting.popleft()
        response = client.get(address)
        if response.status_code >= 400:
            dead.append(f"{response.status_code} {address} (on {shown_at})")
        is_page = response.status_code == 200 and "text/html" in response.get("Content-Type", "")
        if response.status_code in {301, 302}:
            following = [urljoin(address, response["Location"])]
        else:
            following = links(response.content.decode(), address) if is_page and not response.streaming else []
        for one in following:
            is_far = depth >= DEPTH or not one.startswith(ADMIN) or one.startswith(ENDS)
            if one in seen or is_far or kinds[kind_of(one)] >= OF_A_KIND:
                continue
            seen.add(one)
            kinds[kind_of(one)] += 1
            waiting.append((one, address, depth + 1))
    return dead, len(seen)


@pytest.fixture
def things(waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person) -> None:
    """Something of every kind, placed, a draft and waiting, in the own section and in another one."""
    department = DepartmentFactory(parent=waterhoven)
    open_section(department)
    writer = person("author", "GM9901")
    collection = open_section(waterhoven).collection
    Document.objects.create(title="Plan", file=ContentFile(b"plan", "plan.txt"), collection=collection)
    Image.objects.create(title="Beeld", file=picture("beeld.png"), collection=collection)
    for parent in (waterhoven, department, veldersloot):
        placed = InitiativeFactory(parent=parent, owner=writer)
        LessonFactory(parent=placed)
        ContactFactory(parent=parent)
        draft = InitiativeFactory(parent=parent, published=False, owner=writer)
        draft.save_revision(user=writer)
        waits = InitiativeFactory(parent=parent, published=False, owner=writer)
        waits.save_revision(user=writer)
        reading.offer(Page.objects.get(pk=waits.pk).specific, writer)
    AdoptionFactory(parent=waterhoven, initiative=InitiativeFactory(parent=veldersloot))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("role", ["author", "editor", "platform_editor", "administrator"])
def test_every_link_and_button_in_the_admin_leads_somewhere(
    things: None, person: Person, role: str, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    is_of_platform = role in {"platform_editor", "administrator"}
    user: User = person(role, None if is_of_platform else "GM9901")
    if not is_of_platform:
        InitiativeFactory(parent=MunicipalityPage.objects.get(municipality="GM9901"), published=False, owner=user)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    dead, number = dead_ends(client)
    assert not dead, "\n".join(dead)
    assert number > 50
