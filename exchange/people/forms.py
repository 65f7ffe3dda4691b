"""The forms about people: making an account, asking to take part, inviting, the own profile."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.accounts.roles import SECTION_ROLES, Role
from exchange.municipalities.models import Municipality

from .models import JoinRequest

# What a browser may fill in of the one who types (WCAG 1.3.5).
NAMES = {"first_name": {"autocomplete": "given-name"}, "last_name": {"autocomplete": "family-name"}}


class SignupForm(forms.Form):
    """What allauth's own form asks beside the address."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=150, widget=forms.TextInput(attrs=NAMES["first_name"]))
    last_name = forms.CharField(label=_("Achternaam"), max_length=150, widget=forms.TextInput(attrs=NAMES["last_name"]))

    field_order = ["first_name", "last_name", "email"]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.language = (translation.get_language() or user.language)[:2]
        user.save()


class ChooseForm(forms.Form):
    """Which of the municipalities that share a mail domain."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Mijn gemeente"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, choices: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["municipality"]).queryset = Municipality.objects.filter(
            pk__in=[one.pk for one in choices]
        )


class AskForm(forms.ModelForm[JoinRequest]):
    class Meta:
        model = JoinRequest
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "maxlength": 500})}


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label=_("Rol"), choices=[(role.value, role.label) for role in SECTION_ROLES])

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """Who to invite, and as what."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    department = forms.ModelChoiceField(
        Page.objects.none(), label=_("Afdeling of team"), required=False, empty_label=_("De hele gemeente")
    )

    field_order = ["email", "role", "department"]

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["department"]).queryset = departments
        self.fields["role"].initial = Role.AUTHOR

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        widgets = {
            **{name: forms.TextInput(attrs=attributes) for name, attributes in NAMES.items()},
            "language": forms.Select(attrs={"autocomplete": "language"}),
        }
