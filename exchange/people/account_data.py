"""What the exchange keeps about a person, for that person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from exchange.accounts.letters import address_of
from exchange.accounts.models import User
from exchange.auditing.models import AuditEntry
from exchange.contacts.models import ContactPage
from exchange.contributions.models import Contribution

# What rooms above this one keep about a person: they say so themselves.
_KEPT_ELSEWHERE: dict[str, Callable[[User], Any]] = {}


def also(name: str, read: Callable[[User], Any]) -> None:
    """Add something to what a person may download. Called once, when an app is ready.

    Args:
        read: gives plain values, without secrets.
    """
    _KEPT_ELSEWHERE[name] = read


def export(user: User) -> dict[str, Any]:
    """Everything about a person, as plain values; no secrets."""
    return {
        "account": {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "language": user.language,
            "since": user.date_joined.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
            "confirmed": EmailAddress.objects.filter(user=user, verified=True).exists(),
        },
        "roles": [
            {
                "role": membership.role,
                "municipality": str(membership.municipality) if membership.municipality else None,
                "department": membership.department.title if membership.department else None,
            }
            for membership in user.memberships.select_related("municipality", "department")
        ],
        "sign_in": {
            "second_factors": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
            "providers": list(SocialAccount.objects.filter(user=user).values_list("provider", flat=True)),
            "sessions": [
                {"since": one.created_at.isoformat(), "ip": one.ip, "browser": one.user_agent}
                for one in UserSession.objects.filter(user=user)
            ],
        },
        "contributions": [
            {"title": page.title, "address": address_of(page), "live": page.live}
            for page in Contribution.objects.filter(owner=user)
        ],
        "contact_of": [page.title for page in ContactPage.objects.filter(user=user)],
        "confirmed": [page.title for page in Contribution.objects.filter(confirmed_by=user)],
        "log": [
            {"at": one.at.isoformat(), "what": one.label, "title": one.title, "municipality": one.municipality_id}
            for one in AuditEntry.objects.filter(who=user)
        ],
        "requests": [
            {"municipality": str(one.municipality), "asked": one.asked_at.isoformat(), "reason": one.reason}
            for one in user.join_requests.select_related("municipality")
        ],
        **{name: read(user) for name, read in _KEPT_ELSEWHERE.items()},
    }
