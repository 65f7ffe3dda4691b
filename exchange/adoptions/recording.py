"""Recording an adoption: what follows from the initiative, so that a minute is enough."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User, roles_of
from exchange.contributions.choices import SafetyCheck
from exchange.contributions.drafts import create_draft
from exchange.contributions.forms import SUMMARY_LENGTH
from exchange.contributions.locks import hold
from exchange.contributions.models import TITLE_LENGTH
from exchange.initiatives.models import InitiativePage
from exchange.publishing.card import contact_of

from .models import AdoptionPage, Wish


@transaction.atomic
def record(user: User, initiative: InitiativePage, section: Page, data: dict[str, Any]) -> tuple[AdoptionPage, bool]:
    """Make the draft of an adoption in a section. Safe to repeat, and by several at once: there is one.

    Args:
        data: of a valid `AdoptForm`.

    Returns:
        The adoption, and whether it is new. It is not where somebody began one there that was never placed.

    Raises:
        exchange.accounts.rights.NotAllowedError: no right to make drafts there.
    """
    hold(section)
    begun = AdoptionPage.objects.child_of(section).filter(owner=user, initiative=initiative, first_published_at=None)
    if (known := begun.first()) is not None:
        return known, False
    place = section.specific.section_municipality().name
    contact = data["contact"]
    if data["i_am_contact"] and contact is None:
        contact = contact_of(user, section)
    named = {"place": place, "title": initiative.title, "source": initiative.municipality.name}
    values = {
        "title": _shortened(_("%(title)s in %(place)s"), named, TITLE_LENGTH),
        "summary": _shortened(
            _("Zo doet %(place)s het: '%(title)s', naar het voorbeeld van %(source)s."), named, SUMMARY_LENGTH
        ),
        "initiative": initiative,
        "based_on": data.get("based_on"),
        "stage": data["stage"],
        "reason": data["reason"],
        "contact": contact,
        "visibility": initiative.visibility,
        "themes": initiative.theme_list(),
        "target_groups": list(initiative.target_groups.all()),
        # What is asked in that minute are choices: nothing was typed that can identify anybody.
        "safety_check": SafetyCheck.DONE,
    }
    page = create_draft(user, AdoptionPage, section, values)
    Wish.objects.filter(user=user, initiative=initiative).delete()
    return page, True


def _shortened(sentence: str, named: dict[str, str], length: int) -> str:
    """A sentence that fits: what is too long of the title of the initiative is left out."""
    whole = sentence % named
    if len(whole) <= length:
        return whole
    kept = len(named["title"]) - (len(whole) - length) - 1
    return sentence % (named | {"title": named["title"][:kept].rstrip() + "…"})


def own_adoptions(user: User, initiative: InitiativePage) -> list[AdoptionPage]:
    """What somebody's own municipalities recorded of an initiative: placed, or the own draft."""
    codes = {one.place.municipality for one in roles_of(user) if one.place}
    found = AdoptionPage.objects.filter(initiative=initiative, municipality__in=codes).select_related("municipality")
    return [page for page in found if page.live or page.owner_id == user.pk]
