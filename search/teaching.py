"""What platform editors teach search: the questions that found no answer, and the words that they add for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.http import urlencode
from wagtail.log_actions import log as log_action

from exchange.accounts.models import User
from exchange.accounts.viewer import Viewer
from exchange.auditing.models import Act
from exchange.auditing.noting import note
from exchange.themes.models import join_lines

from . import vocabulary
from .engines import engine
from .engines.question import Question
from .folding import fold
from .models import DismissedQuestion, SearchedQuestion, WordGroup
from .request import parse
from .results import Results

NOTHING, NEAR = "niets", "buurt"
# What a platform editor tries is what members find: not what one municipality keeps to itself.
TRIES = Viewer(is_platform_editor=True)
SHOWN = 10


@dataclass(frozen=True)
class Lesson:
    """That a word leads to another one; `is_both`: also the other way round."""

    word: str
    other: str
    is_both: bool = False

    @property
    def key(self) -> str:
        way = "both" if self.is_both else "one"
        return f"{WordGroup.PRESSED}{way}:{fold(self.word)}>{fold(self.other)}"

    def __str__(self) -> str:
        return f"{self.word} {'=' if self.is_both else '→'} {self.other}"


def unanswered(which: str = "") -> QuerySet[Any, Any]:
    """The questions that found no answer the last time, the most asked first.

    Args:
        which: only those that found nothing, or only those that found what comes near; else both.
    """
    nothing, near = Q(found_nothing=True), Q(only_near=True)
    open_now = {NOTHING: nothing, NEAR: near}.get(which, nothing | near)
    asked = SearchedQuestion.objects.exclude(question__in=DismissedQuestion.objects.values("question"))
    grouped = asked.order_by().values("question").annotate(
        asked=Sum("times"), last=Max("week"), since=Min("week", filter=nothing | near),
        last_open=Max("week", filter=open_now), last_nothing=Max("week", filter=nothing),
    )  # fmt: skip
    return grouped.filter(last_open=F("last")).order_by("-asked", "question")


def ask(question: str) -> Results:
    """What a question finds now, for members; it is not counted."""
    words = vocabulary.load()
    asked, _problems = parse(QueryDict(urlencode({"q": question, "page_size": str(SHOWN)})), words)
    return engine().answer(Question(asked, TRIES, words))


def is_only_near(results: Results) -> bool:
    """Was something found, and is nothing of it an answer to all of it? Where nothing is at a place, that is known."""
    places = vocabulary.load().gazetteer
    left_out = [word for word in results.unknown if not places.find((word,))]
    return results.count > 0 and (results.full == 0 or bool(left_out))


def try_again(question: str) -> Results:
    """Ask a question again, and note what it finds now: what has an answer leaves the list."""
    found = ask(question)
    last = SearchedQuestion.objects.filter(question=question).order_by("-week").first()
    if last is not None:
        SearchedQuestion.objects.filter(pk=last.pk).update(
            hits=found.count, found_nothing=found.count == 0, only_near=is_only_near(found)
        )
    return found


@transaction.atomic
def teach(lesson: Lesson, user: User) -> tuple[WordGroup, bool]:
    """Add a lesson as words of the editor's own, which count from the next question on. Twice is once.

    Returns:
        The words, and whether they are new.
    """
    words, leads_to = ([lesson.word, lesson.other], []) if lesson.is_both else ([lesson.word], [lesson.other])
    group, is_new = WordGroup.objects.get_or_create(
        key=lesson.key[:200], defaults={"words": join_lines(words), "leads_to": join_lines(leads_to)}
    )
    if is_new:
        log_action(instance=group, action="wagtail.create", user=user)
        note(Act.WORDS_ADDED, user, municipalities=(), title=str(lesson))
    return group, is_new


@transaction.atomic
def unteach(group: WordGroup, user: User) -> None:
    """Take words of an editor away again."""
    sign = "→" if group.leads_to else "="
    title = f" {sign} ".join([*group.word_list(), *group.leads_to_list()])
    log_action(instance=group, action="wagtail.delete", user=user)
    note(Act.WORDS_REMOVED, user, municipalities=(), title=title)
    group.delete()


@transaction.atomic
def dismiss(question: str, user: User) -> None:
    """Put a question away that is not for here."""
    if DismissedQuestion.objects.get_or_create(question=question)[1]:
        note(Act.QUESTION_DISMISSED, user, municipalities=(), title=question)


@transaction.atomic
def take_back(question: str, user: User) -> None:
    """Put a question back on the list."""
    if DismissedQuestion.objects.filter(question=question).delete()[0]:
        note(Act.QUESTION_BACK, user, municipalities=(), title=question)
