"""What the mail that asks for confirmation says."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.accounts.letters import Letter
from exchange.accounts.models import User
from exchange.contributions.models import Contribution

from . import links

LISTED = 20


def still_true(user: User, pages: Sequence[Contribution]) -> Letter:
    titles = "\n".join(f"- {page.title}" for page in pages[:LISTED])
    token = links.write(user.pk, [(page.pk, page.confirmed_at) for page in pages])
    return Letter(
        about=tuple(pages[:LISTED]),
        subject=ngettext("Klopt dit nog?", "Klopt dit nog? %(number)s bijdragen", len(pages)) % {"number": len(pages)},
        paragraphs=(
            _("Anderen vertrouwen op wat er op Samenwijzer staat. Wil je kijken of dit nog klopt?"),
            titles,
        ),
        button=(_("Kijk en bevestig"), reverse("still_true", args=[token])),
        after=(_("Je hoeft niet in te loggen. Eén druk op de knop per bijdrage is genoeg."),),
    )
