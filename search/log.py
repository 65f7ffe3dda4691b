"""What people ask, counted by week: what is looked for in vain is what the exchange lacks.

No account, address or time is kept, and a question that may name a person is not kept at all.
"""

from __future__ import annotations

import datetime
import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from .models import SearchedQuestion

logger = logging.getLogger(__name__)

LONGEST = 100
# How long questions are kept.
KEPT = datetime.timedelta(weeks=104)
# An address, a number as long as a phone or citizen number, or a date of birth: that is about somebody.
_ABOUT_SOMEBODY = re.compile(r"@|(?:\d[\s.-]?){7,}|\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")


def note(text: str, hits: int) -> None:
    """Count a question. Never in the way of its answer: if the database is busy it is not counted."""
    question = " ".join(text.lower().split())
    if not question or len(question) > LONGEST or _ABOUT_SOMEBODY.search(question):
        return
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    try:
        with transaction.atomic():
            counted, _ = SearchedQuestion.objects.get_or_create(week=monday, question=question)
            SearchedQuestion.objects.filter(pk=counted.pk).update(
                times=F("times") + 1, hits=hits, found_nothing=hits == 0
            )
    except DatabaseError as error:
        logger.warning("A question was not counted: %s", error)


def forget_old() -> int:
    """Remove questions that were kept long enough. Returns how many."""
    return SearchedQuestion.objects.filter(week__lt=timezone.localdate() - KEPT).delete()[0]
