"""What people ask, counted by week: what is looked for in vain is what the exchange lacks.

No account, address or time is kept, and a question that may name a person is not kept at all. How much a week may keep
has an end, so that nobody fills the database with questions; visitors reach it before members do.
"""

from __future__ import annotations

import datetime
import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from exchange.contributions import privacy

from .models import DismissedQuestion, SearchedQuestion

logger = logging.getLogger(__name__)

LONGEST = 100
# How long questions are kept.
KEPT = datetime.timedelta(weeks=104)
# Different questions in one week: of visitors, and then only of who signed in.
MOST = 3000
MOST_OF_MEMBERS = 5000
# An address, a number as long as a phone or citizen number, or a date of birth: that is about somebody.
_ABOUT_SOMEBODY = re.compile(r"@|(?:\d[\s.-]?){7,}|\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")


def note(text: str, hits: int, *, only_near: bool = False, by_member: bool = False) -> None:
    """Count a question. Never in the way of its answer: if the database is busy it is not counted.

    Args:
        only_near: nothing that was found has all that was asked.
    """
    question = " ".join(text.lower().split())
    if not question or len(question) > LONGEST or _may_name_somebody(question):
        return
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    try:
        with transaction.atomic():
            counted = _row(monday, question, MOST_OF_MEMBERS if by_member else MOST)
            if counted is None:
                return
            SearchedQuestion.objects.filter(pk=counted.pk).update(
                times=F("times") + 1, hits=hits, found_nothing=hits == 0, only_near=only_near
            )
    except DatabaseError as error:
        logger.warning("A question was not counted: %s", error)


def is_about_somebody(text: str) -> bool:
    """Is there an address, a long number or a date of birth in it?"""
    return bool(_ABOUT_SOMEBODY.search(text))


def _may_name_somebody(question: str) -> bool:
    """Does the privacy check see something in it? Who searches writes without capitals: it reads it with them too."""
    written = (question, " ".join(word.capitalize() for word in question.split()), question.upper())
    return bool(is_about_somebody(question) or privacy.check(("", text) for text in written))


def _row(monday: datetime.date, question: str, most: int) -> SearchedQuestion | None:
    """The row of a question in its week, made where there is room for one more."""
    of_the_week = SearchedQuestion.objects.filter(week=monday)
    known = of_the_week.filter(question=question).first()
    if known is not None or of_the_week.count() >= most:
        return known
    return SearchedQuestion.objects.get_or_create(week=monday, question=question)[0]


def forget_old() -> int:
    """Remove questions that were kept long enough, and what was said of them. Returns how many questions."""
    removed = SearchedQuestion.objects.filter(week__lt=timezone.localdate() - KEPT).delete()[0]
    DismissedQuestion.objects.exclude(question__in=SearchedQuestion.objects.values("question")).delete()
    return removed
