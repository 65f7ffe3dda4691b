"""What an import last wrote to a page, and the files that people import for their own section."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.contributions.models import Contribution


class ImportRecord(models.Model):
    """The values a contribution got from its source, field by field."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="import_record")
    values = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"import of {self.contribution_id}"


class Upload(models.Model):
    """A file of somebody's own section: first tried without keeping anything, then imported as drafts.

    Its rows stand here and not in a file, so that it goes on where it stopped, on whatever machine.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("wordt nagekeken")
        CHECKED = "checked", _("nagekeken")
        IMPORTING = "importing", _("wordt geïmporteerd")
        DONE = "done", _("klaar")

    section = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200, help_text="Of the file.")
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    records = models.JSONField(
        default=list, help_text="Line, values and error of each row; when it is done only those that were left out."
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="So many rows had their turn in this state.")
    outcomes = models.JSONField(default=dict, help_text="How many rows were added, updated or left as they were.")
    errors = models.JSONField(default=list, help_text="Line, id and reason of each row that is left out.")
    kept = models.JSONField(default=list, help_text="Line, id and fields of rows whose text a person changed since.")
    unknown_columns = models.JSONField(default=list)
    remarks = models.JSONField(default=list, help_text="What a person should know of how the file was read.")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Is it under way?"""
        return self.state in {self.State.CHECKING, self.State.IMPORTING}
