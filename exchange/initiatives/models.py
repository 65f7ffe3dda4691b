"""Initiatives: something a municipality does or tries, with how it works, what must stay and what it takes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from exchange.accounts.viewer import viewer_of
from exchange.contacts.models import ContactPage
from exchange.contributions.blocks import (
    TEXT_FEATURES,
    LineBlock,
    RecognitionBlock,
    ResultBlock,
    StepBlock,
    TextBlock,
)
from exchange.contributions.choices import Language
from exchange.contributions.completeness import Item
from exchange.contributions.fields import ChoiceListField, labels
from exchange.contributions.kinds import HALF_YEAR, Kind
from exchange.contributions.models import Contribution
from exchange.municipalities.size import SizeClass
from exchange.organisations.models import Organisation

from .bands import Cost, LeadTime, MadeWith, Phase, Staff
from .search import SEARCH


class InitiativePage(Contribution):
    """Something a municipality does or tries."""

    kind = Kind(
        slug="initiative",
        label=_("Initiatief"),
        plural=_("Initiatieven"),
        heading=_("Wat doen zij?"),
        order=10,
        icon="pick",
        admin_list="initiatieven",
        columns={"phase": _("Fase")},
        form="card_done",
        imported={"text": "approach", "status": "phase", "start": "started_at", "end": "ended_at"},
        search=SEARCH,
    )

    phase = models.CharField(
        _("fase"),
        max_length=10,
        choices=Phase,
        default=Phase.RUNNING,
        help_text=_("Hoe ver is het? Bijvoorbeeld 'Vast geregeld': er is een besluit, geld en een verantwoordelijke."),
    )
    contact = models.ForeignKey(
        ContactPage,
        verbose_name=_("aanspreekpunt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="initiatives",
        help_text=_("Wie mag een collega bellen? Bijvoorbeeld: 'Coördinator statushouders'."),
    )

    problem = StreamField(
        [("text", TextBlock())],
        blank=True,
        verbose_name=_("probleem"),
        help_text=_("Wat ging er mis, en voor wie? Bijvoorbeeld: 'Bewoners wisten niet bij wie ze terecht konden.'"),
    )
    approach = StreamField(
        [("text", TextBlock()), ("step", StepBlock())],
        blank=True,
        verbose_name=_("aanpak"),
        help_text=_("Wat doen jullie, stap voor stap? Bijvoorbeeld: 'Stap 1: vraag de welzijnsorganisatie om ruimte.'"),
    )
    results = StreamField(
        [("text", TextBlock()), ("result", ResultBlock())],
        blank=True,
        verbose_name=_("resultaat"),
        help_text=_("Wat leverde het op? Ook als het tegenviel. Bijvoorbeeld: '60 bezoekers, 12 vonden hulp.'"),
    )
    trust = RichTextField(
        _("hoe je mensen bereikt en vertrouwen wint"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Bijvoorbeeld: 'Dezelfde vrouw schenkt elke week koffie. Pas na een maand kwamen de vragen.'"),
    )

    core_elements = StreamField(
        [("line", LineBlock())],
        blank=True,
        verbose_name=_("dit moet blijven"),
        help_text=_("Zonder deze onderdelen werkt het niet. Bijvoorbeeld: 'Een vast gezicht, elke week.'"),
    )
    adaptable_elements = StreamField(
        [("line", LineBlock())],
        blank=True,
        verbose_name=_("dit mag anders"),
        help_text=_("Dit past een ander aan zichzelf aan. Bijvoorbeeld: 'De plek: bibliotheek, azc of buurthuis.'"),
    )
    preconditions = StreamField(
        [("line", LineBlock())],
        blank=True,
        verbose_name=_("wat er eerst moet zijn"),
        help_text=_("Bijvoorbeeld: 'Toestemming van het COA om binnen te werken.'"),
    )
    smallest_size = models.CharField(
        _("kleinste gemeente waar dit kan"),
        max_length=2,
        choices=SizeClass,
        blank=True,
        help_text=_("Je eigen schatting; we tonen hem ook als schatting. Bijvoorbeeld: 'minder dan 20.000 inwoners'."),
    )
    regional_part = models.TextField(
        _("wat je samen in de regio kunt doen"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'De training van sleutelpersonen doen wij met vijf gemeenten.'"),
    )

    made_with = ChoiceListField(
        verbose_name=_("gemaakt samen met"),
        values=MadeWith,
        help_text=_("Wie dacht en besliste mee? Bijvoorbeeld: adviesraad."),
    )
    cost_once = models.CharField(
        _("kosten, eenmalig"), max_length=10, choices=Cost, blank=True, help_text=_("Bijvoorbeeld voor inrichting.")
    )
    cost_yearly = models.CharField(
        _("kosten per jaar"),
        max_length=10,
        choices=Cost,
        blank=True,
        help_text=_("Bijvoorbeeld voor vrijwilligers en huur."),
    )
    staff = models.CharField(
        _("uren van de gemeente"),
        max_length=10,
        choices=Staff,
        blank=True,
        help_text=_("Alleen eigen medewerkers. Bijvoorbeeld: een coördinator voor één dag is '4 tot 16 uur per week'."),
    )
    lead_time = models.CharField(
        _("tijd tot de start"),
        max_length=10,
        choices=LeadTime,
        blank=True,
        help_text=_(
            "Van besluit tot eerste dag. Bijvoorbeeld: besluit in mei, eerste inloop in september is '3 tot 6 maanden'."
        ),
    )

    funding_sources = models.TextField(
        _("waar het geld vandaan komt"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'Budget inburgering en een subsidie van de provincie.'"),
    )
    decision = models.CharField(
        _("besluit"),
        max_length=200,
        blank=True,
        help_text=_("Wie besloot wat? Bijvoorbeeld: 'Raad, voorjaarsnota 2026'."),
    )
    budget_line = models.CharField(
        _("plek in de begroting"),
        max_length=200,
        blank=True,
        help_text=_("Bijvoorbeeld: 'Programma 6, sociaal domein'."),
    )
    responsible = models.CharField(
        _("verantwoordelijke"),
        max_length=150,
        blank=True,
        help_text=_("Een rol, geen naam. Bijvoorbeeld: 'Teamleider inburgering'."),
    )
    secured_until = models.DateField(
        _("geregeld tot en met"),
        null=True,
        blank=True,
        help_text=_("We waarschuwen je voordat het afloopt. Bijvoorbeeld: 31-12-2028"),
    )
    stopped_reason = models.TextField(
        _("waarom het stopte"),
        blank=True,
        help_text=_("Eerlijk helpt. Bijvoorbeeld: 'De subsidie liep af en niemand nam het over.'"),
    )
    would_work_when = models.TextField(
        _("wanneer het wel zou werken"),
        blank=True,
        help_text=_("Bijvoorbeeld: 'Met een vaste coördinator voor twee dagen.'"),
    )

    started_at = models.DateField(_("begonnen op"), null=True, blank=True, help_text=_("Bijvoorbeeld: 1-3-2025"))
    ended_at = models.DateField(
        _("geëindigd op"), null=True, blank=True, help_text=_("Leeg als het nog loopt. Bijvoorbeeld: 31-12-2025")
    )
    material_languages = ChoiceListField(
        verbose_name=_("talen van het materiaal"), values=Language, help_text=_("Bijvoorbeeld: folders in Tigrinya.")
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("gebaseerd op initiatief"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="built_upon_by",
        help_text=_(
            "Heb je het van een andere gemeente op deze site? Kies het hier. Bijvoorbeeld hun inloop, die jij kleiner "
            "maakte."
        ),
    )
    based_on_url = models.URLField(
        _("gebaseerd op (elders)"), blank=True, help_text=_("Bijvoorbeeld: https://www.voorbeeld.example/aanpak")
    )
    recognitions = StreamField(
        [("recognition", RecognitionBlock())],
        blank=True,
        verbose_name=_("erkenning van buiten"),
        help_text=_("Staat het in een databank? Bijvoorbeeld: 'goed beschreven', met de datum."),
    )

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityPage", "sections.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = ["lessons.LessonPage"]
    template = "initiatives/initiative_page.html"

    class Meta:
        verbose_name = _("initiatief")
        verbose_name_plural = _("initiatieven")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.phase == Phase.SECURED:
            for name in ("decision", "funding_sources", "responsible", "secured_until"):
                if not getattr(self, name):
                    errors[name] = _(
                        "'Vast geregeld' vraagt een besluit, geld, een verantwoordelijke en een einddatum."
                    )
        if self.phase == Phase.STOPPED and not self.stopped_reason and not self.is_imported:
            errors["stopped_reason"] = _("Vertel waarom het stopte: daar leren anderen het meest van.")
        if self.started_at and self.ended_at and self.ended_at < self.started_at:
            errors["ended_at"] = _("Het einde ligt voor het begin.")
        if self.based_on_id and self.based_on_id == self.pk:
            errors["based_on"] = _("Een initiatief kan niet op zichzelf gebaseerd zijn.")
        if errors:
            raise ValidationError(errors)

    def days_valid(self) -> int | None:
        """A pilot has to be confirmed more often."""
        return HALF_YEAR if self.phase == Phase.PILOT else super().days_valid()

    def responsible_contact(self) -> ContactPage | None:
        contact: ContactPage | None = self.contact
        return contact

    def completeness_items(self) -> list[Item]:
        return [
            *super().completeness_items(),
            Item(str(_("doelgroepen")), bool(self.target_groups.all()), basic=True),
            Item(str(_("aanspreekpunt")), self.contact_id is not None, basic=True),
            Item(str(_("probleem")), bool(self.problem)),
            Item(str(_("aanpak")), bool(self.approach)),
            Item(str(_("resultaat")), bool(self.results)),
            Item(str(_("dit moet blijven")), bool(self.core_elements)),
            Item(str(_("dit mag anders")), bool(self.adaptable_elements)),
            Item(str(_("kosten per jaar")), bool(self.cost_yearly)),
            Item(str(_("uren van de gemeente")), bool(self.staff)),
            Item(str(_("hoe je vertrouwen wint")), bool(self.trust)),
            Item(str(_("bevestigd")), self.confirmed_at is not None),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(request)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        contacts = ContactPage.objects.visible_to(viewer).select_related("municipality")
        lessons = Contribution.objects.visible_to(viewer).filter(
            Q(pk__in=self.related_lessons.values("lesson")) | Q(path__startswith=self.path, depth=self.depth + 1)
        )
        return context | {
            "contact": contacts.filter(pk=self.contact_id).first(),
            "partners": list(self.partners.select_related("organisation")),
            "built_upon": list(
                InitiativePage.objects.visible_to(viewer).filter(based_on=self).select_related("municipality")
            ),
            "lessons": list(lessons.select_related("municipality", "content_type")),
        }

    def made_with_labels(self) -> list[str]:
        return labels(MadeWith, self.made_with)

    edit_handler = Contribution.tabs(
        [
            FieldPanel("title", help_text=_("Zeg wat het is. Bijvoorbeeld: 'Wekelijkse inloop met sleutelpersonen'.")),
            FieldPanel("summary"),
            FieldPanel("themes"),
            FieldPanel("target_groups"),
            FieldPanel("phase"),
            PageChooserPanel("contact", "contacts.ContactPage"),
            FieldPanel("safety_check"),
            FieldPanel("privacy_looked"),
        ],
        ObjectList(
            [
                FieldPanel("problem"),
                FieldPanel("approach"),
                FieldPanel("results"),
                FieldPanel("trust"),
                FieldPanel("made_with"),
                InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
            ],
            heading=_("Aanpak"),
        ),
        ObjectList(
            [
                FieldPanel("core_elements"),
                FieldPanel("adaptable_elements"),
                FieldPanel("preconditions"),
                FieldPanel("smallest_size"),
                FieldPanel("regional_part"),
            ],
            heading=_("Overnemen"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("cost_once"), FieldPanel("cost_yearly")]),
                FieldRowPanel([FieldPanel("staff"), FieldPanel("lead_time")]),
                MultiFieldPanel(
                    [
                        FieldPanel("funding_sources"),
                        FieldPanel("decision"),
                        FieldPanel("budget_line"),
                        FieldPanel("responsible"),
                        FieldPanel("secured_until"),
                    ],
                    heading=_("Geld en borging"),
                ),
                MultiFieldPanel([FieldPanel("stopped_reason"), FieldPanel("would_work_when")], heading=_("Gestopt")),
            ],
            heading=_("Kosten en tijd"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("started_at"), FieldPanel("ended_at")]),
                FieldPanel("material_languages"),
                PageChooserPanel("based_on", "initiatives.InitiativePage"),
                FieldPanel("based_on_url"),
                FieldPanel("recognitions"),
            ],
            heading=_("Achtergrond"),
        ),
    )


class Partner(Orderable):
    """An organisation that takes part, and what it does."""

    initiative = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(
        _("rol"), max_length=150, blank=True, help_text=_("Wat doet deze partner? Bijvoorbeeld: 'levert de ruimte'.")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("organisation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
