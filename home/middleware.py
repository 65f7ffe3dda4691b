"""Forms of Wagtail that were tampered with are bad requests. Bound by name to the places that cannot say so themselves.

Anything else that goes wrong is a fault of ours, and answered as one: an error that looks like somebody else's is never
found. What is added here was found by `tests/fuzz`, and is named.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request
from modelsearch.backends.base import FieldError

logger = logging.getLogger(__name__)

_EDITOR = frozenset({"wagtailadmin_pages:edit", "wagtailadmin_pages:add"})
_GOES_ON = frozenset(
    f"wagtailadmin_pages:{name}" for name in ("delete", "unpublish", "copy", "move", "move_confirm", "lock", "unlock")
)
_LISTS = frozenset({f"wagtail{kind}:{name}" for kind in ("images", "docs") for name in ("index", "index_results")}) | {
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
}

# For views of Wagtail by name: at which function of which module it reads what was sent, and what it raises where a
# field is missing or holds something else than its own scripts send.
_PLACES: tuple[tuple[frozenset[str], tuple[str, str], tuple[type[Exception], ...]], ...] = (
    # Its blocks and its editor of text decode what a script put in hidden fields.
    (
        _EDITOR,
        ("django.forms.forms", "_widget_data_value"),
        (MultiValueDictKeyError, json.JSONDecodeError, AttributeError, TypeError, KeyError, ValueError),
    ),
    # It makes a form for each comment and part of a page, with an id as it was sent.
    (_EDITOR, ("modelcluster.forms", "_construct_form"), (ValidationError, ValueError, LookupError)),
    # It looks up ids of revisions, comments and parts of a page as they were sent.
    (_EDITOR, ("django.db.models.fields", "get_prep_value"), (ValueError, TypeError)),
    # Its form to copy a page asks for where to before it looks whether that was sent.
    (
        frozenset({"wagtailadmin_pages:copy"}),
        ("wagtail.admin.views.pages.copy", "post"),
        (MultiValueDictKeyError,),
    ),
    # Its form for a link looks at an address before it looks whether that was sent.
    (
        frozenset({"wagtailadmin_choose_page_external_link"}),
        ("wagtail.admin.forms.choosers", "to_python"),
        (AttributeError,),
    ),
    # It goes on to what was sent as `next`, also where that is no address.
    (_GOES_ON, ("django.shortcuts", "resolve_url"), (NoReverseMatch,)),
    # Its lists are searched, filtered and sorted at once by what its index does not have.
    (_LISTS, ("modelsearch.backends.base", "check"), (FieldError, AttributeError)),
)
_OURS = ("exchange.", "home.", "search.")
# Ours that stand around the view and the form of every page of the admin, and only pass on what was sent.
_PASS_ON = {
    ("exchange.people.admin_door", "guarded"),
    ("exchange.contributions.forms", "is_valid"),
    ("exchange.contributions.usable_fields", "_forms"),
    *((f"exchange.contributions.{form}", "__init__") for form in ("forms", "addresses", "usable_fields")),
}


class BadFormMiddleware:
    """Answers 400, and says so in the log, where a view of Wagtail stumbles at a known place over what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        view = request.resolver_match.view_name if request.resolver_match else ""
        if not is_tampered(view, exception):
            return None
        logger.warning("What was sent to %s could not be read", request.path, exc_info=exception)
        return bad_request(request, exception)


def is_tampered(view: str, exception: Exception) -> bool:
    """Is this what a view of Wagtail raises over a form that was tampered with, without any code of ours at work?"""
    at_work = set(functions(exception))
    if any(module.startswith(_OURS) and name != "__call__" for module, name in at_work - _PASS_ON):
        return False
    return any(view in views and place in at_work and isinstance(exception, kinds) for views, place, kinds in _PLACES)


def functions(exception: Exception) -> Iterator[tuple[str, str]]:
    """The functions that were at work: module and name."""
    trace = exception.__traceback__
    while trace is not None:
        yield str(trace.tb_frame.f_globals.get("__name__", "")), trace.tb_frame.f_code.co_name
        trace = trace.tb_next
