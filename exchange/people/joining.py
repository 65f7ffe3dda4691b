"""Joining: from a mail address to a member, from a member to somebody who writes. Every step is safe to repeat."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exchange.accounts.letters import send
from exchange.accounts.models import Membership, User
from exchange.accounts.rights import Action, NotAllowedError, Place
from exchange.accounts.roles import Role
from exchange.municipalities.models import EmailDomain, Municipality
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section

from . import letters
from .models import Invitation, JoinRequest
from .team import administrators, editors_of, one_after_the_other, require

_WRITERS = (Role.AUTHOR, Role.EDITOR)


class AlreadyAnsweredError(Exception):
    """Somebody else answered this request before."""


def may_sign_up(address: str) -> bool:
    """May this address get an account: of a municipality's own domain, or invited by a colleague there?"""
    return bool(EmailDomain.objects.municipalities(address)) or Invitation.objects.for_address(address).exists()


def choices_of(user: User) -> list[Municipality]:
    """Where somebody may say to work, when the mail domain leaves a choice and none was made yet."""
    if user.welcomed_at is not None:
        return []
    found = EmailDomain.objects.municipalities(user.email)
    known = set(user.memberships.values_list("municipality_id", flat=True))
    return found if len(found) > 1 and not known & {one.pk for one in found} else []


@transaction.atomic
def welcome(user: User) -> None:
    """Give who has shown to own the mailbox what waits for it: invitations, and once membership by the mail domain."""
    if not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        return
    for invitation in Invitation.objects.for_address(user.email).select_for_update():
        Membership.objects.get_or_create(
            user=user,
            municipality_id=invitation.municipality_id,
            department_id=invitation.department_id,
            role=invitation.role,
        )
        invitation.accepted_at = timezone.now()
        invitation.save()
    found = EmailDomain.objects.municipalities(user.email)
    if len(found) == 1 and user.welcomed_at is None:
        _make_member(user, found[0])


def choose(user: User, municipality: Municipality) -> None:
    """Become a member of one of the municipalities that share the mail domain.

    Raises:
        NotAllowedError: the mail address does not belong there, or the choice was made before.
    """
    if municipality not in choices_of(user):
        raise NotAllowedError
    _make_member(user, municipality)


def _make_member(user: User, municipality: Municipality) -> None:
    if not user.memberships.filter(municipality=municipality).exists():
        Membership.objects.get_or_create(user=user, municipality=municipality, department=None, role=Role.MEMBER)
    user.welcomed_at = timezone.now()
    user.save(update_fields=["welcomed_at"])


@transaction.atomic
def ask(user: User, municipality: Municipality, reason: str = "") -> JoinRequest:
    """Ask to write for one's municipality. Who may answer gets mail; an own domain may open the section by itself.

    Raises:
        NotAllowedError: not a member there.
    """
    # One after the other: the first may open the section by itself, and then there is nothing left to ask.
    one_after_the_other(user, [municipality.pk])
    if not user.memberships.filter(municipality=municipality).exists():
        raise NotAllowedError
    granted = user.join_requests.filter(municipality=municipality, granted=True).last()
    if granted is not None and user.memberships.filter(municipality=municipality, role__in=_WRITERS).exists():
        return granted
    request, is_new = JoinRequest.objects.get_or_create(
        user=user, municipality=municipality, answered_at=None, defaults={"reason": reason}
    )
    if not is_new:
        return request
    editors = editors_of(Place(municipality.pk))
    if not editors and settings.JOINING_OPENS_BY_ITSELF and may_sign_up(user.email):
        _grant(request)
        return request
    for receiver in editors or administrators():
        send(receiver, lambda: letters.somebody_asks(request))
    return request


@transaction.atomic
def answer(request: JoinRequest, by: User, *, granted: bool) -> None:
    """Grant or refuse a request. The first person of a municipality becomes editor, who follow become author.

    Raises:
        NotAllowedError: an editor of the municipality answers or, where it has none, an administrator.
        AlreadyAnsweredError: somebody else was first.
        JoinRequest.DoesNotExist: who asked closed the account.
    """
    require(by, Action.MANAGE_PEOPLE, Place(request.municipality_id))
    one_after_the_other(request.user, [request.municipality_id])
    locked = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if locked.answered_at is not None:
        raise AlreadyAnsweredError
    if granted:
        _grant(locked, by)
    else:
        _note(locked, by, granted=False)
    send(locked.user, lambda: letters.request_answered(locked))


def _grant(request: JoinRequest, by: User | None = None) -> None:
    open_section(MunicipalityPage.objects.get(municipality=request.municipality_id))
    role = Role.AUTHOR if editors_of(Place(request.municipality_id)) else Role.EDITOR
    Membership.objects.get_or_create(user=request.user, municipality=request.municipality, department=None, role=role)
    Membership.objects.filter(user=request.user, municipality=request.municipality, role=Role.MEMBER).delete()
    _note(request, by, granted=True)


def _note(request: JoinRequest, by: User | None, *, granted: bool) -> None:
    request.granted, request.answered_at, request.answered_by = granted, timezone.now(), by
    request.save()
