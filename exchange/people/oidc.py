"""Signing in with the municipality's own account (OpenID Connect): what its claims mean here.

A provider in `OIDC_PROVIDERS` says in `settings` of which municipality its people are, or which claim tells; and which
claim lists roles, and what each value is here. `email_claim` names the claim that holds the mail address where there is
no `email`, as with Entra ID. Memberships follow the claims at every sign-in (docs/sign-in.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import SECTION_ROLES, Role
from exchange.clean_text import clean_values
from exchange.municipalities.models import EmailDomain, Municipality
from exchange.sections.models import DepartmentPage, MunicipalityPage

from .claims import address_of, name_of


@dataclass(frozen=True)
class Said:
    """What a provider says of somebody. `is_silent`: it should have named a municipality, and did not."""

    municipality: str | None
    department: str = ""
    roles: frozenset[Role] = frozenset()
    is_silent: bool = False


def read_claims(claims: Mapping[str, Any], mapping: Mapping[str, Any]) -> Said:
    """Read municipality, department and roles out of claims. Pure.

    Args:
        claims: what the provider sent.
        mapping: `municipality` (a code) or `municipality_claim`; `department_claim`; `roles_claim` (a path with dots,
            such as `realm_access.roles`) and `roles`, from a value of it to a role of a section.
    """
    municipality = mapping.get("municipality") or _find(claims, mapping.get("municipality_claim", ""))
    values = _find(claims, mapping.get("roles_claim", "")) or []
    wanted = mapping.get("roles", {})
    given = [wanted[value] for value in ([values] if isinstance(values, str) else values) if value in wanted]
    return Said(
        municipality=str(municipality).upper() if municipality else None,
        department=str(_find(claims, mapping.get("department_claim", "")) or ""),
        roles=frozenset(Role(value) for value in given if value in {role.value for role in SECTION_ROLES}),
        is_silent=not municipality and bool(mapping.get("municipality_claim")),
    )


def address_in(claims: Mapping[str, Any], mapping: Mapping[str, Any]) -> str:
    """The mail address in claims: the `email`, or what the `email_claim` of the mapping names; or nothing. Pure."""
    return address_of(claims, mapping.get("email_claim", ""))


def _find(claims: Mapping[str, Any], path: str) -> Any:
    value: Any = claims
    for step in path.split(".") if path else [""]:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def vouched(email: str, said: Said) -> bool:
    """May a provider vouch for this address: is it of a municipality we know, and of the one it speaks for?

    Without this, the sign-in of one municipality could speak for the people of another. One that should say of which
    municipality somebody is, and does not, speaks for none: an account without a claim is no account of all.
    """
    if said.is_silent:
        return False
    known = {one.pk for one in EmailDomain.objects.municipalities(email)}
    if said.municipality is None:
        return bool(known)
    return bool(known & {one.pk for one in Municipality.objects.find(said.municipality)})


class OidcAdapter(DefaultSocialAccountAdapter):
    """Lets in who belongs to a municipality, and sets their memberships right."""

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> User:
        """Read name and address from all that the provider said: the library looks in one of its two answers only."""
        claims, app = _claims(sociallogin), sociallogin.provider.app
        user = cast(User, sociallogin.user)
        email = address_in(claims, app.settings)
        name = name_of(claims)
        user.email, user.first_name, user.last_name = email, name.given, name.family
        if email not in [one.email.lower() for one in sociallogin.email_addresses]:
            said = email == address_of(claims) and claims.get("email_verified") is True
            verified = said or bool(self.is_email_verified(sociallogin.provider, email))
            sociallogin.email_addresses = [EmailAddress(email=email, verified=verified, primary=True)] if email else []
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse who has no mail address, and who belongs to no municipality that we know.

        Raises:
            ImmediateHttpResponse: back to the sign-in page, with the reason.
        """
        if not sociallogin.user.email:
            name = sociallogin.provider.app.name
            messages.error(
                request,
                _(
                    "%(name)s liet je binnen, maar zei niet wat je e-mailadres is. Vraag je ICT-afdeling om je account "
                    "een e-mailadres te geven, en het mee te sturen als 'email'. Of log in met een code per mail."
                )
                % {"name": name},
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        if not self._belongs(sociallogin, sociallogin.user.email):
            messages.error(request, _("Je account hoort niet bij een gemeente die we kennen. Gebruik je werkaccount."))
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            follow_claims(sociallogin.user, self._said(sociallogin))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        follow_claims(user, self._said(sociallogin))
        return user

    def _said(self, sociallogin: SocialLogin) -> Said:
        return read_claims(_claims(sociallogin), sociallogin.provider.app.settings)

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """A local account is only for the provider of the municipality that the address belongs to."""
        return bool(super().can_authenticate_by_email(login, email)) and self._belongs(login, email)

    def _belongs(self, sociallogin: SocialLogin, email: str) -> bool:
        """Does the mail domain belong to the municipality that the provider speaks for?"""
        return vouched(email, self._said(sociallogin))


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    # Newer versions keep what the token and the userinfo said apart.
    claims: dict[str, Any] = clean_values({**data, **data.get("id_token", {}), **data.get("userinfo", {})})
    return claims


@transaction.atomic
def follow_claims(user: User, said: Said) -> None:
    """Make the memberships in the municipality that the provider speaks for what it says, and leave all others."""
    if said.municipality is None:
        return
    found = Municipality.objects.find(said.municipality)
    if len(found) != 1:
        return
    municipality = found[0]
    department = None
    if said.department:
        page = MunicipalityPage.objects.filter(municipality=municipality).first()
        department = page and DepartmentPage.objects.child_of(page).filter(title__iexact=said.department).first()
    # Somebody of a department that is not known here reads; a role for the whole municipality would be too much.
    roles = said.roles if department is not None or not said.department else frozenset()
    keep = []
    for role in sorted(roles) or [Role.MEMBER]:
        place = department.page_ptr if department is not None and role != Role.MEMBER else None
        membership, _is_new = Membership.objects.get_or_create(
            user=user, municipality=municipality, department=place, role=role
        )
        keep.append(membership.pk)
    for old in user.memberships.filter(municipality=municipality).exclude(pk__in=keep):
        old.delete()
