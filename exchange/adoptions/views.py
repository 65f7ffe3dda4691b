"""Pages about adoptions: beginning one, growing it, the answer of the source, how it goes, and who else does it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from exchange.accounts.links import BadLinkError
from exchange.accounts.models import User
from exchange.accounts.once import once
from exchange.accounts.rights import NotAllowedError
from exchange.accounts.viewer import private, signed_in, viewer_of
from exchange.contributions.by_link import shown_by_link
from exchange.contributions.drafts import StaleError, base_of, change_draft, may_change, may_write
from exchange.contributions.locks import LockedError, who_locked
from exchange.contributions.questions import grouped
from exchange.initiatives.choosing import visible_or_404
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality
from exchange.publishing.offering import offer_from_form
from exchange.sections.page_context import pages_alike
from exchange.sections.writing import sections_of

from . import confirming, following_up
from .choices import Answer, Stage
from .drawing import draw
from .forms import (
    AdaptationFormSet,
    AdoptForm,
    ElementFormSet,
    FollowUpForm,
    GrowForm,
    SourceForm,
    adaptations_initial,
    elements_initial,
    grown,
)
from .ideas import by_theme, ideas_for
from .models import AdoptionPage, FollowUp, SourceAnswer, Wish
from .recording import own_adoptions, record
from .reuse import reuse_of

GONE = 410
CONFLICT = 409


# --- recording


@login_required
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """`/toepassing/nieuw/<pk>/`: "dit doen wij ook", in a minute."""
    user = signed_in(request)
    initiative = visible_or_404(request, pk)
    if not sections_of(user):
        return _wish(request, user, initiative)
    wish = Wish.objects.filter(user=user, initiative=initiative).first()
    stage = wish.stage if wish is not None else request.GET.get("stage")
    form = AdoptForm(request.POST or None, user=user, initiative=initiative, initial={"stage": stage})
    if request.method == "POST" and form.is_valid():
        try:
            page, is_new = record(user, initiative, form.chosen_section(), form.cleaned_data)
        except NotAllowedError as error:
            raise PermissionDenied from error
        if is_new:
            offer_from_form(request, page, user)
        else:
            messages.info(request, _("Je legde dit al vast. Hier staat het, en hier vul je het aan."))
        return redirect("adoption_form", page.pk)
    context = {"form": form, "initiative": initiative, "existing": own_adoptions(user, initiative)}
    return private(render(request, "adoptions/adopt.html", context))


def _wish(request: HttpRequest, user: User, initiative: InitiativePage) -> HttpResponse:
    """Who may not write yet joins first; what was chosen is kept, and waits on the page to write."""
    if request.method == "POST" and request.POST.get("stage") in Stage.values:
        Wish.objects.update_or_create(user=user, initiative=initiative, defaults={"stage": request.POST["stage"]})
        messages.info(request, _("We bewaarden je keuze. Vraag nu of je voor je gemeente mag schrijven."))
        return redirect("join")
    context = {"stages": Stage.choices, "initiative": initiative}
    return private(render(request, "adoptions/wish.html", context))


@login_required
def adoption_form(request: HttpRequest, pk: int) -> HttpResponse:
    """`/toepassing/<pk>/`: what is saved, and what can be added; offered with its second button."""
    user = signed_in(request)
    page: AdoptionPage = get_object_or_404(AdoptionPage.objects.select_related("municipality"), pk=pk)
    editable = may_change(user, page)
    if page.owner_id != user.pk and not may_write(user, page):
        raise Http404
    draft: AdoptionPage = page.get_latest_revision_as_object()
    data = request.POST if request.method == "POST" and editable else None
    form = GrowForm(data, initial={name: getattr(draft, name) for name in GrowForm.base_fields})
    elements = ElementFormSet(data, initial=elements_initial(draft), prefix="onderdeel")
    adaptations = AdaptationFormSet(data, initial=adaptations_initial(draft), prefix="anders")
    status = 200
    if data is not None and all(one.is_valid() for one in (form, elements, adaptations)):
        try:
            change_draft(user, page, grown(form, elements, adaptations), base=base_of(data.get("base")))
        except StaleError:
            status = CONFLICT
        except LockedError:
            # Locked in this very second; the page says by whom.
            return redirect("adoption_form", pk)
        else:
            if "offer" in data:
                offer_from_form(request, AdoptionPage.objects.get(pk=pk), user, seen=draft.open_findings())
            else:
                messages.success(request, _("Bewaard."))
            return redirect("adoption_form", pk)
    context = {
        "draft": draft,
        "form": form,
        "elements": elements,
        "adaptations": adaptations,
        "questions": grouped(draft.open_findings()),
        "waits": page.current_workflow_task_state is not None,
        "may_change": editable,
        "locked": who_locked(user, page),
        # After a mistake it is still written on the version it began with; who was told of a newer one may keep theirs.
        "base": data.get("base") if data is not None and status != CONFLICT else page.latest_revision_id,
        "is_late": status == CONFLICT,
    }
    return private(render(request, "adoptions/adoption_form.html", context, status=status))


# --- from a mail


def source_answer(request: HttpRequest, token: str) -> HttpResponse:
    """`/toepassing/bron/<token>/`: is it so, that they have it from you? Opening it does nothing."""
    try:
        link = confirming.read(token)
    except BadLinkError:
        return private(render(request, "confirming/bad_link.html", status=GONE))
    adoption = AdoptionPage.objects.filter(pk=link.adoption).select_related("initiative", "municipality").first()
    user = User.objects.filter(pk=link.user, is_active=True).first()
    # Who left the source since, or may no longer see the adoption, has nothing to say about it.
    visible = adoption is not None and user is not None and confirming.may_answer(user, adoption)
    if user is None or adoption is None or not visible or not _sees(request, user, adoption):
        return private(render(request, "confirming/bad_link.html", status=GONE))
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, remark = Answer(form.cleaned_data["answer"]), form.cleaned_data["remark"]
        told = partial(confirming.answer, adoption, user, said, remark)
        once(user, f"source {adoption.pk}", form, told, SourceAnswer.objects.all())
        messages.success(request, _("Dank je. Je antwoord staat erbij."))
        return redirect("source_answer", token)
    answer = SourceAnswer.objects.filter(adoption=adoption).first()
    context = {"adoption": adoption, "answer": answer, "form": form, "asked": user}
    return private(render(request, "adoptions/source_answer.html", context))


def _sees(request: HttpRequest, user: User, adoption: AdoptionPage) -> bool:
    """May the page behind the link show the adoption, and the initiative that it names?"""
    named = {adoption.pk, adoption.initiative_id}
    return bool(shown_by_link(request, user).filter(pk__in=named).count() == len(named))


def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """`/toepassing/hoe-gaat-het/<token>/`: two choices and a button. Opening it does nothing."""
    try:
        link = following_up.read(token)
    except BadLinkError:
        return private(render(request, "confirming/bad_link.html", status=GONE))
    asked = FollowUp.objects.filter(pk=link.follow_up).select_related("adoption__municipality").first()
    user = User.objects.filter(pk=link.user, is_active=True).first()
    if asked is None or user is None or not _is_asked(request, user, asked):
        return private(render(request, "confirming/bad_link.html", status=GONE))
    adoption = asked.adoption
    initial = {"stage": adoption.stage, "result": adoption.result, "reason": adoption.reason}
    form = FollowUpForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            following_up.answer(asked, user, form.values())
            messages.success(request, _("Dank je. Het staat op de site."))
        except LockedError as error:
            messages.error(request, str(error))
        return redirect("follow_up", token)
    context = {"adoption": adoption, "form": form, "asked": user, "is_answered": asked.answered_at is not None}
    return private(render(request, "adoptions/follow_up.html", context))


def _is_asked(request: HttpRequest, user: User, asked: FollowUp) -> bool:
    """Does the link still ask: is it theirs, on the site, and not asked anew since?"""
    is_shown = shown_by_link(request, user).filter(pk=asked.adoption_id).exists()
    is_last = not FollowUp.objects.filter(adoption=asked.adoption_id, months__gt=asked.months).exists()
    return bool(is_shown) and is_last and user in confirming.who_knows(asked.adoption)


# --- who else does it


def who_else(request: HttpRequest, pk: int) -> HttpResponse:
    """`/toepassingen/<pk>/`: everybody who does it too, as a list and as a picture, and what they did by size."""
    initiative = visible_or_404(request, pk)
    reuse = reuse_of(initiative, viewer_of(request))
    context = {
        "initiative": initiative,
        "reuse": reuse,
        "drawing": draw(initiative.municipality.name, reuse.links),
    }
    return private(render(request, "adoptions/who_else.html", context))


def like_ours(request: HttpRequest, code: str) -> HttpResponse:
    """`/gemeenten-zoals/<code>/`: municipalities like this one, and what they run that it does not, by theme."""
    municipality = get_object_or_404(Municipality.objects.current(), pk=code)
    ideas = ideas_for(municipality, viewer_of(request))
    context = {"municipality": municipality, "groups": by_theme(ideas), "alike": pages_alike(municipality)}
    return private(render(request, "adoptions/like_ours.html", context))
