"""What the mails about adoptions say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.accounts.letters import Letter, address_of
from exchange.initiatives.models import InitiativePage

from .models import AdoptionPage


def taken_over(adoption: AdoptionPage, source: InitiativePage, address: str) -> Letter:
    values = {"place": adoption.municipality.name, "title": source.title, "stage": adoption.get_stage_display()}
    return Letter(
        about=(adoption, source),
        subject=_("%(place)s doet dit ook: %(title)s") % values,
        paragraphs=(
            _("%(place)s vertelt over jullie initiatief '%(title)s': %(stage)s.") % values,
            _("Mooi: jullie werk helpt een ander. Klopt het dat zij het van jullie hebben?"),
        ),
        button=(_("Kijk en bevestig"), address),
        after=(
            _("Je hoeft niet in te loggen. Antwoord je niet binnen 30 dagen, dan telt het mee, met de opmerking dat "
              "jullie het nog niet bevestigden."),
        ),
    )  # fmt: skip


def declined(adoption: AdoptionPage, source: InitiativePage) -> Letter:
    values = {"place": adoption.municipality.name, "title": source.title, "reason": adoption.get_reason_display()}
    return Letter(
        about=(adoption, source),
        subject=_("%(place)s bekeek jullie initiatief: %(title)s") % values,
        paragraphs=(
            _("%(place)s bekeek '%(title)s' en doet het niet. De reden: %(reason)s.") % values,
            _("Ook dat helpt: een ander ziet zo wanneer het past en wanneer niet."),
        ),
        button=(_("Bekijk de toepassing"), address_of(adoption)),
    )


def confirmed(adoption: AdoptionPage) -> Letter:
    return Letter(
        about=(adoption,),
        subject=_("Bevestigd door de bron: %(title)s") % {"title": adoption.title},
        paragraphs=(_("De gemeente van wie jullie dit hebben, bevestigde het."),),
        button=(_("Bekijk de toepassing"), address_of(adoption)),
    )


def doubted(adoption: AdoptionPage, remark: str) -> Letter:
    said = (_("Dit is de opmerking:"), remark) if remark else ()
    return Letter(
        about=(adoption,),
        subject=_("De bron twijfelt: %(title)s") % {"title": adoption.title},
        paragraphs=(
            _("De gemeente van wie jullie dit hebben, herkent het niet. Bel even; daarna kan zij alsnog bevestigen."),
            *said,
        ),
        button=(_("Bekijk de toepassing"), address_of(adoption)),
    )


def how_does_it_go(adoption: AdoptionPage, months: int, address: str) -> Letter:
    values = {"title": adoption.title, "months": months}
    return Letter(
        about=(adoption,),
        subject=_("Hoe gaat het met: %(title)s?") % values,
        paragraphs=(
            _("%(months)s maanden geleden vertelde je over '%(title)s'. Loopt het, en wat levert het op?") % values,
            _("Twee keuzes en een knop: gemeenten van jullie grootte hebben er veel aan. Ook als het tegenvalt."),
        ),
        button=(_("Vertel hoe het gaat"), address),
        after=(_("Je hoeft niet in te loggen."),),
    )
