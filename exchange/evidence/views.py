"""`/toets/<pk>/`: a colleague of another municipality goes through a short list."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.accounts.letters import Letter, address_of, send
from exchange.accounts.viewer import private, signed_in, viewer_of
from exchange.adoptions.confirming import who_knows
from exchange.contributions.locks import hold
from exchange.initiatives.choosing import visible_or_404
from exchange.initiatives.models import InitiativePage

from .models import PeerCheck


class PeerCheckForm(forms.ModelForm[PeerCheck]):
    class Meta:
        model = PeerCheck
        fields = ["is_clear", "is_doable", "is_honest", "is_safe", "remark"]
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}


@login_required
def peer_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the list; a POST keeps the answers, one for each person, and mails a remark to the maker."""
    initiative = visible_or_404(request, pk)
    if request.method != "POST":
        return _check(request, initiative)
    with transaction.atomic():
        # One after the other: two at once of the same person are one check.
        hold(initiative)
        return _check(request, initiative)


def _check(request: HttpRequest, initiative: InitiativePage) -> HttpResponse:
    viewer, user = viewer_of(request), signed_in(request)
    others = sorted(viewer.municipalities - {initiative.municipality_id})
    if not others:
        raise PermissionDenied
    check = PeerCheck.objects.filter(initiative=initiative, user=user).first() or PeerCheck(
        initiative=initiative, user=user, municipality_id=others[0]
    )
    form = PeerCheckForm(request.POST or None, instance=check)
    if request.method == "POST" and form.is_valid():
        check.checked_at = timezone.now()
        _keep(form, initiative)
        messages.success(request, _("Dank je. De maker krijgt je opmerking."))
        return redirect(initiative.get_url(request) or "/")
    return private(render(request, "evidence/peer_check.html", {"form": form, "initiative": initiative}))


def _keep(form: PeerCheckForm, initiative: InitiativePage) -> None:
    check = form.save()
    if check.remark and "remark" in form.changed_data:
        for reader in who_knows(initiative):
            send(reader, lambda: _remark(check, initiative))


def _remark(check: PeerCheck, initiative: InitiativePage) -> Letter:
    values = {"place": check.municipality.name, "title": initiative.title}
    return Letter(
        about=(initiative,),
        subject=_("Een collega las: %(title)s") % values,
        paragraphs=(_("Iemand van %(place)s las '%(title)s' en schreef erbij:") % values, check.remark),
        button=(_("Bekijk je bijdrage"), address_of(initiative)),
    )
