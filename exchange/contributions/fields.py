"""A model field for several choices out of a few: stored as a list, shown as checkboxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of values of one `TextChoices`.

    Raises (on validation):
        ValidationError: a value is not one of the choices.
    """

    def __init__(self, *args: Any, values: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.values = values
        options: dict[str, Any] = {"default": list, "blank": True} | kwargs
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in {"default", "blank"}}

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        allowed = self.values.values if self.values else []
        if self.values and (unknown := [item for item in value if item not in allowed]):
            raise ValidationError(_("Onbekende keuze: %(unknown)s."), params={"unknown": ", ".join(map(str, unknown))})

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.values.choices if self.values else [],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )


def labels(choices: type[models.TextChoices], stored: list[str]) -> list[str]:
    """The labels of stored values, in the order of the choices."""
    return [str(choice.label) for choice in choices if choice.value in stored]
