"""Sections: the page of a municipality, those of its departments, and the list of all municipalities."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from exchange.accounts.viewer import viewer_of
from exchange.contacts.reading import note_reading
from exchange.contributions.addresses import Addressed
from exchange.contributions.blocks import TEXT_FEATURES, ChoiceBlock
from exchange.contributions.models import Contribution
from exchange.contributions.section import Section
from exchange.contributions.usable_fields import UsablePageForm
from exchange.contributions.visibility import may_edit
from exchange.municipalities.models import Municipality

from .page_context import contributions_by_kind, municipality_context


class ReceptionKind(models.TextChoices):
    ASYLUM = "azc", _("azc")
    EMERGENCY = "emergency", _("noodopvang")
    TRANSITION = "transition", _("doorstroomlocatie")
    UKRAINE = "ukraine", _("opvang Oekraïne")
    MINORS = "minors", _("opvang alleenstaande minderjarigen")
    SHELTER = "shelter", _("vrouwen- of mannenopvang")
    UNDOCUMENTED = "undocumented", _("opvang mensen zonder papieren")


class ReceptionPlace(blocks.StructValue):
    """The value of a reception place block."""

    @property
    def kind_label(self) -> str:
        kind = self.get("kind")
        return str(ReceptionKind(kind).label) if kind else ""


class ReceptionPlaceBlock(blocks.StructBlock):
    """A reception place. The town only: never the address of a protected place."""

    kind = ChoiceBlock(label=_("Soort opvang"), choices=ReceptionKind.choices)
    long_term = blocks.BooleanBlock(label=_("Blijft langer dan vijf jaar"), required=False)
    town = blocks.CharBlock(label=_("Plaats"), max_length=80, help_text=_("Alleen de plaatsnaam, nooit een adres."))

    class Meta:
        label = _("Opvangplek")
        icon = "home"
        template = "sections/blocks/reception_place.html"
        value_class = ReceptionPlace


class MunicipalityIndexPage(Addressed):
    """The list of all municipalities."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["sections.MunicipalityPage"]
    template = "sections/municipality_index_page.html"
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("lijst van gemeenten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = (
            MunicipalityPage.objects.child_of(self).live().select_related("municipality").order_by("municipality__name")
        )
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        provinces: dict[str, list[MunicipalityPage]] = {}
        for page in pages:
            provinces.setdefault(page.municipality.province, []).append(page)
        context["provinces"] = sorted(provinces.items())
        return context


class MunicipalityPage(Section):
    """One municipality: what it does, what it learned and whom to call. There is one for each, joined or not."""

    municipality = models.OneToOneField(
        Municipality, verbose_name=_("gemeente"), on_delete=models.PROTECT, related_name="page", editable=False
    )
    opened_at = models.DateField(_("doet mee sinds"), null=True, blank=True, editable=False)
    introduction = RichTextField(
        _("inleiding"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Wat moet een collega van jullie weten? Bijvoorbeeld: 'Wij werken met wijkteams.'"),
    )
    website = models.URLField(_("website"), blank=True, help_text=_("Bijvoorbeeld: https://www.voorbeeldstad.example"))
    general_phone = models.CharField(
        _("algemeen nummer"), max_length=30, blank=True, help_text=_("Bijvoorbeeld: 14 000")
    )
    general_mailbox = models.EmailField(
        _("algemene mailbox"), blank=True, help_text=_("Bijvoorbeeld: gemeente@voorbeeldstad.example")
    )
    centre_municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("centrumgemeente vrouwenopvang"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "De gemeente die voor jullie regio de vrouwenopvang regelt. Bijvoorbeeld de grootste stad in de buurt."
        ),
    )
    reception_places = StreamField(
        [("place", ReceptionPlaceBlock())], blank=True, verbose_name=_("opvangplekken"),
        help_text=_("Alleen de plaats, nooit een adres. Bijvoorbeeld: azc in Voorbeeldstad."),
    )  # fmt: skip
    veilig_thuis_region = models.CharField(
        _("regio Veilig Thuis"), max_length=100, blank=True, help_text=_("Bijvoorbeeld: Veilig Thuis Voorbeeldstreek")
    )
    social_map_url = models.URLField(
        _("sociale kaart"), blank=True, help_text=_("Bijvoorbeeld: https://www.socialekaart.example")
    )
    social_map_keeper = models.CharField(
        _("wie de sociale kaart bijhoudt"),
        max_length=150,
        blank=True,
        help_text=_("Wie past de sociale kaart aan? Bijvoorbeeld: Team Samen Leven"),
    )
    social_map_checked_at = models.DateField(
        _("sociale kaart gecontroleerd op"),
        null=True,
        blank=True,
        help_text=_("Wanneer keek iemand voor het laatst of hij klopt? Bijvoorbeeld: 1-9-2026"),
    )

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityIndexPage"]
    # No list of what may stand here: each kind says so itself.
    # Made by the register, never by hand.
    is_creatable = False
    template = "sections/municipality_page.html"
    base_form_class = UsablePageForm
    private_page_options: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("website"), FieldRowPanel([FieldPanel("general_phone"), FieldPanel("general_mailbox")])],
            heading=_("Algemeen"),
        ),
        MultiFieldPanel(
            [FieldPanel("centre_municipality"), FieldPanel("veilig_thuis_region"), FieldPanel("reception_places")],
            heading=_("Opvang en veiligheid"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("social_map_url"),
                FieldRowPanel([FieldPanel("social_map_keeper"), FieldPanel("social_map_checked_at")]),
            ],
            heading=_("Sociale kaart"),
        ),
    ]

    class Meta:
        verbose_name = _("gemeentepagina")
        verbose_name_plural = _("gemeentepagina's")

    @property
    def has_joined(self) -> bool:
        return self.opened_at is not None

    def section_municipality(self) -> Municipality:
        municipality: Municipality = self.municipality
        return municipality

    def section_department(self) -> Page | None:
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["page_may_be_edited"] = may_edit(request, self)
        found = municipality_context(self, viewer_of(request))
        note_reading(request, found["people"])
        return context | found


class DepartmentPage(Section):
    """A department or team of a municipality."""

    introduction = RichTextField(
        _("inleiding"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Wat doet dit team? Bijvoorbeeld: 'Wij begeleiden statushouders.'"),
    )
    mailbox = models.EmailField(_("teammailbox"), blank=True, help_text=_("Bijvoorbeeld: jeugd@voorbeeldstad.example"))
    phone = models.CharField(_("telefoon"), max_length=30, blank=True, help_text=_("Bijvoorbeeld: 000 000 00 00"))

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityPage"]
    template = "sections/department_page.html"
    base_form_class = UsablePageForm
    private_page_options: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("mailbox"), FieldPanel("phone")]),
    ]

    class Meta:
        verbose_name = _("afdeling of team")
        verbose_name_plural = _("afdelingen en teams")

    def municipality_page(self) -> MunicipalityPage:
        page: MunicipalityPage = MunicipalityPage.objects.select_related("municipality").parent_of(self).get()
        return page

    def section_municipality(self) -> Municipality:
        return self.municipality_page().section_municipality()

    def section_department(self) -> Page | None:
        return self.page_ptr

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        contributions = Contribution.objects.visible_to(viewer_of(request)).descendant_of(self)
        return context | {
            "municipality_page": self.municipality_page(),
            "contributions": contributions_by_kind(contributions),
        }
