"""How often a page is opened, by month: a number, without a trace of who read."""

from __future__ import annotations

import logging

from django.db import DatabaseError, models, transaction
from django.utils import timezone

logger = logging.getLogger(__name__)


class Reads(models.Model):
    """How often a page was opened in a month, by others than who may change it. Nothing about who."""

    contribution = models.ForeignKey("contributions.Contribution", on_delete=models.CASCADE, related_name="reads")
    month = models.DateField(help_text="Its first day.")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reads"
        constraints = [models.UniqueConstraint(fields=["contribution", "month"], name="a_month_once_per_contribution")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.month:%Y-%m}: {self.times}"


def count_read(page_id: int) -> None:
    """Count a reader. Never in the way of the page: if the database is busy it is not counted."""
    month = timezone.localdate().replace(day=1)
    try:
        with transaction.atomic():
            counted, _ = Reads.objects.get_or_create(contribution_id=page_id, month=month)
            Reads.objects.filter(pk=counted.pk).update(times=models.F("times") + 1)
    except DatabaseError as error:
        logger.warning("A reader was not counted: %s", error)
