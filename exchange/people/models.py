"""What precedes a membership: an invitation by a colleague, or a request to take part."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.accounts.rights import Place
from exchange.accounts.roles import SECTION_ROLES, Role
from exchange.municipalities.models import Municipality

INVITATION_DAYS = 30


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> InvitationQuerySet:
        """Those that can still be accepted."""
        oldest = timezone.now() - datetime.timedelta(days=INVITATION_DAYS)
        return self.filter(accepted_at=None, invited_at__gte=oldest)

    def for_address(self, address: str) -> InvitationQuerySet:
        return self.waiting().filter(email__iexact=address)


class Invitation(models.Model):
    """A role that waits for somebody who has no account yet: it is given once they confirm their address."""

    email = models.EmailField(_("e-mailadres"))
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("gemeente"), on_delete=models.CASCADE, related_name="invitations"
    )
    department = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("afdeling of team"), on_delete=models.CASCADE, related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    role = models.CharField(
        _("rol"), max_length=20, choices=[(role.value, role.label) for role in SECTION_ROLES], default=Role.AUTHOR
    )
    invited_by = models.ForeignKey(
        User, verbose_name=_("uitgenodigd door"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(_("uitgenodigd op"), default=timezone.now)
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-invited_at"]
        # In SQL no two nulls are equal: one constraint for each depth a role can have.
        constraints = [
            models.UniqueConstraint(
                fields=["email", "municipality", "department", "role"],
                name="invited_once_to_a_role_in_a_department",
                condition=Q(accepted_at=None, department__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["email", "municipality", "role"],
                name="invited_once_to_a_role_in_a_municipality",
                condition=Q(accepted_at=None, department=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.municipality})"

    @property
    def place(self) -> Place:
        return Place(self.municipality_id, self.department_id)


class JoinRequest(models.Model):
    """A member asks to write for a municipality; with the first one that is granted its section opens."""

    user = models.ForeignKey(User, verbose_name=_("gebruiker"), on_delete=models.CASCADE, related_name="join_requests")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("gemeente"), on_delete=models.CASCADE, related_name="join_requests"
    )
    reason = models.CharField(
        _("toelichting"),
        max_length=500,
        blank=True,
        help_text=_("Bijvoorbeeld: 'Ik coördineer de opvang en wil onze inloop laten zien.'"),
    )
    asked_at = models.DateTimeField(_("gevraagd op"), default=timezone.now)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name=_("beantwoord door"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted = models.BooleanField(_("toegekend"), null=True)

    class Meta:
        verbose_name = _("verzoek om mee te doen")
        verbose_name_plural = _("verzoeken om mee te doen")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                name="one_open_request_per_person_and_municipality",
                condition=Q(answered_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.municipality})"
