"""Importing a file in the admin: choose it, see what would happen, then let it happen."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from exchange.accounts.once import once
from exchange.accounts.viewer import signed_in
from exchange.contributions.uploads import check_document
from exchange.sections.writing import SectionForm, sections_of
from exchange.tables.reading import READABLE
from exchange.tables.writing import csv_response

from .files import UnreadableFileError
from .models import Upload
from .rows import columns
from .uploading import MOST_ROWS, again, begin, error_rows, receive, step


class UploadForm(SectionForm):
    """Which file, and for which section."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx), OpenDocument (.ods) of JSON-regels, met boven de rijen de namen van de kolommen."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{one}" for one in READABLE)}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_document(file)
        return file


def imports(request: HttpRequest) -> HttpResponse:
    """`/beheer/importeren/`: choose a file; and what was imported before."""
    user = signed_in(request)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()), user=user)
    if form.is_valid():
        section = form.chosen_section()
        try:
            begun = partial(receive, form.cleaned_data["file"], section, user)
            # The same file without a key may be meant: once the first one was tried, it is another import.
            there = user.uploads.all() if form.has_key else user.uploads.filter(state=Upload.State.CHECKING)
            return redirect("upload", once(user, "import", form, begun, there)[0].pk)
        except UnreadableFileError as error:
            form.add_error("file", ValidationError(str(error)))
    context = {
        "form": form,
        "uploads": user.uploads.defer("records")[:10],
        "columns": columns(),
        "most": MOST_ROWS,
        "may_begin": bool(sections_of(user)),
    }
    return render(request, "importing/imports.html", context)


def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """`/beheer/importeren/<pk>/`: how far it is, what it gives; a POST takes the next step."""
    found = _own(request, pk)
    if request.method == "POST":
        _take(request, found)
        return redirect("upload", pk)
    return render(request, "importing/upload.html", {"upload": found})


def _take(request: HttpRequest, found: Upload) -> None:
    if "begin" in request.POST:
        begin(found)
    elif "again" in request.POST:
        again(found)
    else:
        try:
            step(found)
        except Upload.DoesNotExist as error:
            raise Http404 from error
        except DatabaseError:
            messages.error(request, _("Deze stap lukte nu niet. Er is niets half gebeurd: probeer het zo nog eens."))


@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file; what was imported from it stays."""
    _own(request, pk).delete()
    return redirect("imports")


def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """`/beheer/importeren/<pk>/fouten/`: the rows that are left out, to mend and send again."""
    return csv_response(f"{_('fouten')}.csv", error_rows(_own(request, pk)))


def _own(request: HttpRequest, pk: int) -> Upload:
    """Somebody's own file; that of anybody else is not there."""
    return get_object_or_404(Upload, pk=pk, writer=signed_in(request))
