"""Whom a mail in the queue is about, noted when it is put there: names in a text say too little and too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from post_office.models import Email
from wagtail.models import Page

from .models import MailAbout, User

# What the mail that is being queued is about; None: not by us.
_ABOUT: ContextVar[tuple[models.Model, ...] | None] = ContextVar("mail_about", default=None)


@contextmanager
def about(subjects: Iterable[models.Model]) -> Iterator[None]:
    """Mails that are queued inside are about these people and pages, and about nobody else."""
    token = _ABOUT.set(tuple(subjects))
    try:
        yield
    finally:
        _ABOUT.reset(token)


def mail_queued(instance: Email, created: bool, **kwargs: Any) -> None:
    """Note it; with one row more, that says that it was noted."""
    subjects = _ABOUT.get()
    if not created or subjects is None:
        return
    users = {one.pk for one in subjects if isinstance(one, User)}
    pages = {one.pk for one in subjects if isinstance(one, Page)}
    MailAbout.objects.bulk_create(
        [
            MailAbout(email_id=instance.pk),
            *(MailAbout(email_id=instance.pk, user_id=pk) for pk in sorted(users)),
            *(MailAbout(email_id=instance.pk, page_id=pk) for pk in sorted(pages)),
        ]
    )
