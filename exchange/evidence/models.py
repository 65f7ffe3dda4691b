"""Peer checks: somebody of another municipality went through a short list."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality


class PeerCheck(models.Model):
    """What somebody of another municipality says of an initiative. Shown with the municipality, never with a name."""

    initiative = models.ForeignKey(InitiativePage, on_delete=models.CASCADE, related_name="checks")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_clear = models.BooleanField(_("Ik snap wat zij doen, en voor wie"), default=False)
    is_doable = models.BooleanField(_("Ik zou weten hoe ik zelf kan beginnen"), default=False)
    is_honest = models.BooleanField(_("Kosten, uren en resultaten lijken mij eerlijk"), default=False)
    is_safe = models.BooleanField(_("Er staat niets in dat mensen of geheime plekken kan verraden"), default=False)
    remark = models.CharField(
        _("opmerking voor de maker"),
        max_length=500,
        blank=True,
        help_text=_("Alleen de maker ziet dit. Bijvoorbeeld: 'Hoe vonden jullie de sleutelpersonen?'"),
    )
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("toets door een collega")
        constraints = [models.UniqueConstraint(fields=["initiative", "user"], name="a_check_once_per_person")]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.municipality}"

    @property
    def is_in_order(self) -> bool:
        return self.is_clear and self.is_doable and self.is_honest and self.is_safe
