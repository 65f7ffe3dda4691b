"""The three-minute card: seven fields, outside the heavy editor, that become a draft in the right section."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.contacts.models import ContactPage
from exchange.contacts.usable import usable_contacts
from exchange.contributions.choices import SafetyCheck, Visibility
from exchange.contributions.drafts import create_draft
from exchange.contributions.forms import SUMMARY_LENGTH, ThemeField
from exchange.contributions.locks import hold
from exchange.contributions.models import TITLE_LENGTH
from exchange.initiatives.bands import Phase
from exchange.initiatives.models import InitiativePage
from exchange.sections.writing import SectionForm
from exchange.themes.models import TargetGroup

# The fields of a card that are compared when two people wrote.
NAMES = ("title", "summary", "themes", "target_groups", "phase", "contact", "safety_check")


class CardForm(SectionForm):
    """Seven fields. A draft may lack any but the title; what is lacking is asked when it is offered."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=TITLE_LENGTH,
        help_text=gettext_lazy("Wat doen jullie? Bijvoorbeeld: 'Inloop met sleutelpersonen in het azc'."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Samenvatting"),
        max_length=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Wat is het, voor wie, en wat levert het op? Hoogstens 280 tekens."),
    )
    themes = ThemeField(label=gettext_lazy("Thema's"), help_text=gettext_lazy("Kies één tot drie thema's."))
    target_groups = forms.ModelMultipleChoiceField(
        TargetGroup.objects.all(),
        label=gettext_lazy("Doelgroepen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phase = forms.ChoiceField(label=gettext_lazy("Hoe ver is het"), choices=Phase.choices, initial=Phase.RUNNING)
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
    safety_check = forms.BooleanField(
        label=gettext_lazy("Er staan geen herkenbare personen en geen geheime plekken in"), required=False
    )

    def __init__(self, *args: Any, user: User, page: InitiativePage | None = None, **kwargs: Any) -> None:
        """Args: page: the draft that is changed; its section stays."""
        super().__init__(*args, user=user, **kwargs)
        if page is not None:
            self.fields.pop("section", None)
        codes = [page.municipality_id] if page else {one.place.municipality for one in roles_of(user) if one.place}
        cast(Any, self.fields["contact"]).queryset = usable_contacts(user, codes)

    def lenient(self) -> CardForm:
        """For saving as one goes: only the title must be there."""
        for name, field in self.fields.items():
            field.required = name in ("title", "section")
        return self

    def values(self) -> dict[str, Any]:
        """The fields of the page."""
        data = dict(self.cleaned_data)
        values = {name: data[name] for name in NAMES if name not in ("safety_check",)}
        values["safety_check"] = SafetyCheck.DONE if data["safety_check"] else SafetyCheck.TO_DO
        return values


def initial_of(page: InitiativePage) -> dict[str, Any]:
    """What a draft holds, as the form shows it."""
    return {
        "title": page.title,
        "summary": page.summary,
        "themes": [theme.pk for theme in page.theme_list()],
        "target_groups": [group.pk for group in page.target_groups.all()],
        "phase": page.phase,
        "contact": page.contact_id,
        "safety_check": page.safety_check == SafetyCheck.DONE,
    }


@transaction.atomic
def contact_of(user: User, section: Page) -> ContactPage:
    """The contact that stands for somebody in a municipality; made from the profile where there is none."""
    place = section.specific.section_municipality()
    # One after the other: two cards at once make one contact.
    hold(section)
    found = ContactPage.objects.filter(user=user, municipality=place).first()
    if found is not None:
        contact: ContactPage = found
        return contact
    values = {
        "title": _("Aanspreekpunt %(place)s") % {"place": section.title},
        "summary": _("Vragen over wat %(place)s doet? Neem gerust contact op.") % {"place": section.title},
        "person_name": user.get_full_name(),
        "team_mailbox": user.email,
        "user": user,
        "visibility": Visibility.MEMBERS,
        "safety_check": SafetyCheck.DONE,
    }
    return create_draft(user, ContactPage, section, values)
