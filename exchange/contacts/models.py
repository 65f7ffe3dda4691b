"""Contacts: whom to call about a theme. Role first, person second."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.fields import RichTextField

from exchange.accounts.viewer import viewer_of
from exchange.contributions.blocks import TEXT_FEATURES
from exchange.contributions.choices import Language, Visibility, Weekday
from exchange.contributions.completeness import Item
from exchange.contributions.fields import ChoiceListField, labels
from exchange.contributions.kinds import HALF_YEAR, Kind
from exchange.contributions.models import Contribution
from exchange.municipalities.models import Municipality
from exchange.organisations.models import Organisation

from .reading import note_reading
from .search import SEARCH


class ContactKind(models.TextChoices):
    FIXED = "fixed", _("vast aanspreekpunt")
    KEY_PERSON = "key_person", _("sleutelpersoon")
    COORDINATOR = "coordinator", _("coördinator")
    POLICY_OFFICER = "policy_officer", _("beleidsmedewerker")


def works_on(day: datetime.date, *, working_days: list[str], away_until: datetime.date | None) -> bool | None:
    """Say whether somebody can be reached on a day.

    Returns:
        None where no working days are known and nobody is away.
    """
    if away_until is not None and day <= away_until:
        return False
    return str(day.isoweekday()) in working_days if working_days else None


class ContactPage(Contribution):
    """A role that answers questions about a theme. The title is the role."""

    kind = Kind(
        slug="contact",
        label=_("Aanspreekpunt"),
        plural=_("Aanspreekpunten"),
        heading=_("Wie kun je bellen?"),
        order=30,
        icon="mail",
        admin_list="aanspreekpunten",
        columns={"contact_kind": _("Soort")},
        days_valid=HALF_YEAR,
        is_about_a_person=True,
        imported={"text": "questions"},
        search=SEARCH,
    )

    contact_kind = models.CharField(
        _("soort aanspreekpunt"),
        max_length=20,
        choices=ContactKind,
        default=ContactKind.FIXED,
        help_text=_(
            "Bijvoorbeeld 'vast aanspreekpunt': de gemeente heeft deze rol aangewezen, ook als iemand vertrekt."
        ),
    )
    team_mailbox = models.EmailField(
        _("teammailbox"),
        blank=True,
        help_text=_("Het adres van een team, niet van één persoon. Bijvoorbeeld: integratie@voorbeeldstad.example"),
    )
    person_name = models.CharField(
        _("naam"),
        max_length=100,
        blank=True,
        help_text=_("Wie is het nu? Bijvoorbeeld: 'Sanne Voorbeeld'. Mag leeg blijven."),
    )
    phone = models.CharField(
        _("telefoon"), max_length=30, blank=True, help_text=_("Het nummer van het werk. Bijvoorbeeld: 000 000 00 00")
    )
    user = models.ForeignKey(
        "accounts.User",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Wie hier werkt en een account heeft, kan laten weten dat dit nog klopt. Bijvoorbeeld jij zelf."),
    )
    questions = RichTextField(
        _("wat je kunt vragen"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Waarmee mag een collega bellen? Bijvoorbeeld: 'Hoe wij sleutelpersonen zoeken en betalen.'"),
    )
    service_area = ParentalManyToManyField(
        Municipality,
        verbose_name=_("werkt voor deze gemeenten"),
        blank=True,
        related_name="serving_contacts",
        help_text=_("Alleen invullen als je ook voor andere gemeenten werkt. Bijvoorbeeld als centrumgemeente."),
    )
    languages = ChoiceListField(
        verbose_name=_("talen"), values=Language, help_text=_("Talen waarin je te woord staat. Bijvoorbeeld: Engels.")
    )
    working_days = ChoiceListField(
        verbose_name=_("werkdagen"),
        values=Weekday,
        help_text=_("Dagen waarop je bereikbaar bent. Bijvoorbeeld: maandag."),
    )
    away_until = models.DateField(
        _("afwezig tot en met"),
        null=True,
        blank=True,
        help_text=_("Met vakantie of verlof? Dan tonen we je vervanger. Bijvoorbeeld: 15-8-2026"),
    )
    stand_in = models.ForeignKey(
        "self",
        verbose_name=_("vervanger"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
        help_text=_(
            "Wie antwoordt als jij er niet bent? Kies een ander aanspreekpunt, bijvoorbeeld een collega van je team."
        ),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("te bereiken via organisatie"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Verplicht voor een sleutelpersoon. Bijvoorbeeld een welzijnsorganisatie."),
    )
    consent_given_at = models.DateField(
        _("toestemming gegeven op"),
        null=True,
        blank=True,
        help_text=_("Verplicht voor een sleutelpersoon: de dag waarop die toestemming gaf. Bijvoorbeeld: 1-9-2026"),
    )

    not_checked: ClassVar[frozenset[str]] = Contribution.not_checked | {"team_mailbox", "person_name", "phone"}

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityPage", "sections.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "contacts/contact_page.html"

    class Meta:
        verbose_name = _("aanspreekpunt")
        verbose_name_plural = _("aanspreekpunten")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # A contact is for colleagues unless somebody opens it to all.
        if not args:
            kwargs.setdefault("visibility", Visibility.MEMBERS)
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.contact_kind == ContactKind.KEY_PERSON:
            if self.organisation is None:
                errors["organisation"] = _("Een sleutelpersoon bereik je via een organisatie. Kies welke.")
            if self.consent_given_at is None:
                errors["consent_given_at"] = _("Vul in wanneer de sleutelpersoon toestemming gaf.")
            if self.visibility == Visibility.PUBLIC:
                errors["visibility"] = _("Een sleutelpersoon staat nooit openbaar. Kies 'Alle deelnemende gemeenten'.")
            if self.phone or self.person_name:
                errors["person_name"] = _(
                    "Laat naam en telefoon leeg: een sleutelpersoon bereik je via de organisatie."
                )
        if self.stand_in_id and self.stand_in_id == self.pk:
            errors["stand_in"] = _("Kies iemand anders als vervanger.")
        if errors:
            raise ValidationError(errors)

    def responsible_contact(self) -> ContactPage | None:
        return self

    def completeness_items(self) -> list[Item]:
        return [
            *super().completeness_items(),
            Item(
                str(_("teammailbox of telefoon")),
                bool(self.team_mailbox or self.phone or self.organisation),
                basic=True,
            ),
            Item(str(_("wat je kunt vragen")), bool(self.questions)),
            Item(str(_("werkdagen")), bool(self.working_days)),
            Item(str(_("vervanger")), self.stand_in_id is not None),
            Item(str(_("bevestigd")), self.confirmed_at is not None),
        ]

    def reachable_on(self, day: datetime.date) -> bool | None:
        """Whether this contact works on a day; None when that is not known."""
        return works_on(day, working_days=self.working_days, away_until=self.away_until)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        visible = Contribution.objects.visible_to(viewer_of(request)).select_related("municipality", "content_type")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "reachable": self.reachable_on(timezone.localdate()),
            "service_area": list(self.service_area.all()),
            "stand_in": visible.filter(pk=self.stand_in_id).first() if self.stand_in_id else None,
            "initiatives": list(visible.filter(initiativepage__contact=self)),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        note_reading(request, [self])
        return response

    @property
    def names_somebody(self) -> bool:
        """Does it say of one person who that is, or how to call them?"""
        return bool(self.person_name or self.phone)

    def language_labels(self) -> list[str]:
        return labels(Language, self.languages)

    def working_day_labels(self) -> list[str]:
        return labels(Weekday, self.working_days)

    edit_handler = Contribution.tabs(
        [
            FieldPanel(
                "title", heading=_("Rol"), help_text=_("Niet de naam. Bijvoorbeeld: 'Coördinator statushouders'.")
            ),
            FieldPanel("contact_kind"),
            FieldPanel("summary"),
            FieldPanel("themes"),
            FieldPanel("team_mailbox"),
            FieldPanel("questions"),
            FieldPanel("safety_check"),
            FieldPanel("privacy_looked"),
        ],
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("person_name"),
                        FieldPanel("phone"),
                        FieldPanel("limited_to"),
                        FieldPanel("user"),
                        FieldPanel("target_groups"),
                    ],
                    heading=_("Wie is het nu"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("working_days"),
                        FieldPanel("languages"),
                        FieldRowPanel([FieldPanel("away_until"), PageChooserPanel("stand_in", "contacts.ContactPage")]),
                    ],
                    heading=_("Bereikbaar"),
                ),
                FieldPanel("service_area"),
                MultiFieldPanel(
                    [FieldPanel("organisation"), FieldPanel("consent_given_at")], heading=_("Sleutelpersoon")
                ),
            ],
            heading=_("Bereiken"),
        ),
    )
