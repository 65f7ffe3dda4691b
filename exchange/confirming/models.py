"""Who confirmed what, and who was asked: both are kept, so that nobody is asked twice for the same day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.contributions.models import Contribution


class Stage(models.TextChoices):
    """When somebody is asked, counted from the day a confirmation ends (design: domain.md)."""

    BEFORE = "before", _("14 dagen ervoor: wie erover gaat")
    DUE = "due", _("op de dag zelf: de vervanger")
    GONE = "gone", _("na 90 dagen: de redacteuren van de gemeente")


class Asked(models.Model):
    """Somebody was asked about a contribution for the confirmation that ends on a day."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="asked")
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "due_on", "stage", "user"], name="asked_once_per_stage_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.stage} ({self.user})"


class AskedList(models.Model):
    """What a link in a mail is about, where that is too long for a link: numbers of pages and days."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    pages = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{len(self.pages)} ({timezone.localdate(self.made_at)})"


class Confirmation(models.Model):
    """Somebody said that a contribution is still true."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="confirmations")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-confirmed_at"]

    def __str__(self) -> str:
        return f"{self.contribution}: {timezone.localdate(self.confirmed_at)}"
