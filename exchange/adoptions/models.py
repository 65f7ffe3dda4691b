"""Adoptions: a municipality that does what another one built, what it changed, and what it gave."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.fields import StreamField

from exchange.accounts.models import User
from exchange.accounts.viewer import viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.choices import Visibility
from exchange.contributions.completeness import Item
from exchange.contributions.kinds import Kind
from exchange.contributions.models import Contribution
from exchange.initiatives.bands import Cost, Staff
from exchange.initiatives.models import InitiativePage

from .blocks import AdaptationBlock, ElementBlock
from .choices import ENDED, RUNS, Answer, Reason, Result, Stage
from .search import SEARCH

# From closed to open.
_OPENNESS = (Visibility.OWN, Visibility.MEMBERS, Visibility.PUBLIC)


def is_wider(visibility: str, than: str) -> bool:
    """May more people read it?"""
    return _OPENNESS.index(Visibility(visibility)) > _OPENNESS.index(Visibility(than))


class AdoptionPage(Contribution):
    """A municipality uses, considers, stopped or turned down an initiative of another one."""

    kind = Kind(
        slug="adoption",
        label=_("Toepassing"),
        plural=_("Toepassingen"),
        heading=_("Wat namen zij van anderen over?"),
        order=40,
        icon="redirect",
        admin_list="toepassingen",
        columns={"stage": _("Hoe ver")},
        form="adoption_form",
        search=SEARCH,
    )

    # What was done here stays worth reading where the source took its own text away.
    initiative = models.ForeignKey(
        InitiativePage,
        verbose_name=_("initiatief"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adoptions",
        help_text=_("Wat doen jullie ook? Bijvoorbeeld de inloop van een andere gemeente."),
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("overgenomen van"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="built_upon_by",
        help_text=_("Namen jullie de versie van een andere gemeente over? Bijvoorbeeld een kleinere buurgemeente."),
    )
    stage = models.CharField(
        _("hoe ver zijn jullie"),
        max_length=15,
        choices=Stage,
        default=Stage.CONSIDERING,
        help_text=_("Bijvoorbeeld 'Wij overwegen dit'. Ook niet doen of stoppen telt: daar leert een ander van."),
    )
    contact = models.ForeignKey(
        ContactPage,
        verbose_name=_("aanspreekpunt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adoptions",
        help_text=_("Wie mag een collega bellen over jullie versie? Bijvoorbeeld: 'Beleidsmedewerker opvang'."),
    )
    elements = StreamField(
        [("element", ElementBlock())],
        blank=True,
        verbose_name=_("wat moest blijven"),
        help_text=_("Per onderdeel: gehouden, veranderd of weggelaten. Bijvoorbeeld: 'Een vast gezicht', gehouden."),
    )
    adaptations = StreamField(
        [("adaptation", AdaptationBlock())],
        blank=True,
        verbose_name=_("wat jullie anders deden"),
        help_text=_("Wat, en waarom. Bijvoorbeeld: 'In de bibliotheek', door onze grootte."),
    )
    cost_once = models.CharField(
        _("kosten, eenmalig"), max_length=10, choices=Cost, blank=True, help_text=_("Bijvoorbeeld voor inrichting.")
    )
    cost_yearly = models.CharField(
        _("kosten per jaar"), max_length=10, choices=Cost, blank=True, help_text=_("Bijvoorbeeld voor huur.")
    )
    staff = models.CharField(
        _("uren van de gemeente"),
        max_length=10,
        choices=Staff,
        blank=True,
        help_text=_("Alleen eigen medewerkers. Bijvoorbeeld: een halve dag is '4 tot 16 uur per week'."),
    )
    regional_part = models.TextField(
        _("wat jullie in de regio doen"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'De training doen we met vier gemeenten.'"),
    )
    result = models.CharField(
        _("wat leverde het op"),
        max_length=10,
        choices=Result,
        blank=True,
        help_text=_("Naast wat de bron vertelt. Ook 'minder goed' helpt een ander verder, bijvoorbeeld met de reden."),
    )
    result_note = models.TextField(
        _("wat jullie zagen"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'Elke week vijf bezoekers; na een half jaar vroegen twee om hulp.'"),
    )
    help_received = models.TextField(
        _("hulp die jullie kregen"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'Waterhoven dacht twee keer mee en stuurde het draaiboek.'"),
    )
    reason = models.CharField(
        _("reden"), max_length=12, choices=Reason, blank=True,
        help_text=_("Waarom gestopt, of niet gedaan? Bijvoorbeeld: geen geld."),
    )  # fmt: skip
    reason_note = models.TextField(
        _("toelichting op de reden"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'De sleutelpersoon vertrok en wij vonden geen ander.'"),
    )
    started_at = models.DateField(_("begonnen op"), null=True, blank=True, help_text=_("Bijvoorbeeld: 1-3-2026"))
    ended_at = models.DateField(_("gestopt op"), null=True, blank=True, help_text=_("Bijvoorbeeld: 31-12-2026"))

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityPage", "sections.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "adoptions/adoption_page.html"

    class Meta:
        verbose_name = _("toepassing")
        verbose_name_plural = _("toepassingen")

    @property
    def runs(self) -> bool:
        return self.stage in RUNS

    @property
    def has_ended(self) -> bool:
        return self.stage in ENDED

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.has_ended and not self.reason and not self.is_imported:
            errors["reason"] = _("Vertel waarom: daar leren anderen het meest van.")
        if self.started_at and self.ended_at and self.ended_at < self.started_at:
            errors["ended_at"] = _("Het einde ligt voor het begin.")
        if self.initiative is None and self.first_published_at is None:
            errors["initiative"] = _("Kies het initiatief dat jullie ook doen.")
        if self.initiative is not None:
            errors |= self._errors_with_source(self.initiative)
        if errors:
            raise ValidationError(errors)

    def _errors_with_source(self, initiative: InitiativePage) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if initiative.municipality_id == self.municipality_id:
            errors["initiative"] = _("Dit is een initiatief van jullie zelf. Kies er een van een andere gemeente.")
        if is_wider(self.visibility, initiative.visibility):
            errors["visibility"] = _("Dit kan niet meer mensen bereiken dan het initiatief zelf: '%(who)s'.") % {
                "who": initiative.get_visibility_display()
            }
        if self.based_on is not None:
            if self.based_on.initiative_id != self.initiative_id:
                errors["based_on"] = _("Dit is een toepassing van een ander initiatief.")
            elif self.pk in _line_of(self.based_on):
                errors["based_on"] = _("Die gemeente heeft het (ook) van jullie: zo komt er geen begin aan.")
        return errors

    def with_content_json(self, content: dict[str, Any]) -> Any:
        # The initiative may have been closed to some since this version was written.
        version = super().with_content_json(content)
        initiative = version.initiative
        if initiative is not None and is_wider(version.visibility, initiative.visibility):
            version.visibility = initiative.visibility
        return version

    def due_on(self) -> datetime.date | None:
        """What ended stays true: nobody is asked about it any more."""
        return None if self.has_ended else super().due_on()

    def responsible_contact(self) -> ContactPage | None:
        return self.contact

    def completeness_items(self) -> list[Item]:
        """What was only considered or turned down is complete with less."""
        items = [
            *super().completeness_items(),
            Item(str(_("initiatief")), self.initiative_id is not None, basic=True),
            Item(str(_("aanspreekpunt")), self.contact_id is not None),
        ]
        if self.stage == Stage.CONSIDERING:
            return items
        if self.has_ended:
            items.append(Item(str(_("toelichting op de reden")), bool(self.reason_note)))
        if self.stage == Stage.DECLINED:
            return items
        return [
            *items,
            Item(str(_("wat jullie hielden en veranderden")), bool(self.elements)),
            Item(str(_("wat jullie anders deden")), bool(self.adaptations)),
            Item(str(_("kosten per jaar")), bool(self.cost_yearly)),
            Item(str(_("uren van de gemeente")), bool(self.staff)),
            Item(str(_("wat het opleverde")), bool(self.result)),
            Item(str(_("bevestigd")), self.confirmed_at is not None),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(request)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        initiatives = InitiativePage.objects.visible_to(viewer).select_related("municipality")
        adoptions = AdoptionPage.objects.visible_to(viewer).select_related("municipality")
        contacts = ContactPage.objects.visible_to(viewer).select_related("municipality")
        return context | {
            "initiative": initiatives.filter(pk=self.initiative_id).first(),
            "source": adoptions.filter(pk=self.based_on_id).first(),
            "contact": contacts.filter(pk=self.contact_id).first(),
            "answer": SourceAnswer.objects.filter(adoption_id=self.pk).first(),
        }

    edit_handler = Contribution.tabs(
        [
            FieldPanel("title", help_text=_("Bijvoorbeeld: 'Wekelijkse inloop, kleiner' (de gemeente staat erbij).")),
            FieldPanel("summary"),
            FieldPanel("themes"),
            PageChooserPanel("initiative", "initiatives.InitiativePage"),
            PageChooserPanel("based_on", "adoptions.AdoptionPage"),
            FieldPanel("stage"),
            PageChooserPanel("contact", "contacts.ContactPage"),
            FieldPanel("safety_check"),
            FieldPanel("privacy_looked"),
        ],
        ObjectList(
            [
                FieldPanel("elements"),
                FieldPanel("adaptations"),
                FieldPanel("regional_part"),
                FieldRowPanel([FieldPanel("cost_once"), FieldPanel("cost_yearly")]),
                FieldPanel("staff"),
                FieldRowPanel([FieldPanel("started_at"), FieldPanel("ended_at")]),
            ],
            heading=_("Zo doen wij het"),
        ),
        ObjectList(
            [
                FieldPanel("result"),
                FieldPanel("result_note"),
                FieldPanel("help_received"),
                FieldPanel("target_groups"),
                MultiFieldPanel([FieldPanel("reason"), FieldPanel("reason_note")], heading=_("Gestopt of niet gedaan")),
            ],
            heading=_("Wat het opleverde"),
        ),
    )


def _line_of(adoption: AdoptionPage) -> set[int]:
    """An adoption and everything it goes back to."""
    line: set[int] = set()
    current: AdoptionPage | None = adoption
    while current is not None and current.pk not in line:
        line.add(current.pk)
        current = current.based_on
    return line


class SourceAnswer(models.Model):
    """What the source says of an adoption. Beside the page, so that no old version of the page undoes it."""

    adoption = models.OneToOneField(AdoptionPage, on_delete=models.CASCADE, related_name="source_answer")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    asked_on = models.DateField(default=timezone.localdate)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.adoption}: {self.get_answer_display()}"


class FollowUp(models.Model):
    """Somebody was asked how it goes, so many months after it was placed: once."""

    adoption = models.ForeignKey(AdoptionPage, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["adoption", "months"], name="asked_once_after_so_many_months")]

    def __str__(self) -> str:
        return f"{self.adoption}: {self.months}"


class Wish(models.Model):
    """Somebody wanted to record an adoption but may not write yet: kept until they may."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="wishes")
    initiative = models.ForeignKey(InitiativePage, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=15, choices=Stage)
    wished_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [models.UniqueConstraint(fields=["user", "initiative"], name="an_initiative_wished_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.initiative}"
