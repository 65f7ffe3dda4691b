"""Reminders: after three working days without an answer the readers get one more mail."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState

from exchange.accounts.letters import send

from . import letters
from .models import Reading, Reminder

WORKING_DAYS = 3
SATURDAY = 5


def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many working days lie after `start`, up to and with `end`. Weekends do not count; holidays do."""
    days = ((start + datetime.timedelta(days=day)) for day in range(1, (end - start).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)


def remind(today: datetime.date) -> int:
    """Remind the readers of every text that waits for three working days. Safe to repeat: each once.

    Returns:
        How many texts.
    """
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, reminder=None)
    reminded = 0
    for state in waiting.select_related("workflow_state"):
        task = state.task.specific
        started = timezone.localdate(state.started_at)
        if not isinstance(task, Reading) or working_days_between(started, today) < WORKING_DAYS:
            continue
        reminded += _remind(state, task)
    return reminded


@transaction.atomic
def _remind(state: TaskState, task: Reading) -> bool:
    _reminder, is_new = Reminder.objects.get_or_create(task_state=state)
    if is_new:
        page = state.workflow_state.content_object
        for reader in task.readers(page):
            send(reader, lambda: letters.still_waiting(page, state))
    return is_new
