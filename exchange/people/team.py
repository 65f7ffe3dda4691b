"""The people of a section: who may do what there, inviting, giving and taking roles, and leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from exchange.accounts.letters import Stranger, send
from exchange.accounts.models import GoneError, Membership, User, roles_of
from exchange.accounts.rights import Action, NotAllowedError, Place, may
from exchange.accounts.roles import PLATFORM_ROLES, SECTION_ROLES, Role
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution
from exchange.municipalities.models import Municipality

from . import letters
from .models import Invitation
from .removal import forget_account, forget_log_of, forget_reach


class NobodyLeftError(Exception):
    """Contributions would be left without an owner."""


def require(user: User, action: Action, place: Place) -> None:
    """Go on only where somebody has a right.

    Raises:
        NotAllowedError: the rules do not give it.
    """
    if not may(roles_of(user), action, place):
        raise NotAllowedError


def _people(condition: Q) -> list[User]:
    return list(User.objects.filter(condition, is_active=True).distinct().order_by("pk"))


def editors_of(place: Place) -> list[User]:
    """Who reviews and manages people in a section; for a department also the editors of its municipality."""
    departments = Q(memberships__department=None)
    if place.department is not None:
        departments |= Q(memberships__department=place.department)
    # One condition, so that role and place are of one membership.
    return _people(Q(memberships__role=Role.EDITOR, memberships__municipality=place.municipality) & departments)


def administrators() -> list[User]:
    return _people(Q(memberships__role=Role.ADMINISTRATOR))


def platform_editors() -> list[User]:
    return _people(Q(memberships__role=Role.PLATFORM_EDITOR))


def platform_keepers() -> list[User]:
    """Who looks after the platform: its editors or, where there are none, its administrators."""
    return platform_editors() or administrators()


def answerable(page: Contribution, stand_in: ContactPage | None = None) -> list[User]:
    """Who knows about a contribution: its stand-in if there is one, its contact, or who owns it; nobody, or one."""
    contact = page.responsible_contact()
    first = [stand_in.user if stand_in else None, contact.user if contact else None, page.owner]
    return [user for user in first if user is not None and user.is_active][:1]


@dataclass(frozen=True)
class Offer:
    """A role in a section, for somebody."""

    municipality: Municipality
    role: Role
    department: Page | None = None

    @property
    def place(self) -> Place:
        return Place(self.municipality.pk, self.department.pk if self.department else None)


def _check(by: User, offer: Offer) -> None:
    require(by, Action.MANAGE_PEOPLE, offer.place)
    if offer.role not in SECTION_ROLES:
        raise NotAllowedError


@transaction.atomic
def invite(by: User, email: str, offer: Offer) -> None:
    """Give a colleague a role: at once to who has an account, otherwise when they confirm their address.

    Raises:
        NotAllowedError: `by` does not manage the people of that section, or the role is not of a section.
    """
    _check(by, offer)
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).first()
    if confirmed is not None:
        user = confirmed.user
        _membership, is_given = Membership.objects.get_or_create(
            user=user, municipality=offer.municipality, department=offer.department, role=offer.role
        )
        if is_given:
            send(user, lambda: letters.role_given(by, offer.municipality, offer.role))
        return
    invitation, is_new = _invitation(by, email.lower(), offer)
    if is_new:
        send(Stranger(invitation.email, by.language), lambda: letters.invited(by, invitation))


def _invitation(by: User, email: str, offer: Offer) -> tuple[Invitation, bool]:
    """The invitation of an address to a role, and whether it has to be mailed: one that ran out begins anew."""
    place = {"municipality": offer.municipality, "department": offer.department, "role": offer.role}
    invitation, is_new = Invitation.objects.get_or_create(
        email=email, accepted_at=None, **place, defaults={"invited_by": by}
    )
    if is_new:
        return invitation, True
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if Invitation.objects.waiting().filter(pk=locked.pk).exists():
        return locked, False
    locked.invited_at, locked.invited_by = timezone.now(), by
    locked.save()
    return locked, True


@transaction.atomic
def change_role(by: User, membership: Membership, role: Role) -> None:
    """Give somebody another role in the same place.

    Raises:
        NotAllowedError: `by` does not manage the people of that section, or the role is not of a section.
        Membership.DoesNotExist: somebody else ended it.
    """
    if membership.municipality is None:
        raise NotAllowedError
    offer = Offer(membership.municipality, role, membership.department)
    _check(by, offer)
    one_after_the_other(membership.user, [offer.municipality.pk])
    # Raises where somebody else took it in this very second.
    membership = Membership.objects.get(pk=membership.pk)
    if membership.role == role:
        return
    other = Membership.objects.filter(
        user=membership.user, municipality=offer.municipality, department=offer.department, role=role
    ).exclude(pk=membership.pk)
    if other.exists():
        membership.delete()
        return
    membership.role = role
    membership.save()
    if by != membership.user:
        send(membership.user, lambda: letters.role_given(by, offer.municipality, role))


def one_after_the_other(user: User, municipalities: Iterable[str]) -> None:
    """Who leaves, or whose role changes, waits for who does so too. Within a transaction, before anything is changed.

    Two who leave at once would each leave their work to the other, and the last two administrators would leave nobody.
    """
    there = Q(municipality=None) | Q(municipality__in=list(municipalities)) | Q(user=user)
    # Always in this order: who waits here holds nothing that somebody else waits for.
    list(Membership.objects.select_for_update(of=("self",)).filter(there).order_by("pk").values("pk"))
    list(User.objects.select_for_update().filter(pk=user.pk).values("pk"))


@transaction.atomic
def take_role(by: User, membership: Membership) -> None:
    """End a role; with the last one in a municipality everything somebody owned there goes to a colleague.

    Somebody may always end an own role.

    Raises:
        NotAllowedError: `by` does not manage the people of that section.
        NobodyLeftError: there is nobody to take over.
    """
    place = membership.place
    if place is None:
        raise NotAllowedError
    if by != membership.user:
        require(by, Action.MANAGE_PEOPLE, place)
    user = membership.user
    one_after_the_other(user, [place.municipality])
    membership.delete()
    # Also who never signed in since: the mail domain alone does not bring a role back.
    User.objects.filter(pk=user.pk, welcomed_at=None).update(welcomed_at=timezone.now())
    if not user.memberships.filter(municipality=place.municipality).exists():
        hand_over(user, place.municipality, by if by != user else None)


def hand_over(leaver: User, municipality: str, to: User | None = None) -> int:
    """Give what somebody owns in a municipality a new owner: an editor there, or who looks after the platform.

    Returns:
        How many contributions changed hands.

    Raises:
        NobodyLeftError: nobody is left at all.
    """
    forget_reach(leaver, municipality)
    owned = Contribution.objects.filter(municipality=municipality).filter(
        Q(owner=leaver) | Q(pk__in=ContactPage.objects.filter(user=leaver).values("pk"))
    )
    pages = list(owned)
    if not pages:
        return 0
    candidates = [to] if to else [*editors_of(Place(municipality)), *platform_editors(), *administrators()]
    heir = next((user for user in candidates if user and user != leaver), None)
    if heir is None:
        raise NobodyLeftError
    ids = [page.pk for page in pages]
    Page.objects.filter(pk__in=ids, owner=leaver).update(owner=heir)
    ContactPage.objects.filter(pk__in=ids, user=leaver).update(user=None)
    send(heir, lambda: letters.took_over(pages))
    return len(pages)


@transaction.atomic
def close_account(user: User) -> None:
    """End every role and the account itself; what was written stays, with a new owner.

    Raises:
        NobodyLeftError: nobody is left to take over.
        NotAllowedError: the last administrator stays.
        GoneError: it was closed already, from another tab.
    """
    one_after_the_other(user, _municipalities_of(user))
    if not User.objects.filter(pk=user.pk).exists():
        raise GoneError
    if user in administrators() and len(administrators()) == 1:
        raise NotAllowedError
    held = list(user.memberships.values_list("pk", flat=True))
    for membership in list(user.memberships.exclude(role__in=PLATFORM_ROLES)):
        take_role(user, membership)
    forget_log_of(Membership, held)
    # A contribution may stand where somebody never had, or no longer has, a role.
    for code in _municipalities_of(user):
        hand_over(user, code)
    forget_account(user)


def _municipalities_of(user: User) -> list[str]:
    """Where somebody has a role, or owns a contribution."""
    roles = user.memberships.exclude(municipality=None).values_list("municipality", flat=True)
    owned = Contribution.objects.filter(owner=user).values_list("municipality", flat=True)
    return sorted({*roles, *owned})
