"""A draft that was offered, by one person, for another to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, TaskState

from exchange.accounts.models import User
from exchange.contributions.models import Contribution
from exchange.publishing import reading
from tests.factories import InitiativeFactory

Offered = Callable[..., TaskState]


def write(page: Page, user: User, **fields: Any) -> None:
    """Somebody makes a new version."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user)


def client_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(state: TaskState) -> Contribution:
    page: Contribution = Contribution.objects.get(pk=state.workflow_state.object_id)
    return page


@pytest.fixture
def offered() -> Offered:
    """`offered(section, author)`: a draft by somebody, offered by that person."""

    def make(section: Page, writer: User, **fields: Any) -> TaskState:
        page = InitiativeFactory(parent=section, published=False, owner=writer, **fields)
        write(page, writer)
        page = Page.objects.get(pk=page.pk).specific
        reading.offer(page, writer)
        state: TaskState = page.current_workflow_task_state
        return state

    return make
