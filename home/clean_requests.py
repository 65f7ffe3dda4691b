"""What comes in with a request is clean before any view sees it: the one door of forms, addresses and file names.

A form or view that is written later needs no line for it. What does not come with a request (an import, what a provider
of accounts says, JSON within JSON) is cleaned where it is written: `clean_rows`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from exchange.clean_text import clean_line, clean_text, clean_values

# What only its owner knows is compared as it was typed, and never shown.
PRIVATE = "password"
NAMELESS = "bestand"
_Data = TypeVar("_Data", bound=QueryDict)


class CleanRequestMiddleware:
    """Cleans addresses, cookies, forms and the names of files. The bodies of files are left as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _cleaned(request.GET, _in_address)
        request.COOKIES = {name: clean_text(value) for name, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Here and not earlier: a page that is not there has a reader all the same, who is told so.

        Raises:
            Http404: no page has an address with control characters.
        """
        if clean_text(request.path_info) != request.path_info:
            raise Http404
        if request.method != "POST":
            return
        try:
            request.POST = _cleaned(request.POST, _in_form)
        except UnreadablePostError:
            # The sender hung up; whoever asks for the form finds it empty.
            return
        for files in request.FILES.lists():
            for file in files[1]:
                _rename(file)


def _cleaned(data: _Data, clean: Callable[[str, str], str]) -> _Data:
    """The same names and values, clean; the same object where nothing had to change."""
    pairs = [(name, value) for name, values in data.lists() for value in values]
    kept = [(clean_text(name), clean(name, str(value))) for name, value in pairs]
    if kept == pairs:
        return data
    made = QueryDict(mutable=True, encoding=data.encoding)
    for name, value in kept:
        made.appendlist(name, value)
    made._mutable = False
    return cast(_Data, made)


def _in_address(name: str, value: str) -> str:
    """What is asked in an address is one line."""
    return clean_text(value).replace("\n", " ")


def _in_form(name: str, value: str) -> str:
    if PRIVATE in name.lower():
        return value
    document = _document(value)
    if document is None:
        return clean_text(value)
    if isinstance(document, dict) and "blocks" in document:
        # Draftail's: it counts by the place of each sign what is bold. It is cleaned once it is HTML.
        return value
    cleaned = clean_values(document)
    return value if cleaned == document else json.dumps(cleaned)


def _document(value: str) -> Any:
    """What a JSON document in a field says, signs behind a backslash included; None for any other text."""
    if not value.startswith(("{", "[")):
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _rename(file: UploadedFile[bytes]) -> None:
    name = clean_line(file.name or "")
    if name != file.name:
        # Nothing, or only dots, is no name of a file.
        file.name = name if name.strip(". ") else NAMELESS
