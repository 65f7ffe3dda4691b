"""What the mails about people say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.accounts.letters import Letter, absolute
from exchange.accounts.roles import Role

from .models import INVITATION_DAYS, Invitation, JoinRequest

if TYPE_CHECKING:
    from exchange.accounts.models import User
    from exchange.contributions.models import Contribution
    from exchange.municipalities.models import Municipality


def _not_you() -> str:
    return _("Vroeg je hier niet om? Dan hoef je niets te doen: er verandert niets.")


def confirm_address(link: str, *, days: int) -> Letter:
    return Letter(
        subject=_("Bevestig je e-mailadres voor Samenwijzer"),
        paragraphs=(_("Met de knop hieronder bevestig je dat dit je e-mailadres is. Daarna kun je meteen meelezen."),),
        button=(_("Bevestig mijn e-mailadres"), link),
        after=(
            ngettext("De link werkt %(days)s dag.", "De link werkt %(days)s dagen.", days) % {"days": days},
            _not_you(),
        ),
    )


def already_known() -> Letter:
    return Letter(
        subject=_("Je hebt al een account bij Samenwijzer"),
        paragraphs=(_("Iemand vroeg met dit e-mailadres een account aan, maar je hebt er al een. Log gewoon in."),),
        button=(_("Inloggen"), reverse("account_login")),
        after=(_not_you(),),
    )


def sign_in_code(code: str) -> Letter:
    return Letter(
        subject=_("Je inlogcode voor Samenwijzer: %(code)s") % {"code": code},
        paragraphs=(
            _("Typ deze code over op de pagina waar je wilde inloggen:"),
            code,
            _("De code werkt een paar minuten en één keer."),
        ),
        after=(_not_you(),),
    )


def unknown_account() -> Letter:
    return Letter(
        subject=_("Geen account met dit e-mailadres"),
        paragraphs=(
            _("Iemand wilde met dit e-mailadres inloggen bij Samenwijzer, maar het heeft daar geen account."),
            _("Werk je bij een gemeente? Dan kun je er zelf een maken."),
        ),
        button=(_("Doe mee"), reverse("join")),
        after=(_not_you(),),
    )


def new_password(link: str) -> Letter:
    return Letter(
        subject=_("Kies een nieuw wachtwoord"),
        paragraphs=(_("Met de knop hieronder kies je een nieuw wachtwoord voor Samenwijzer."),),
        button=(_("Kies een nieuw wachtwoord"), link),
        after=(_not_you(),),
    )


def account_changed(what: str) -> Letter:
    """Something about signing in changed: whoever did not do it must hear of it."""
    return Letter(
        subject=_("Er is iets veranderd aan je account"),
        paragraphs=(what, _("Was jij dit niet? Verander dan meteen je wachtwoord en kijk waar je bent ingelogd.")),
        button=(_("Bekijk mijn account"), reverse("account")),
    )


def invited(by: User, invitation: Invitation) -> Letter:
    place = str(invitation.municipality)
    return Letter(
        about=(by,),
        subject=_("%(name)s nodigt je uit voor Samenwijzer") % {"name": by},
        paragraphs=(
            _("%(name)s vraagt je om voor %(place)s mee te doen aan Samenwijzer, als %(role)s.")
            % {"name": by, "place": place, "role": Role(invitation.role).label},
            _("Op Samenwijzer laten gemeenten zien wat ze doen, wat ze leerden en wie je kunt bellen."),
        ),
        button=(_("Maak je account"), f"{reverse('join')}?{urlencode({'email': invitation.email})}"),
        after=(
            ngettext("De uitnodiging geldt %(days)s dag.", "De uitnodiging geldt %(days)s dagen.", INVITATION_DAYS)
            % {"days": INVITATION_DAYS},
        ),
    )


def role_given(by: User, municipality: Municipality, role: Role) -> Letter:
    return Letter(
        about=(by,),
        subject=_("Je bent nu %(role)s voor %(place)s") % {"role": role.label, "place": municipality},
        paragraphs=(_("%(name)s gaf je die rol op Samenwijzer.") % {"name": by},),
        button=(_("Bekijk wat je kunt doen"), reverse("join")),
    )


def somebody_asks(request: JoinRequest) -> Letter:
    asked = _("%(name)s (%(email)s) wil voor %(place)s schrijven op Samenwijzer.") % {
        "name": request.user, "email": request.user.email, "place": request.municipality,
    }  # fmt: skip
    return Letter(
        about=(request.user,),
        subject=_("%(name)s wil meedoen voor %(place)s") % {"name": request.user, "place": request.municipality},
        paragraphs=(asked, request.reason) if request.reason else (asked,),
        button=(_("Bekijk het verzoek"), reverse("people", args=[request.municipality_id])),
    )


def request_answered(request: JoinRequest) -> Letter:
    if request.granted:
        return Letter(
            subject=_("Je kunt nu schrijven voor %(place)s") % {"place": request.municipality},
            paragraphs=(_("Je verzoek is toegekend. Zet je eerste initiatief, les of aanspreekpunt neer."),),
            button=(_("Begin"), reverse("join")),
        )
    return Letter(
        subject=_("Je verzoek om mee te doen"),
        paragraphs=(
            _("Je verzoek om voor %(place)s te schrijven is niet toegekend. Lezen kun je nog steeds.")
            % {"place": request.municipality},
            _("Vraag een collega van je gemeente hoe het zit."),
        ),
    )


def took_over(pages: Sequence[Contribution]) -> Letter:
    # Without the name of who left: where the account goes, so does every mail that names it.
    titles = "\n".join(f"- {page.title}: {absolute(page.url or '')}" for page in pages[:20])
    return Letter(
        about=tuple(pages[:20]),
        subject=ngettext(
            "Je zorgt nu voor %(number)s bijdrage van een collega",
            "Je zorgt nu voor %(number)s bijdragen van een collega",
            len(pages),
        )
        % {"number": len(pages)},
        paragraphs=(_("Een collega is weg. Kijk of dit nog klopt en wie het overneemt:"), titles),
        button=(_("Ga naar mijn bijdragen"), reverse("wagtailadmin_home")),
    )
