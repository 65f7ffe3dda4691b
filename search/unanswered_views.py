"""`/beheer/zonder-antwoord/`: questions that found no answer, with proposals, and one press to add words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from exchange.accounts.doors import keeps_platform
from exchange.accounts.viewer import signed_in
from exchange.clean_text import clean_line

from . import log, teaching
from .known_words import DatabaseKnownWords
from .lexicon import LONGEST, stems_of
from .models import DismissedQuestion, SearchedQuestion, WordGroup
from .nearest import Near, nearest, read_terms, witnesses
from .rarity import in_dutch
from .request import Word, parse_words
from .teaching import NEAR, NOTHING, Lesson

# Few on a page: each comes with proposals.
PAGE = 10
PROPOSALS = 6
PUT_AWAY = 20
# A word that tells less than this everybody uses: questions that do not mean it would change too.
TELLING = 0.6
ONE_WAY, BOTH_WAYS = "one", "both"


class LessonForm(forms.Form):
    """Which word leads to which."""

    question = forms.CharField(max_length=log.LONGEST)
    word = forms.CharField(
        max_length=log.LONGEST, error_messages={"required": gettext_lazy("Vul in welk woord mensen typen.")}
    )
    own = forms.CharField(max_length=log.LONGEST, required=False)
    other = forms.CharField(max_length=log.LONGEST, required=False)
    way = forms.ChoiceField(choices=[(ONE_WAY, ONE_WAY), (BOTH_WAYS, BOTH_WAYS)], required=False)

    def clean_word(self) -> str:
        return _checked(self.cleaned_data["word"], is_widened=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = clean_line(data.get("other") or data.get("own") or "")
        if not other:
            raise ValidationError(_("Kies een voorstel, of vul zelf een woord in."))
        data["other"] = _checked(other, is_widened=data.get("way") == BOTH_WAYS)
        if "word" in data and stems_of(data["word"]) == stems_of(other):
            raise ValidationError(_("Dat is hetzelfde woord. Kies een ander woord."))
        return data

    def lesson(self) -> Lesson:
        data = self.cleaned_data
        return Lesson(data["word"], data["other"], data.get("way") == BOTH_WAYS)


def _checked(text: str, *, is_widened: bool) -> str:
    """A word or expression that can be looked for.

    Args:
        is_widened: questions with this word will find more.

    Raises:
        ValidationError: it says too little, is too long, or may be about somebody.
    """
    text = clean_line(text)
    stems = stems_of(text)
    if not stems:
        raise ValidationError(_("'%(word)s' zegt te weinig. Neem er een woord bij.") % {"word": text})
    if len(stems) > LONGEST:
        raise ValidationError(_("Neem hoogstens vijf woorden."))
    if is_widened and len(stems) == 1 and in_dutch(stems[0]) < TELLING:
        raise ValidationError(
            _("'%(word)s' gebruikt iedereen: dan veranderen te veel vragen. Neem er een woord bij.") % {"word": text}
        )
    if log.is_about_somebody(text):
        raise ValidationError(_("Hier staat een adres, nummer of datum in. Laat dat weg."))
    return text


@dataclass(frozen=True)
class Row:
    """A question without an answer, as it is shown."""

    question: str
    asked: int
    since: Any
    found_nothing: bool
    word: str
    proposals: tuple[Near, ...]
    own: str = ""
    is_both: bool = False
    errors: tuple[str, ...] = ()


def _only_editors(request: HttpRequest) -> None:
    """The gate asks too; here for who calls the view another way.

    Raises:
        PermissionDenied: somebody else than who looks after the platform.
    """
    if not keeps_platform(signed_in(request)):
        raise PermissionDenied


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """The list."""
    _only_editors(request)
    return _list(request)


def _list(request: HttpRequest, form: LessonForm | None = None) -> HttpResponse:
    which = request.GET.get("alleen", "")
    page = Paginator(teaching.unanswered(which), PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "rows": _rows(list(page), form),
        "choices": _choices(which),
        "query": urlencode({"alleen": which}) if which in (NOTHING, NEAR) else "",
        "put_away": DismissedQuestion.objects.order_by("-pk")[:PUT_AWAY],
        "longest": log.LONGEST,
        "has_questions": SearchedQuestion.objects.exists(),
    }
    status = 200 if form is None else 422
    return render(request, "search/admin/unanswered.html", context, status=status)


def _choices(which: str) -> list[dict[str, Any]]:
    labels = (("", _("Alles")), (NOTHING, _("Niets gevonden")), (NEAR, _("Alleen in de buurt")))
    return [{"value": value, "label": label, "is_on": value == which} for value, label in labels]


def _rows(found: Iterable[Mapping[str, Any]], form: LessonForm | None) -> list[Row]:
    """The questions of a page with their proposals: read together, however many there are."""
    questions = list(found)
    known = DatabaseKnownWords(teaching.TRIES)
    words = {one["question"]: parse_words(one["question"]).wanted for one in questions}
    known.prepare(word.stem for some in words.values() for word in some)
    asked = witnesses(read_terms()) if questions else ()
    rows = []
    for one in questions:
        question = one["question"]
        unknown = [word for word in words[question] if known.share(word.stem) is None]
        bound = form if form is not None and form.data.get("question") == question else None
        rows.append(
            Row(
                question=question,
                asked=one["asked"],
                since=one["since"],
                found_nothing=one["last_nothing"] == one["last"],
                proposals=tuple(_proposals(question, unknown, asked)),
                **_typed(bound, _word_of(question, unknown)),
            )
        )
    return rows


def _word_of(question: str, unknown: list[Word]) -> str:
    """Of what the words are to be added: the first one that nobody uses, else the question as it is."""
    return unknown[0].text if unknown else question


def _proposals(question: str, unknown: list[Word], asked: Any) -> list[Near]:
    return nearest(_word_of(question, unknown), PROPOSALS, asked)


def _typed(form: LessonForm | None, word: str) -> dict[str, Any]:
    """What somebody typed, where it could not be added."""
    if form is None:
        return {"word": word}
    errors = [message for messages_of in form.errors.values() for message in messages_of]
    data = form.data
    return {
        "word": data.get("word", ""),
        "own": data.get("own") or data.get("other", ""),
        "is_both": data.get("way") == BOTH_WAYS,
        "errors": tuple(map(str, errors)),
    }


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add words, ask the question again, and show what it finds now."""
    _only_editors(request)
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    group, is_new = teaching.teach(form.lesson(), signed_in(request))
    question = form.cleaned_data["question"]
    teaching.try_again(question)
    said = _("Toegevoegd: %(words)s. Het telt vanaf de volgende vraag.") if is_new else _("%(words)s stond er al.")
    messages.success(request, said % {"words": form.lesson()})
    return redirect(f"{reverse('unanswered_tried', args=[group.pk])}?{urlencode({'q': question})}")


@require_safe
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """What a question finds with the words that were added for it."""
    _only_editors(request)
    group = get_object_or_404(WordGroup, pk=pk)
    question = clean_line(request.GET.get("q", ""))[: log.LONGEST]
    results = teaching.ask(question or group.word_list()[0])
    context = {
        "group": group,
        "question": question,
        "results": results,
        "is_only_near": teaching.is_only_near(results),
    }
    return render(request, "search/admin/tried.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what an editor added; the question is asked once more."""
    _only_editors(request)
    group = WordGroup.objects.filter(pk=pk, source=WordGroup.Source.EDITOR).first()
    if group is None:
        messages.warning(request, _("Deze woorden zijn al weggehaald."))
        return redirect("unanswered")
    teaching.unteach(group, signed_in(request))
    if question := clean_line(request.POST.get("question", "")):
        teaching.try_again(question)
    messages.success(request, _("Weggehaald: %(words)s.") % {"words": group})
    return redirect("unanswered")


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put a question away: not for here. Or, with `back`, put it on the list again."""
    _only_editors(request)
    question = clean_line(request.POST.get("question", ""))
    if not SearchedQuestion.objects.filter(question=question).exists():
        messages.warning(request, _("Deze vraag staat niet meer in de lijst."))
    elif request.POST.get("back"):
        teaching.take_back(question, signed_in(request))
        messages.success(request, _("'%(question)s' staat weer in de lijst.") % {"question": question})
    else:
        teaching.dismiss(question, signed_in(request))
        messages.success(request, _("'%(question)s' is weggelegd. Onderaan leg je hem terug.") % {"question": question})
    return redirect("unanswered")
