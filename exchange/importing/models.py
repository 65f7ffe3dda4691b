"""What an import last wrote to a page, so that the next one can tell the source's changes from a person's."""

from django.db import models

from exchange.contributions.models import Contribution


class ImportRecord(models.Model):
    """The values a contribution got from its source, field by field."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="import_record")
    values = models.JSONField(default=dict)
    imported_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"import of {self.contribution_id}"
