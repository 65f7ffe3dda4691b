"""Something happened: note it, in the section where it did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry

from exchange.accounts.models import Membership, User
from exchange.contributions.models import Contribution
from exchange.contributions.section import place_of

from .models import Act, AuditEntry
from .noting import note

# Wagtail notes both; the second says the same of what follows the first.
_SAID_TWICE = frozenset({"wagtail.edit.comment", "wagtail.publish.scheduled"})


def _who() -> User | None:
    user = get_active_log_context().user
    return user if isinstance(user, User) and user.pk else None


def page_logged(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """What Wagtail notes of a page, of pages in a section."""
    if not created or instance.action in _SAID_TWICE:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    place = place_of(page) if page is not None else None
    if page is None or place is None:
        return
    if instance.user_id is None and not Contribution.objects.filter(pk=page.pk).exists():
        # The pages that come with the exchange.
        return
    AuditEntry.objects.create(
        at=instance.timestamp,
        municipality_id=place.municipality,
        department_id=place.department,
        who=User.objects.filter(pk=instance.user_id).first() if instance.user_id else None,
        action=instance.action,
        page_id=page.pk,
        title=page.draft_title or page.title,
    )


def page_confirmed(instance: Contribution, user: User | None = None, **kwargs: Any) -> None:
    """Somebody says that a contribution is still true."""
    _of_contribution(instance, Act.CONFIRMED, user).save()


def people_read(instances: Iterable[Contribution], user: User, **kwargs: Any) -> None:
    """Somebody of elsewhere read how to reach people: of each once a day is enough to know."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    pages = {page.pk: page for page in instances}
    noted = AuditEntry.objects.filter(page_id__in=pages, who=user, action=Act.PERSON_READ, at__gte=today)
    known = set(noted.values_list("page_id", flat=True))
    AuditEntry.objects.bulk_create(
        _of_contribution(page, Act.PERSON_READ, user) for pk, page in pages.items() if pk not in known
    )


def _of_contribution(instance: Contribution, act: Act, user: User | None) -> AuditEntry:
    return AuditEntry(
        municipality_id=instance.municipality_id,
        department_id=instance.department_id,
        who=user,
        action=act,
        page_id=instance.pk,
        title=instance.title,
    )


def role_changes(instance: Membership, **kwargs: Any) -> None:
    """A membership is about to be saved: note a role that becomes another one."""
    old = Membership.objects.filter(pk=instance.pk).first() if instance.pk else None
    if old is not None and old.role != instance.role:
        _note_role(instance, Act.ROLE_CHANGED)


def role_given(instance: Membership, created: bool, **kwargs: Any) -> None:
    if created:
        _note_role(instance, Act.ROLE_GIVEN)


def role_taken(instance: Membership, origin: Any = None, **kwargs: Any) -> None:
    """A role ended, by itself or because the account or the department goes: those are there still, but not for long.

    Args:
        origin: what was deleted, or the query of it.
    """
    going = getattr(origin, "model", type(origin))
    _note_role(instance, Act.ROLE_TAKEN, going=going if isinstance(going, type) else None)


def _note_role(membership: Membership, act: Act, going: type | None = None) -> None:
    if membership.municipality_id is None:
        return
    leaves = going is not None and issubclass(going, User)
    closes = going is not None and issubclass(going, Page)
    department = None if closes else Page.objects.filter(pk=membership.department_id).first()
    who = _who()
    AuditEntry.objects.create(
        municipality_id=membership.municipality_id,
        department=department,
        who=None if leaves and who is not None and who.pk == membership.user_id else who,
        about=None if leaves else User.objects.filter(pk=membership.user_id).first(),
        action=act,
        role=membership.role,
    )


def signed_in(user: User, **kwargs: Any) -> None:
    note(Act.SIGNED_IN, user)


def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Of an account that exists: anybody can type an address, and must not make the log grow."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=address).first() if address else None
    if user is not None:
        note(Act.SIGN_IN_FAILED, None, about=user)


def factor_added(user: User, **kwargs: Any) -> None:
    note(Act.FACTOR_ADDED, user)


def factor_removed(user: User, **kwargs: Any) -> None:
    note(Act.FACTOR_REMOVED, user)


def limit_passed(request: HttpRequest, name: str, **kwargs: Any) -> None:
    """Somebody who signed in asked too often; a visitor stands in the server's log only, which ends by itself."""
    if request.user.is_authenticated:
        note(Act.LIMITED, request.user, title=name)
