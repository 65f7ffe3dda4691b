"""An initiative that fewer people may read takes what tells of it along: an adoption names it."""

from __future__ import annotations

from exchange.contributions.signals import shown_changed
from exchange.initiatives.models import InitiativePage

from .models import AdoptionPage, is_wider


def narrow(initiative: InitiativePage) -> None:
    """Show every adoption of an initiative to no more people than may read the initiative."""
    for page in AdoptionPage.objects.filter(initiative=initiative):
        if is_wider(page.visibility, initiative.visibility):
            # Beside the versions: it is not what somebody wrote. A draft that says otherwise is refused when offered.
            AdoptionPage.objects.filter(pk=page.pk).update(visibility=initiative.visibility)
            shown_changed.send(sender=AdoptionPage, page_ids=[page.pk])
