"""What the weekly mail says."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from exchange.accounts.letters import Letter, absolute

from .news import MOST, News


def this_week(news: Sequence[News], off: str) -> Letter:
    """Args: off: the address that ends these mails."""
    lines = [
        "{title} ({kind}, {place}){changed}\n{address}".format(
            title=one.title,
            kind=one.kind,
            place=one.municipality,
            changed="" if one.is_new else f": {_('aangepast')}",
            address=absolute(one.path),
        )
        for one in news[:MOST]
    ]
    more = len(news) - MOST
    rest = (ngettext("En nog %(number)s.", "En nog %(number)s.", more) % {"number": more},) if more > 0 else ()
    return Letter(
        about=tuple(Page(pk=one.key) for one in news[:MOST] if one.is_contact),
        subject=ngettext("Deze week: %(number)s bericht", "Deze week: %(number)s berichten", len(news))
        % {"number": len(news)},
        paragraphs=(_("Dit is nieuw bij wat je volgt:"), *lines, *rest),
        button=(_("Bekijk wat je volgt"), reverse("following")),
        after=(_("Geen weekbericht meer? Eén klik is genoeg: %(address)s") % {"address": off},),
    )
