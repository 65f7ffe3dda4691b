"""`/logboek/<code>/`: who did what when in a municipality, for who manages its people; and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.accounts.models import roles_of
from exchange.accounts.roles import Role
from exchange.accounts.viewer import signed_in, viewer_of
from exchange.municipalities.models import Municipality
from exchange.sections.writing import managed_places
from exchange.tables.writing import csv_response

from .models import AuditEntry, EntryQuerySet

PAGE = 50


def _entries(request: HttpRequest, code: str) -> tuple[Municipality, EntryQuerySet]:
    """What happened where somebody manages people.

    Raises:
        PermissionDenied: not in any part of this municipality.
    """
    municipality = get_object_or_404(Municipality.objects.select_related("page"), pk=code)
    places = managed_places(roles_of(signed_in(request)), code)
    if not places:
        raise PermissionDenied
    found = AuditEntry.objects.none()
    for place in places:
        found = found | AuditEntry.objects.of(place)
    return municipality, found.select_related("who", "about", "department")


@login_required
def platform_log(request: HttpRequest) -> HttpResponse:
    """Everything that happened everywhere, newest first, for administrators."""
    if not viewer_of(request).is_administrator:
        raise PermissionDenied
    entries = AuditEntry.objects.select_related("who", "about", "department", "municipality")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    return render(request, "auditing/log.html", {"municipality": None, "entries": page})


@login_required
def log(request: HttpRequest, code: str) -> HttpResponse:
    """The log, newest first."""
    municipality, entries = _entries(request, code)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    return render(request, "auditing/log.html", {"municipality": municipality, "entries": page})


@login_required
def log_file(request: HttpRequest, code: str) -> HttpResponse:
    """The log as CSV."""
    municipality, entries = _entries(request, code)
    return csv_response(f"logboek-{municipality.code}.csv", _rows(entries))


def _rows(entries: EntryQuerySet) -> Iterator[tuple[str, ...]]:
    yield (_("wanneer"), _("wie"), _("wat"), _("over wie"), _("rol"), _("titel"), _("afdeling"))
    for one in entries.iterator(chunk_size=500):
        yield (
            timezone.localtime(one.at).isoformat(timespec="seconds"),
            one.who.email if one.who else "",
            one.label,
            one.about.email if one.about else "",
            str(Role(one.role).label) if one.role else "",
            one.title,
            one.department.title if one.department else "",
        )
