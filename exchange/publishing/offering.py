"""Offering a draft from a page of the site: the writer looks at what may identify somebody, then a colleague reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.contributions.locks import LockedError, require_unlocked
from exchange.contributions.models import Contribution
from exchange.contributions.privacy import Finding

from . import reading


def offer_from_form(
    request: HttpRequest, page: Contribution, user: User, *, seen: Iterable[Finding] | None = None
) -> bool:
    """Offer the newest version of a page, and say what came of it. The form may say `looked`: findings were seen.

    Args:
        seen: the findings that the form showed, where the page was changed since; else those of the newest version.

    Returns:
        Whether a colleague reads along now.
    """
    try:
        _note_looked(request, page, user, seen)
        _offer(page, user)
    except LockedError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.warning(request, _("Vul eerst aan wat nog mist: %(what)s.") % {"what": _lacking(page, error)})
    except reading.QuestionsError as questions:
        if any(finding.must_go for finding in questions.findings):
            messages.warning(request, _("Haal eerst weg wat hieronder bovenaan staat: dat mag niet op de site."))
        else:
            messages.warning(request, _("Kijk eerst naar de vragen hieronder."))
    else:
        messages.success(request, _("Een collega leest nu mee. Je krijgt een mail zodra het geplaatst is."))
        return True
    return False


def _lacking(page: Contribution, error: ValidationError) -> str:
    """What is lacking or wrong, by the names that people see."""
    if not hasattr(error, "error_dict"):
        return "; ".join(error.messages)
    names = {field.name: str(field.verbose_name) for field in page._meta.concrete_fields}
    return ", ".join(names.get(name, "; ".join(error.message_dict[name])) for name in error.message_dict)


def _note_looked(request: HttpRequest, page: Contribution, user: User, seen: Iterable[Finding] | None) -> None:
    require_unlocked(user, page)
    draft = page.get_latest_revision_as_object()
    findings = draft.open_findings() if seen is None else list(seen)
    if findings and "looked" in request.POST:
        draft.confirm(findings)
        draft.save_revision(user=user)
        page.refresh_from_db()


def _offer(page: Contribution, user: User) -> None:
    """Offer a page; and with it the contact that was made of somebody's profile."""
    reading.offer(page, user)
    contact = page.get_latest_revision_as_object().responsible_contact()
    if contact is not None and contact.owner_id == user.pk and not contact.live and not contact.workflow_in_progress:
        reading.offer(Page.objects.get(pk=contact.pk).specific, user)
