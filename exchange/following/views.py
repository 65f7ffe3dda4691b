"""Pages about lists and following."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exchange.accounts import links
from exchange.accounts.models import User
from exchange.accounts.once import OnceForm, once
from exchange.accounts.viewer import private, signed_in, viewer_of
from exchange.contributions.models import Contribution
from exchange.initiatives.choosing import LOOKED_AT, PARAMETER
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality

from .digest import LINK_DAYS, PURPOSE
from .following import NothingToFollowError, described, follow, unfollow
from .models import FollowKind, ListItem, NoDigest, ReadingList

GONE = 410
# What a mail program sends when its own button is pressed (RFC 8058).
ONE_CLICK = "List-Unsubscribe"


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that was left, if it is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    # Not `redirect`: that takes a word without a slash for the name of a page.
    return HttpResponseRedirect(address if ours else reverse(otherwise))


# --- following


@login_required
def following(request: HttpRequest) -> HttpResponse:
    """`/volgen/`: what somebody follows, and whether a weekly mail comes."""
    user = signed_in(request)
    if request.method == "POST":
        if "weekly" in request.POST:
            NoDigest.objects.filter(user=user).delete()
        else:
            NoDigest.objects.get_or_create(user=user)
        messages.success(request, _("Bewaard."))
        return redirect("following")
    context = {
        "followed": described(user, viewer_of(request)),
        "weekly": not NoDigest.objects.filter(user=user).exists(),
    }
    return private(render(request, "following/following.html", context))


@require_POST
@login_required
def change_follow(request: HttpRequest) -> HttpResponse:
    """Follow something, or stop with it."""
    user, kind, value = signed_in(request), request.POST.get("kind", ""), request.POST.get("value", "")
    if kind not in FollowKind.values:
        raise Http404
    if "stop" in request.POST:
        unfollow(user, FollowKind(kind), value)
        messages.success(request, _("Je volgt dit niet meer."))
        return _back(request, "following")
    try:
        follow(user, viewer_of(request), FollowKind(kind), value)
    except NothingToFollowError as error:
        raise Http404 from error
    messages.success(request, _("Je volgt dit. Eens per week krijg je een mail als er iets nieuws is."))
    return _back(request, "following")


# One click from a mail program: it has no cookie and no token. What it may do stands in the signed link alone.
@csrf_exempt
def digest_off(request: HttpRequest, token: str) -> HttpResponse:
    """`/weekbericht/uit/<token>/`: what the mail program sends, or the button of this page, ends the weekly mail.

    Opening it does nothing, and neither does a POST that says nothing: scanners of mail do both.
    """
    try:
        user = User.objects.filter(pk=links.read(token, purpose=PURPOSE, days=LINK_DAYS), is_active=True).first()
    except links.BadLinkError:
        user = None
    if user is None:
        return private(render(request, "confirming/bad_link.html", status=GONE))
    if request.method == "POST" and (request.POST.get(ONE_CLICK) == "One-Click" or "stop" in request.POST):
        NoDigest.objects.get_or_create(user=user)
    context = {"is_off": NoDigest.objects.filter(user=user).exists()}
    return private(render(request, "following/digest_off.html", context))


# --- lists


def _lists(request: HttpRequest) -> QuerySet[ReadingList]:
    """The lists that somebody may see: the own ones, and those that colleagues share."""
    shared = Q(shared_with__in=viewer_of(request).municipalities)
    lists = ReadingList.objects.filter(Q(owner=signed_in(request)) | shared)
    return lists.select_related("owner", "shared_with")


class ListForm(OnceForm, forms.ModelForm[ReadingList]):
    class Meta:
        model = ReadingList
        fields = ["title", "shared_with"]

    def __init__(self, *args: Any, municipalities: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = cast(Any, self.fields["shared_with"])
        shared.queryset = Municipality.objects.filter(pk__in=municipalities)
        shared.empty_label = gettext_lazy("Alleen voor mij")
        if not municipalities:
            del self.fields["shared_with"]


def _made(request: HttpRequest, form: ListForm) -> ReadingList:
    """The list of a valid form; sent twice it is one."""
    user = signed_in(request)
    return once(user, "list", form, form.save, ReadingList.objects.filter(owner=user))[0]


@login_required
def lists(request: HttpRequest) -> HttpResponse:
    """`/lijsten/`: the own lists and those of colleagues; a POST makes one."""
    form = ListForm(
        request.POST or None,
        municipalities=viewer_of(request).municipalities,
        instance=ReadingList(owner=signed_in(request)),
    )
    if request.method == "POST" and form.is_valid():
        return redirect("reading_list", _made(request, form).pk)
    return private(render(request, "following/lists.html", {"lists": _lists(request), "form": form}))


@login_required
def reading_list(request: HttpRequest, pk: int) -> HttpResponse:
    """`/lijsten/<pk>/`: what is on it, as far as the reader may see; its owner changes it."""
    one = get_object_or_404(_lists(request), pk=pk)
    is_own = one.owner_id == signed_in(request).pk
    form = ListForm(request.POST or None, instance=one, municipalities=viewer_of(request).municipalities)
    if request.method == "POST" and is_own:
        if "remove" in request.POST:
            with transaction.atomic():
                # What is put on it in this very second is waited for, and goes along.
                ReadingList.objects.select_for_update().filter(pk=pk).first()
                one.delete()
            messages.success(request, _("De lijst is weg."))
            return redirect("lists")
        if form.is_valid():
            form.save()
            messages.success(request, _("Bewaard."))
            return redirect("reading_list", pk)
    visible = Contribution.objects.visible_to(viewer_of(request)).filter(list_items__reading_list=one)
    pages = visible.order_by("-list_items__added_at").select_related("municipality", "content_type")
    initiatives = [page.pk for page in pages if page.get_kind() == InitiativePage.kind]
    context = {
        "list": one,
        "is_own": is_own,
        "form": form,
        "pages": pages,
        "hidden": one.items.count() - len(pages),
        "initiatives": urlencode([(PARAMETER, pk) for pk in initiatives[:LOOKED_AT]]),
    }
    return private(render(request, "following/reading_list.html", context))


@login_required
def put_on_list(request: HttpRequest, pk: int) -> HttpResponse:
    """`/lijsten/erbij/<pk>/`: choose a list for a contribution, or make one."""
    page = get_object_or_404(Contribution.objects.visible_to(viewer_of(request)), pk=pk)
    own = ReadingList.objects.filter(owner=signed_in(request))
    municipalities = viewer_of(request).municipalities
    new = ReadingList(owner=signed_in(request))
    form = ListForm(request.POST if "new" in request.POST else None, instance=new, municipalities=municipalities)
    chosen = None
    if request.method == "POST" and "new" in request.POST and form.is_valid():
        chosen = _made(request, form)
    elif request.method == "POST" and "list" in request.POST:
        chosen = next((one for one in own if str(one.pk) == request.POST["list"]), None)
    if chosen is not None:
        try:
            ListItem.objects.get_or_create(reading_list=chosen, contribution=page)
        except IntegrityError as error:
            # The list or the contribution went in this very second.
            raise Http404 from error
        messages.success(request, _("Het staat op je lijst '%(title)s'.") % {"title": chosen.title})
        return redirect("reading_list", chosen.pk)
    return private(render(request, "following/put_on_list.html", {"page_put": page, "lists": own, "form": form}))


@require_POST
@login_required
def take_off_list(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """Take a contribution off an own list."""
    one = get_object_or_404(ReadingList, pk=pk, owner=signed_in(request))
    ListItem.objects.filter(reading_list=one, contribution=page).delete()
    return redirect("reading_list", pk)
