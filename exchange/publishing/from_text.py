"""A card out of what is written already: pasted text or a file. It becomes a draft to look through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.accounts.once import once
from exchange.accounts.viewer import signed_in
from exchange.contributions.documents import LONGEST, READABLE, Line, UnreadableError, read_document
from exchange.contributions.drafts import create_draft
from exchange.contributions.text import paragraphs
from exchange.contributions.uploads import check_document
from exchange.initiatives.models import InitiativePage
from exchange.sections.writing import SectionForm, sections_of
from exchange.themes.models import Theme

from .prefill import lines_of, prefill, themes_in


class FromTextForm(SectionForm):
    """Pasted text or a file, and where it belongs."""

    text = forms.CharField(
        label=gettext_lazy("Plak hier je tekst"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Met kopjes gaat het het best. Bijvoorbeeld: 'Aanleiding', 'Aanpak' en 'Resultaat', elk op een eigen regel."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Of kies een bestand"),
        required=False,
        help_text=gettext_lazy("DOCX, ODT, PDF of TXT, hoogstens 30 MB. We bewaren het bestand zelf niet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt,.pdf,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data["file"]:
            self._read(data)
        elif data["text"].strip():
            data["lines"] = lines_of(data["text"])
        else:
            raise forms.ValidationError(_("Plak een tekst of kies een bestand."))
        if not any(line.text.strip() for line in data.get("lines", [])) and not self.errors:
            self.add_error("file", _("Er staat geen tekst in dit bestand. Is het een scan? Plak dan de tekst."))
        return data

    def _read(self, data: dict[str, Any]) -> None:
        """The lines of the file, and what its writer should know of them; else what is wrong with it."""
        extension = PurePath(data["file"].name).suffix.lower().removeprefix(".")
        try:
            if extension in READABLE:
                check_document(data["file"])
            document = read_document(data["file"].read(), extension)
        except UnreadableError as error:
            self.add_error("file", str(error))
        except forms.ValidationError as error:
            self.add_error("file", error)
        else:
            if document.cut:
                told = _("%(limit)s Neem het deel dat over je initiatief gaat en plak dat.") % {"limit": document.cut}
                self.add_error("file", told)
            data |= {"lines": document.lines, "note": document.note}


def values_of(lines: Sequence[Line]) -> dict[str, Any]:
    """The fields of an initiative that a text fills."""
    found = prefill(lines)
    themes = list(Theme.objects.all())
    words = [(theme.pk, [theme.name, *theme.synonym_list()]) for theme in themes]
    chosen = themes_in("\n".join(line.text for line in lines), words)
    values: dict[str, Any] = {
        "title": found.title,
        "summary": found.summary,
        "themes": [theme for theme in themes if theme.pk in chosen],
    }
    for name, text in found.texts.items():
        html = paragraphs(text)
        values[name] = html if name == "trust" else [("text", html)]
    return values


@login_required
def card_from_text(request: HttpRequest) -> HttpResponse:
    """`/schrijven/uit-tekst/`: a draft out of pasted text or a file; then the card, to look it through."""
    user = signed_in(request)
    if not sections_of(user):
        messages.info(request, _("Vraag eerst of je voor je gemeente mag schrijven."))
        return redirect("join")
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FromTextForm(*data, user=user)
    if not form.is_valid():
        return render(request, "publishing/from_text.html", {"form": form})
    section = form.chosen_section()
    values = values_of(form.cleaned_data["lines"])
    make = partial(create_draft, user, InitiativePage, section.specific, values)
    page, _is_new = once(user, "card from text", form, make, InitiativePage.objects.filter(owner=user))
    messages.success(request, _("We vulden in wat we konden vinden. Kijk het na: het is nog een concept."))
    if note := form.cleaned_data.get("note"):
        messages.warning(request, note)
    return redirect("card", page.pk)
