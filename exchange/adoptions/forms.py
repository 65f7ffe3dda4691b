"""The forms of an adoption: begun in a minute, grown later, and the answers from a mail."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy

from exchange.accounts.models import User, roles_of
from exchange.accounts.once import OnceForm
from exchange.accounts.viewer import viewer_for
from exchange.contacts.models import ContactPage
from exchange.contacts.usable import usable_contacts
from exchange.contributions.forms import SUMMARY_LENGTH
from exchange.contributions.models import TITLE_LENGTH
from exchange.initiatives.bands import Cost, Staff
from exchange.initiatives.models import InitiativePage
from exchange.sections.writing import SectionForm

from .choices import BY_SOURCE, ENDED, Fate, Reason, Result, Stage, Why
from .models import AdoptionPage
from .reuse import core_elements_of

# So many adaptations fit on the form; the editor takes more.
ADAPTATIONS = 5
REMARK_LENGTH = 1000


def _optional(choices: type[Any], label: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", gettext_lazy("niet gezegd")), *choices.choices], label=label, required=False, **kwargs
    )


def _needs_reason(form: forms.Form, stage: str) -> None:
    if stage in ENDED and not form.cleaned_data.get("reason"):
        form.add_error("reason", gettext_lazy("Vertel waarom: daar leren anderen het meest van."))


class AdoptForm(SectionForm):
    """The minute: how far, and whom to call."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Hoe ver zijn jullie?"),
        choices=Stage.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Ook stoppen of niet doen telt: daar leert een ander van."),
    )
    reason = _optional(
        Reason, gettext_lazy("Gestopt of niet gedaan: waarom?"),
        help_text=gettext_lazy("Alleen als jullie ermee stopten of het niet doen."),
    )  # fmt: skip
    based_on = forms.ModelChoiceField(
        AdoptionPage.objects.none(),
        label=gettext_lazy("Van wie hebben jullie het?"),
        required=False,
        help_text=gettext_lazy("Namen jullie de versie van een andere gemeente over? Kies die dan."),
    )
    i_am_contact = forms.BooleanField(
        label=gettext_lazy("Ik ben het aanspreekpunt"),
        required=False,
        help_text=gettext_lazy("We maken een aanspreekpunt van je profiel. Alleen deelnemende gemeenten zien het."),
    )
    contact = forms.ModelChoiceField(
        ContactPage.objects.none(),
        label=gettext_lazy("Of iemand anders"),
        required=False,
        empty_label=gettext_lazy("Nog niemand"),
    )

    def __init__(self, *args: Any, user: User, initiative: InitiativePage, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        codes = {one.place.municipality for one in roles_of(user) if one.place}
        contact = cast(Any, self.fields["contact"])
        contact.queryset = usable_contacts(user, codes)
        versions = AdoptionPage.objects.visible_to(viewer_for(user)).filter(initiative=initiative)
        based_on = cast(Any, self.fields["based_on"])
        based_on.queryset = versions.exclude(municipality__in=codes).select_related("municipality")
        based_on.empty_label = initiative.municipality.name
        based_on.label_from_instance = lambda one: one.municipality.name
        if not based_on.queryset.exists():
            del self.fields["based_on"]

        self.initiative = initiative

    def clean(self) -> dict[str, Any]:
        super().clean()
        _needs_reason(self, self.cleaned_data.get("stage", ""))
        section = self.chosen_section()
        if section is not None and section.specific.section_municipality().pk == self.initiative.municipality_id:
            self.add_error(
                None, gettext_lazy("Dit is een initiatief van jullie zelf. Kies er een van een andere gemeente.")
            )
        return self.cleaned_data


class GrowForm(forms.Form):
    """What one knows later: what it takes, what it gave, and what others should know."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=TITLE_LENGTH)
    summary = forms.CharField(
        label=gettext_lazy("Samenvatting"), max_length=SUMMARY_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    stage = forms.ChoiceField(label=gettext_lazy("Hoe ver zijn jullie?"), choices=Stage.choices)
    cost_once = _optional(Cost, gettext_lazy("Kosten, eenmalig"))
    cost_yearly = _optional(Cost, gettext_lazy("Kosten per jaar"))
    staff = _optional(Staff, gettext_lazy("Uren van de gemeente"))
    regional_part = forms.CharField(
        label=gettext_lazy("Wat doen jullie samen in de regio?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Bijvoorbeeld: 'De training doen we met vier gemeenten.'"),
    )
    result = _optional(Result, gettext_lazy("Wat leverde het op?"))
    result_note = forms.CharField(
        label=gettext_lazy("Wat zagen jullie?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bijvoorbeeld: 'Elke week vijf bezoekers; na een half jaar vroegen twee om hulp.'"),
    )
    help_received = forms.CharField(
        label=gettext_lazy("Welke hulp kregen jullie?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = _optional(Reason, gettext_lazy("Gestopt of niet gedaan: waarom?"))
    reason_note = forms.CharField(
        label=gettext_lazy("Toelichting op de reden"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        _needs_reason(self, self.cleaned_data.get("stage", ""))
        return self.cleaned_data


class ElementForm(forms.Form):
    """What became of one core element."""

    element = forms.CharField(widget=forms.HiddenInput, max_length=250)
    fate = _optional(Fate, gettext_lazy("Wat deden jullie ermee"))
    note = forms.CharField(label=gettext_lazy("Toelichting"), required=False, max_length=250)


class AdaptationForm(forms.Form):
    """Something that was done differently, and why."""

    what = forms.CharField(label=gettext_lazy("Wat deden jullie anders?"), required=False, max_length=250)
    why = forms.ChoiceField(label=gettext_lazy("Waarom"), choices=Why.choices)


ElementFormSet = formset_factory(ElementForm, extra=0, max_num=100, absolute_max=100)
AdaptationFormSet = formset_factory(
    AdaptationForm, extra=ADAPTATIONS, max_num=ADAPTATIONS, absolute_max=ADAPTATIONS, validate_max=True
)

GROWN = tuple(GrowForm.base_fields)


def elements_initial(adoption: AdoptionPage) -> list[dict[str, str]]:
    """What the source says has to stay, with what was said of it; and what was named that the source took away."""
    said = {block.value["element"]: block.value for block in adoption.elements}
    asked = core_elements_of(adoption.initiative) if adoption.initiative is not None else ()
    names = [*asked, *(name for name in said if name not in asked)]
    return [
        {
            "element": name[:250],
            "fate": said[name]["fate"] if name in said else "",
            "note": said[name]["note"] if name in said else "",
        }
        for name in names
    ]


def adaptations_initial(adoption: AdoptionPage) -> list[dict[str, str]]:
    return [{"what": block.value["what"], "why": block.value["why"]} for block in adoption.adaptations]


def stream(name: str, block: str, values: list[dict[str, str]]) -> Any:
    """The value of a field of blocks."""
    field = cast(Any, AdoptionPage._meta.get_field(name))
    return field.stream_block.normalize([(block, value) for value in values])


def grown(
    form: GrowForm, elements: BaseFormSet[ElementForm], adaptations: BaseFormSet[AdaptationForm]
) -> dict[str, Any]:
    """The fields of the page, of valid forms."""
    return form.cleaned_data | {
        "elements": stream("elements", "element", [one.cleaned_data for one in elements if one.cleaned_data["fate"]]),
        "adaptations": stream(
            "adaptations", "adaptation", [one.cleaned_data for one in adaptations if one.cleaned_data.get("what")]
        ),
    }


class SourceForm(OnceForm):
    """What the source says."""

    answer = forms.ChoiceField(choices=[(one.value, one.label) for one in BY_SOURCE])
    remark = forms.CharField(
        label=gettext_lazy("Herken je het niet? Schrijf er iets bij voor je collega"),
        required=False,
        max_length=REMARK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FollowUpForm(forms.Form):
    """Two choices and a button."""

    stage = forms.ChoiceField(label=gettext_lazy("Loopt het?"), choices=Stage.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(
        label=gettext_lazy("Wat levert het op?"), choices=Result.choices, widget=forms.RadioSelect, required=False
    )
    reason = _optional(
        Reason, gettext_lazy("Gestopt of niet gedaan: waarom?"),
        help_text=gettext_lazy("Alleen als jullie ermee stopten of het niet doen."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        super().clean()
        _needs_reason(self, self.cleaned_data.get("stage", ""))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The fields of the page."""
        values = dict(self.cleaned_data)
        if values["stage"] == Stage.STOPPED:
            values["ended_at"] = timezone.localdate()
        return values
