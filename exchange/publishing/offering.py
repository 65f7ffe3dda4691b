"""Offering a draft from a page of the site: the writer looks at what may identify somebody, then a colleague reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User
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
    draft = page.get_latest_revision_as_object()
    findings = draft.open_findings() if seen is None else list(seen)
    if findings and "looked" in request.POST:
        draft.confirm(findings)
        draft.save_revision(user=user)
        page.refresh_from_db()
    try:
        _offer(page, user)
    except ValidationError:
        messages.warning(request, _("Vul eerst aan wat nog mist."))
    except reading.QuestionsError as questions:
        if any(finding.must_go for finding in questions.findings):
            messages.warning(request, _("Haal eerst weg wat hieronder bovenaan staat: dat mag niet op de site."))
        else:
            messages.warning(request, _("Kijk eerst naar de vragen hieronder."))
    else:
        messages.success(request, _("Een collega leest nu mee. Je krijgt een mail zodra het geplaatst is."))
        return True
    return False


def _offer(page: Contribution, user: User) -> None:
    """Offer a page; and with it the contact that was made of somebody's profile."""
    reading.offer(page, user)
    contact = page.get_latest_revision_as_object().responsible_contact()
    if contact is not None and contact.owner_id == user.pk and not contact.live and not contact.workflow_in_progress:
        reading.offer(Page.objects.get(pk=contact.pk).specific, user)
