"""The editor's form for contributions: an unknown theme is an error, never silently dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidget
from wagtail.admin.widgets import AdminAutoHeightTextInput

from exchange.themes.models import Theme

from .addresses import AddressedForm
from .questions import grouped
from .usable_fields import UsablePageForm

if TYPE_CHECKING:
    # Django's form fields take a type for the checker, but not when running.
    _Iterator = forms.models.ModelChoiceIterator[Theme]
    _Field = forms.ModelMultipleChoiceField[Theme]
else:
    _Iterator = forms.models.ModelChoiceIterator
    _Field = forms.ModelMultipleChoiceField

MAX_THEMES = 3
SUMMARY_LENGTH = 280


class ThemeChoiceIterator(_Iterator):
    """Themes by their broad theme, as groups of checkboxes."""

    def __iter__(self) -> Any:
        groups: dict[str, list[Any]] = {}
        themes = list(self.queryset.select_related("broader"))
        for theme in themes:
            groups.setdefault(theme.broader.label if theme.broader else theme.label, []).append(self.choice(theme))
        return iter(groups.items())


class ThemeField(_Field):
    """One to three themes out of the vocabulary."""

    iterator = ThemeChoiceIterator
    default_error_messages = {
        "invalid_choice": _("Het thema '%(value)s' bestaat niet (meer). Kies een thema uit de lijst."),
        "invalid_pk_value": _("Het thema '%(pk)s' bestaat niet (meer). Kies een thema uit de lijst."),
        "required": _("Kies één tot drie thema's."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Theme.objects.all(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        themes = super().clean(value)
        if len(themes) > MAX_THEMES:
            raise ValidationError(_("Kies hoogstens drie thema's: de drie waar het vooral over gaat."))
        return themes


# The buttons of the editor with which a text goes on its way to the site.
OFFERING = ("action-submit", "action-publish", "action-restart-workflow")


class ContributionForm(AddressedForm, UsablePageForm):
    """Adds the theme field and the privacy check; every kind's form builds on this one."""

    themes = ThemeField(
        label=_("Thema's"),
        help_text=_("Kies één tot drie thema's. Bijvoorbeeld 'Sleutelpersonen' en 'Toegang tot zorg'."),
    )

    privacy_looked = forms.BooleanField(
        label=_("Ik heb de vragen over privacy bekeken"),
        required=False,
        help_text=_("Alleen nodig als we iets vroegen. Bijvoorbeeld: het nummer dat we vonden is van een organisatie."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = False
        if "summary" in self.fields:
            # Two or three sentences: more than fits on one line.
            self.fields["summary"].widget = AdminAutoHeightTextInput(attrs={"maxlength": SUMMARY_LENGTH, "rows": 3})
        if "keywords" in self.fields:
            # Wagtail's own completes with the words of everybody's pages, hidden ones too.
            self.fields["keywords"].widget = TagWidget()

    def is_valid(self) -> bool:
        """Before a text is offered, its writer looks at what may identify a person or a place: mends or confirms."""
        valid: bool = super().is_valid()
        if not self._asked and any(button in self.data for button in OFFERING):
            self._asked = True
            self._ask_about_privacy()
        return valid and not self.errors

    def _ask_about_privacy(self) -> None:
        page, rows, keywords = self.instance, self._rows(), self.cleaned_data.get("keywords")
        if self.cleaned_data.get("privacy_looked"):
            # What is read in an attachment only now was not looked at yet.
            page.confirm(page.open_findings(rows, keywords))
        page.read_attachments(rows)
        findings = page.open_findings(rows, keywords)
        if findings:
            self.add_error("privacy_looked", [one.line for one in grouped(findings)])

    def _rows(self) -> list[Any]:
        """What stands below the page as the form has it: attachments and partners, also those that are new."""
        return [
            form.instance
            for formset in self.formsets.values()
            for form in formset.forms
            if form not in formset.deleted_forms and form.is_valid() and (form.has_changed() or form.instance.pk)
        ]
