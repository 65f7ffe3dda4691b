"""What the mails about reading along say."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from exchange.accounts.letters import Letter, address_of
from exchange.accounts.models import User


def please_read(page: Page, state: TaskState, writer: User | None) -> Letter:
    name = writer or _("Iemand")
    return Letter(
        about=(page, writer),
        subject=_("Lees je mee? %(title)s") % {"title": page.title},
        paragraphs=(
            _("%(name)s wil dit plaatsen: %(title)s.") % {"name": name, "title": page.title},
            _("Kijk of het klopt, en of er geen herkenbare personen of geheime plekken in staan. Het duurt even."),
        ),
        button=(_("Lees mee"), reverse("reading", args=[state.pk])),
    )


def still_waiting(page: Page, state: TaskState) -> Letter:
    return Letter(
        about=(page,),
        subject=_("Wacht nog op jou: %(title)s") % {"title": page.title},
        paragraphs=(_("Drie werkdagen geleden vroeg een collega of je wilt meelezen. Nog niemand antwoordde."),),
        button=(_("Lees mee"), reverse("reading", args=[state.pk])),
    )


def is_placed(page: Page, reader: User | None) -> Letter:
    return Letter(
        about=(page, reader),
        subject=_("Geplaatst: %(title)s") % {"title": page.title},
        paragraphs=(
            _("%(name)s las mee. Je bijdrage staat nu op Samenwijzer.") % {"name": reader or _("Een collega")},
        ),
        button=(_("Bekijk je bijdrage"), address_of(page)),
    )


def sent_back(page: Page, state: WorkflowState, reader: User | None) -> Letter:
    comment = state.current_task_state.comment if state.current_task_state else ""
    said = (_("Dit is de opmerking:"), comment) if comment else ()
    return Letter(
        about=(page, reader),
        subject=_("Nog niet geplaatst: %(title)s") % {"title": page.title},
        paragraphs=(
            _("%(name)s las mee en vraagt je om iets te veranderen.") % {"name": reader or _("Een collega")},
            *said,
        ),
        button=(_("Ga verder met schrijven"), reverse("wagtailadmin_pages:edit", args=[page.pk])),
    )


def vocabulary_changed(name: str, who: User | None, address: str) -> Letter:
    return Letter(
        about=(who,),
        subject=_("Veranderd: %(name)s") % {"name": name},
        paragraphs=(
            _("%(who)s veranderde '%(name)s'. Dat staat nu zo op de site.") % {"who": who or _("Iemand"), "name": name},
            _("Niemand las dit vooraf mee. Kijk of het klopt, en overleg als je het anders ziet."),
        ),
        button=(_("Bekijk de lijst"), address),
    )
