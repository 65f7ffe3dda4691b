"""A form that is sent twice makes one thing: two clicks, a slow line, or a button pressed once more leads to the same.

Each form that makes something carries a key of its own (`OnceForm`). The database holds each key once, so that whoever
comes second waits for the first and gets what that one made.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone

from .models import SentForm, User

Made = TypeVar("Made", bound=models.Model)

# A form without a key is the same form where it says the same this soon again.
SOON = datetime.timedelta(minutes=1)
# After this nobody sends a page again that is still open somewhere.
KEPT = datetime.timedelta(days=30)


def new_key() -> str:
    return secrets.token_urlsafe(16)


class OnceForm(forms.Form):
    """A form that makes something once."""

    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_key)

    @property
    def has_key(self) -> bool:
        return bool(self.cleaned_data["once"])

    def digest(self, purpose: str) -> str:
        """What tells this form from others: its key or, where it came without, what it says."""
        data = cast(QueryDict, self.data)
        said: Any = self.cleaned_data["once"] or [
            sorted((name, data.getlist(name)) for name in data if name != "csrfmiddlewaretoken"),
            sorted((name, file.name, _digest(file)) for name, file in cast(Any, self.files).items()),
        ]
        return hashlib.sha256(json.dumps([purpose, said]).encode()).hexdigest()


def _digest(file: UploadedFile[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    file.seek(0)
    return digest


@transaction.atomic
def once(
    user: User, purpose: str, form: OnceForm, make: Callable[[], Made], there: models.QuerySet[Made]
) -> tuple[Made, bool]:
    """What this form makes; or what it made before, where that is still there.

    Args:
        purpose: what kind of thing is made: one key may be used for each.
        form: a valid form.
        there: where what was made is found.

    Returns:
        What was made, and whether that was now.
    """
    sent, _is_new = SentForm.objects.get_or_create(user=user, key=form.digest(purpose))
    sent = SentForm.objects.select_for_update().get(pk=sent.pk)
    counts = form.has_key or sent.sent_at > timezone.now() - SOON
    before = there.filter(pk=sent.made).first() if sent.made is not None and counts else None
    if before is not None:
        return before, False
    made = make()
    sent.made, sent.sent_at = made.pk, timezone.now()
    sent.save()
    return made, True


def forget_old() -> int:
    """Remove the keys of forms that nobody sends any more. Returns how many."""
    return SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()[0]
