"""Pages about people: taking part, the people of a municipality, one's own account."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.decorators import login_not_required
from allauth.account.views import SignupView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from exchange.accounts.models import Membership, User, roles_of
from exchange.accounts.rights import Action, NotAllowedError, Place, may
from exchange.accounts.roles import Role
from exchange.accounts.viewer import signed_in
from exchange.municipalities.models import Municipality
from exchange.sections.models import DepartmentPage, MunicipalityPage
from exchange.sections.writing import managed_places

from . import joining, team
from .account_data import export
from .forms import AskForm, ChooseForm, InviteForm, ProfileForm, RoleForm
from .models import Invitation, JoinRequest

# --- taking part


class SignUp(SignupView):
    """Somebody without an account asks for one, with the address of the municipality."""

    template_name = "people/sign_up.html"

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        return initial | {"email": self.request.GET.get("email", "")}

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        # A code by mail is enough; who wants a password chooses one later.
        form.fields.pop("password1", None)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account. Who pressed the button twice at once has it already, and a mail about it."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except IntegrityError:
            return redirect("account_email_verification_sent")


_sign_up = login_not_required(SignUp.as_view())


def join(request: HttpRequest) -> HttpResponse:
    """`/doe-mee/`: an account for who has none; for a member, what to do next."""
    if not request.user.is_authenticated:
        response: HttpResponse = _sign_up(request)
        return response
    user = signed_in(request)
    choices = joining.choices_of(user)
    memberships = list(user.memberships.select_related("municipality__page", "department").order_by("municipality"))
    reader_of = {one.municipality for one in memberships if one.role == Role.MEMBER}
    writer_of = {one.municipality for one in memberships if one.role in (Role.AUTHOR, Role.EDITOR)}
    context = {
        "choose": ChooseForm(choices=choices) if choices else None,
        "memberships": memberships,
        "may_ask": sorted(reader_of - writer_of, key=str),
        "asked": {request.municipality_id for request in user.join_requests.filter(answered_at=None)},
        "ask_form": AskForm(),
    }
    return render(request, "people/join.html", context)


@require_POST
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Say which of the municipalities with this mail domain one works for."""
    form = ChooseForm(request.POST, choices=joining.choices_of(signed_in(request)))
    if form.is_valid():
        joining.choose(signed_in(request), form.cleaned_data["municipality"])
    return redirect("join")


@require_POST
@login_required
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to write for a municipality."""
    municipality = get_object_or_404(Municipality, pk=code)
    form = AskForm(request.POST)
    try:
        asked = joining.ask(signed_in(request), municipality, form.cleaned_data["reason"] if form.is_valid() else "")
    except NotAllowedError as error:
        raise PermissionDenied from error
    if asked.granted:
        messages.success(request, _("Jullie deel is open. Je kunt nu schrijven."))
    else:
        messages.success(request, _("Je verzoek is verstuurd. Je krijgt een mail zodra iemand het heeft bekeken."))
    return redirect("join")


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/taal/`: the site in another language; and for who is signed in, the mails too."""
    response: HttpResponse = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return response


# --- the people of a municipality


def _managed(request: HttpRequest, code: str) -> tuple[Municipality, list[Place]]:
    municipality = get_object_or_404(Municipality.objects.select_related("page"), pk=code)
    places = managed_places(roles_of(signed_in(request)), municipality.pk)
    if not places:
        raise PermissionDenied
    return municipality, places


def _departments(municipality: Municipality, places: list[Place]) -> Any:
    page = MunicipalityPage.objects.get(municipality=municipality)
    departments = DepartmentPage.objects.child_of(page).order_by("title")
    if any(place.department is None for place in places):
        return departments
    return departments.filter(pk__in=[place.department for place in places])


@login_required
def people(request: HttpRequest, code: str) -> HttpResponse:
    """`/mensen/<code>/`: who does what for a municipality, for who manages its people; inviting."""
    municipality, places = _managed(request, code)
    departments = _departments(municipality, places)
    whole = any(place.department is None for place in places)
    form = InviteForm(request.POST or None, departments=departments, initial={"department": None})
    if not whole:
        form.fields["department"].required = True
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        team.invite(signed_in(request), data["email"], team.Offer(municipality, data["role"], data["department"]))
        messages.success(request, _("%(email)s krijgt een mail.") % {"email": data["email"]})
        return redirect("people", code)
    memberships = Membership.objects.filter(municipality=municipality).select_related("user", "department")
    invitations = Invitation.objects.waiting().filter(municipality=municipality).select_related("department")
    if not whole:
        ids = [place.department for place in places]
        memberships, invitations = memberships.filter(department__in=ids), invitations.filter(department__in=ids)
    asked = JoinRequest.objects.filter(municipality=municipality, answered_at=None).select_related("user")
    requests = asked if whole else []
    return render(
        request,
        "people/people.html",
        {
            "municipality": municipality,
            "form": form,
            "rows": [
                (membership, RoleForm(initial={"role": membership.role}, auto_id=f"role-{membership.pk}-%s"))
                for membership in memberships.order_by("user__last_name", "user__email", "pk")
            ],
            "invitations": invitations,
            "requests": requests,
        },
    )


@require_POST
@login_required
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another role, or take it (`take` in the form)."""
    membership = get_object_or_404(Membership.objects.exclude(municipality=None), pk=pk)
    municipality, name = cast(Municipality, membership.municipality), str(membership.user)
    form = RoleForm(request.POST)
    try:
        if "take" in request.POST:
            team.take_role(signed_in(request), membership)
            messages.success(request, _("%(name)s heeft deze rol niet meer.") % {"name": name})
        elif form.is_valid():
            team.change_role(signed_in(request), membership, form.cleaned_data["role"])
            messages.success(request, _("De rol van %(name)s is veranderd.") % {"name": name})
    except NotAllowedError as error:
        raise PermissionDenied from error
    except Membership.DoesNotExist as error:
        raise Http404 from error
    except team.NobodyLeftError:
        messages.error(
            request, _("Niemand kan het werk van %(name)s overnemen. Nodig eerst iemand uit.") % {"name": name}
        )
    still = managed_places(roles_of(signed_in(request)), municipality.pk)
    return redirect("people", municipality.pk) if still else redirect("join")


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invitation."""
    invitation = get_object_or_404(Invitation, pk=pk)
    if not may(roles_of(signed_in(request)), Action.MANAGE_PEOPLE, invitation.place):
        raise PermissionDenied
    invitation.delete()
    messages.success(request, _("De uitnodiging is ingetrokken."))
    return redirect("people", invitation.municipality_id)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant (`grant` in the form) or refuse a request to take part."""
    asked = get_object_or_404(JoinRequest, pk=pk)
    try:
        joining.answer(asked, signed_in(request), granted="grant" in request.POST)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except JoinRequest.DoesNotExist as error:
        raise Http404 from error
    except joining.AlreadyAnsweredError:
        messages.info(request, _("Iemand anders heeft dit verzoek al beantwoord."))
    else:
        messages.success(request, _("%(name)s krijgt een mail.") % {"name": asked.user})
    return redirect("people", asked.municipality_id)


# --- one's own account


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """`/account/`: profile, roles, how one signs in, one's data."""
    form = ProfileForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Opgeslagen."))
        return redirect("account")
    memberships = signed_in(request).memberships.select_related("municipality__page", "department")
    return render(request, "people/account.html", {"form": form, "memberships": memberships})


@require_POST
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End an own role."""
    membership = get_object_or_404(Membership, pk=pk, user=signed_in(request))
    try:
        team.take_role(signed_in(request), membership)
    except (NotAllowedError, team.NobodyLeftError):
        messages.error(request, _("Dat kan nu niet: niemand kan het overnemen."))
    else:
        messages.success(request, _("Deze rol heb je niet meer. Wat je schreef blijft staan, met een nieuwe eigenaar."))
    return redirect("account")


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything the exchange keeps about who asks, as a file."""
    response = JsonResponse(export(signed_in(request)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@login_required
def close_account(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody is sure; a POST removes the account."""
    if request.method != "POST":
        return render(request, "people/close_account.html")
    try:
        team.close_account(signed_in(request))
    except (NotAllowedError, team.NobodyLeftError):
        messages.error(request, _("Dat kan nu niet: jij bent de laatste die dit platform beheert."))
        return redirect("account")
    logout(request)
    messages.success(request, _("Je account is weg. Wat je schreef blijft staan, met een nieuwe eigenaar."))
    return redirect("/")
