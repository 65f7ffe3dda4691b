"""Pages about placing: reading along on the site, and what an editor does in the admin."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from exchange.accounts.rights import Action, NotAllowedError
from exchange.accounts.viewer import signed_in
from exchange.contributions.locks import LockedError
from exchange.contributions.models import Contribution
from exchange.contributions.questions import grouped

from . import moving, reading
from .changes import changes
from .models import Reading

COMMENT_LENGTH = 1000


def is_contribution(page: Page) -> bool:
    return issubclass(page.specific_class or Page, Contribution)


# --- reading along


class AnswerForm(forms.Form):
    """What a reader says. `revision`: the version that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=gettext_lazy("Opmerking voor de schrijver"),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@login_required
def readings(request: HttpRequest) -> HttpResponse:
    """`/meelezen/`: what waits for the reader, and how far the own texts are."""
    own = WorkflowState.objects.filter(
        requested_by=signed_in(request),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    ).order_by("-created_at")
    own = own.select_related("current_task_state").prefetch_related("content_object")
    waiting = reading.waiting_for(signed_in(request))
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in waiting])
    return render(
        request,
        "publishing/readings.html",
        {
            "waiting": [(state, pages[int(state.workflow_state.object_id)]) for state in waiting],
            "own": [(state, state.content_object, state.current_task_state) for state in own],
        },
    )


def _page_of(state: TaskState) -> Page:
    return state.workflow_state.content_object.get_latest_revision_as_object()


def _state(request: HttpRequest, pk: int) -> TaskState:
    """A text that waits or waited, for who may read it along or offered it; 404 for anybody else."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=pk)
    task = state.task.specific
    page = state.workflow_state.content_object
    if not isinstance(task, Reading) or page is None:
        raise Http404
    user = signed_in(request)
    if not (task.may_read(page, user) or reading.may_review(user, page) or state.workflow_state.requested_by == user):
        raise Http404
    return state


@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """`/meelezen/<pk>/`: what changed, the text as it will be, and two buttons."""
    state = _state(request, pk)
    page = state.workflow_state.content_object
    form = AnswerForm(request.POST or None, initial={"revision": page.latest_revision_id})
    if request.method == "POST" and form.is_valid():
        if _answer(request, state, form.cleaned_data):
            return redirect("readings")
        # The newest version is shown, and what was typed stays.
        form = AnswerForm({**form.cleaned_data, "revision": page.latest_revision_id})
    task = cast(Reading, state.task.specific)
    draft = _page_of(state)
    context = {
        "state": state,
        "page_read": draft,
        "placed": page.live,
        "changes": changes(page, request),
        "form": form,
        "may_answer": state.status == TaskState.STATUS_IN_PROGRESS and task.may_read(page, signed_in(request)),
        "questions": grouped(draft.findings()) if isinstance(draft, Contribution) else [],
        "by_platform": reading.is_read_by_platform(page),
        "writer": page.latest_revision.user if page.latest_revision else None,
    }
    return render(request, "publishing/read.html", context)


def _answer(request: HttpRequest, state: TaskState, data: dict[str, Any]) -> bool:
    """Pass on an answer, and say what came of it. False: show the page once more."""
    approve = "approve" in request.POST
    try:
        reading.answer(state, signed_in(request), approve=approve, revision=data["revision"], comment=data["comment"])
    except reading.ChangedSinceError:
        messages.warning(request, _("De tekst is net veranderd. Hieronder staat de nieuwe: kijk nog eens."))
        return False
    except LockedError as error:
        messages.error(request, str(error))
        return False
    except reading.AnsweredError:
        messages.info(request, _("Iemand anders was je voor, of de schrijver nam de tekst terug."))
    except reading.NotAReaderError:
        messages.error(request, _("Je kunt deze tekst niet (meer) plaatsen: wat je zelf schreef, leest een ander."))
    else:
        done = _("Geplaatst.") if approve else _("Teruggestuurd.")
        messages.success(request, f"{done} {_('De schrijver krijgt een mail.')}")
    return True


@login_required
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """`/meelezen/<pk>/kijk/`: the offered text as it will look."""
    page = _page_of(_state(request, pk))
    response: HttpResponse = page.make_preview_request(original_request=request, preview_mode=page.default_preview_mode)
    response["Cache-Control"] = "private, no-store"
    return response


# --- in the admin


def _contribution(pk: int) -> Page:
    return get_object_or_404(Page, pk=pk).specific


def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether an editor is sure; a POST takes the page offline."""
    page = _contribution(pk)
    if not moving.allowed(signed_in(request), Action.TAKE_DOWN, page):
        raise PermissionDenied
    if request.method != "POST":
        below = page.get_descendants().live().count()
        return render(request, "publishing/take_down.html", {"page": page, "below": below})
    try:
        moving.take_down(signed_in(request), page)
        messages.success(request, _("'%(title)s' staat niet meer op de site.") % {"title": page.title})
    except LockedError as error:
        messages.error(request, str(error))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class MoveForm(forms.Form):
    section = forms.ModelChoiceField(Page.objects.none(), label=gettext_lazy("Waarheen"), empty_label=None)

    def __init__(self, *args: Any, destinations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["section"]).queryset = destinations


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another section of the municipality; a POST moves the contribution there."""
    page = _contribution(pk)
    if not isinstance(page, Contribution) or not moving.allowed(signed_in(request), Action.MOVE, page):
        raise PermissionDenied
    form = MoveForm(request.POST or None, destinations=moving.destinations(page))
    if request.method == "POST" and form.is_valid():
        try:
            moving.move(signed_in(request), page, form.cleaned_data["section"])
        except NotAllowedError as error:
            raise PermissionDenied from error
        except LockedError as error:
            messages.error(request, str(error))
            return redirect("move_contribution", pk)
        messages.success(request, _("'%(title)s' is verplaatst.") % {"title": page.title})
        return redirect("wagtailadmin_explore", form.cleaned_data["section"].pk)
    return render(request, "publishing/move.html", {"page": page, "form": form})
