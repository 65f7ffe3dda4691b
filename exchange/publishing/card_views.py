"""Pages of the three-minute card: saving as one goes, choosing between two texts, and offering."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.accounts.once import once
from exchange.accounts.rights import Action, NotAllowedError, may
from exchange.accounts.viewer import signed_in
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.drafts import (
    LISTS,
    StaleError,
    base_of,
    change_draft,
    create_draft,
    may_change,
    may_write,
    value_of,
)
from exchange.contributions.locks import LockedError, who_locked
from exchange.contributions.questions import grouped
from exchange.contributions.section import place_of
from exchange.initiatives.bands import Phase
from exchange.initiatives.models import InitiativePage
from exchange.sections.writing import sections_of

from .card import NAMES, CardForm, contact_of, initial_of
from .offering import offer_from_form

CONFLICT = 409
# More than this many tips at once help nobody.
ADVICE = 5


def _page(request: HttpRequest, pk: int) -> InitiativePage:
    """A draft that the reader may change or made; anything else is not there."""
    page: InitiativePage = get_object_or_404(InitiativePage, pk=pk)
    if page.owner_id != signed_in(request).pk and not may_write(signed_in(request), page):
        raise Http404
    return page


@login_required
def card(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """`/schrijven/initiatief/` and `/schrijven/<pk>/`: the card; a POST saves it whole."""
    user = signed_in(request)
    page = _page(request, pk) if pk is not None else None
    if page is None and not sections_of(user):
        messages.info(request, _("Vraag eerst of je voor je gemeente mag schrijven."))
        return redirect("join")
    if page is not None and not may_change(user, page) and (request.method != "POST" or not may_write(user, page)):
        return redirect("card_done", page.pk)
    draft = page.get_latest_revision_as_object() if page else None
    if request.method != "POST":
        form = CardForm(user=user, page=page, initial=initial_of(draft) if draft else None)
        return _show(request, form, page)
    form = CardForm(request.POST, user=user, page=page)
    if page is not None and (said := who_locked(user, page)):
        # What was typed stays on the screen: it is nowhere else.
        form.add_error(None, said)
    if not form.is_valid():
        return _show(request, form, page)
    try:
        saved = _save(request, form, page, draft)
    except StaleError:
        return _choose(request, cast(InitiativePage, page))
    except LockedError as error:
        # Locked in this very second.
        form.add_error(None, str(error))
        return _show(request, form, page)
    return redirect("card_done", saved.pk)


def _show(
    request: HttpRequest, form: CardForm, page: InitiativePage | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    # A form that comes back with a mistake was still written on the version it began with.
    base = request.POST.get("base") or (page.latest_revision_id if page else "")
    context = {"form": form, "page_written": page, "base": base}
    return render(request, "publishing/card.html", context | more, status=status)


@transaction.atomic
def _save(
    request: HttpRequest, form: CardForm, page: InitiativePage | None, draft: InitiativePage | None = None
) -> InitiativePage:
    user, values = signed_in(request), form.values()
    section = page.get_parent().specific if page else form.chosen_section()
    if draft is not None:
        # Where two people wrote, the reader of both chose the other one's words for these.
        theirs = {name: value for name, value in _current(draft).items() if f"take-{name}" in request.POST}
        values |= theirs
    if form.cleaned_data["i_am_contact"] and values["contact"] is None:
        values["contact"] = contact_of(user, section)
    try:
        if page is None:
            return _save_new(user, form, section, values)
        return change_draft(user, page, values, base=base_of(request.POST.get("base")))
    except NotAllowedError as error:
        raise PermissionDenied from error


def _save_new(user: User, form: CardForm, section: Page, values: dict[str, Any]) -> InitiativePage:
    """Make the draft of a new card. The same form once more is about the card that it made: a version of that."""
    make = partial(create_draft, user, InitiativePage, section, values)
    made: tuple[InitiativePage, bool] = once(user, "card", form, make, InitiativePage.objects.filter(owner=user))
    page, is_new = made
    newest = page.latest_revision
    # Where somebody else wrote since, or reads along, that stays.
    if is_new or newest is None or newest.user_id != user.pk or not may_write(user, page):
        return page
    return change_draft(user, page, values, base=newest.pk)


def _current(draft: InitiativePage) -> dict[str, Any]:
    """The values of a draft, as a form would give them."""
    return {name: value_of(draft, name) for name in NAMES}


def _shown(name: str, value: Any) -> str:
    """A value as people read it."""
    if name in LISTS:
        return ", ".join(sorted(map(str, value)))
    labels = {"phase": Phase, "safety_check": SafetyCheck}.get(name)
    return str(labels(value).label) if labels else str(value or "")


def _choose(request: HttpRequest, page: InitiativePage) -> HttpResponse:
    """Show both texts: one's own in the form, and beside it what somebody else saved meanwhile."""
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    form = CardForm(request.POST, user=signed_in(request), page=page)
    form.is_valid()
    mine = form.values()
    theirs = [
        (name, form.fields[name].label, _shown(name, value))
        for name, value in _current(draft).items()
        if _shown(name, value) != _shown(name, mine[name])
    ]
    writer = page.latest_revision.user if page.latest_revision else None
    return _show(request, form, page, status=CONFLICT, theirs=theirs, other=writer, base=page.latest_revision_id)


@require_POST
@login_required
def save_card(request: HttpRequest) -> HttpResponse:
    """Save as one goes: answers with a line for the form, and the version that is now the base."""
    user = signed_in(request)
    number = base_of(request.POST.get("page"))
    page = _page(request, number) if number else None
    form = CardForm(request.POST, user=user, page=page).lenient()
    state = "saved"
    if not form.is_valid():
        state = "waiting" if not request.POST.get("title") else "wrong"
    elif page is not None and not may_write(user, page):
        state = "closed"
    else:
        form.cleaned_data["i_am_contact"] = False
        try:
            page = _save(request, form, page)
        except StaleError:
            state = "stale"
        except LockedError:
            state = "locked"
    page = InitiativePage.objects.get(pk=page.pk) if page else None
    # After a newer version of somebody else the old base stays: only the whole form asks which text to take.
    base = (
        request.POST.get("base", "")
        if state in ("stale", "wrong", "locked")
        else (page.latest_revision_id if page else "")
    )
    response = render(
        request,
        "publishing/card_state.html",
        {
            "state": state,
            "page_written": page,
            "base": base,
            "form": form,
            "locked": who_locked(user, page) if page else "",
        },
    )
    if page is not None and not number:
        response["HX-Replace-Url"] = reverse("card", args=[page.pk])
    return response


@login_required
def card_done(request: HttpRequest, pk: int) -> HttpResponse:
    """`/schrijven/<pk>/klaar/`: what is saved, what to add next; a POST offers it to be read along."""
    user = signed_in(request)
    page = _page(request, pk)
    draft = page.get_latest_revision_as_object()
    findings = draft.open_findings()
    place = place_of(page)
    if request.method == "POST" and may_change(user, page):
        offer_from_form(request, page, user)
        return redirect("card_done", page.pk)
    whole = CardForm(_as_data(draft), user=user, page=page)
    context = {
        "draft": draft,
        "questions": grouped(findings),
        "advice": draft.plain_language_tips()[:ADVICE],
        "completeness": draft.completeness(),
        "lacking": [whole.fields[name].label for name in whole.errors],
        "waits": page.current_workflow_task_state is not None,
        "may_change": may_change(user, page),
        "locked": who_locked(user, page),
        "in_editor": place is not None and may(roles_of(user), Action.EDIT, place),
    }
    return render(request, "publishing/card_done.html", context)


def _as_data(draft: InitiativePage) -> dict[str, Any]:
    return {name: value for name, value in initial_of(draft).items() if value}
