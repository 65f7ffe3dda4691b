"""The base of every contribution: what an initiative, a lesson and a contact have in common.

One concrete table under all kinds (docs/decisions/0004): visibility, freshness, municipality and search have one place
to ask, and one through-model ties all kinds to themes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, PageManager, PageViewRestriction

from exchange.accounts.viewer import viewer_of
from exchange.municipalities.models import Municipality
from exchange.themes.models import Keyword, TargetGroup, Theme

from . import privacy
from .addresses import Addressed
from .attached import Attachment, DocumentText, texts_of, unreadable
from .choices import Language, Licence, Readers, SafetyCheck, Visibility
from .completeness import Completeness, Item, completeness
from .forms import SUMMARY_LENGTH, ContributionForm
from .freshness import Freshness, ends_on, freshness
from .kinds import Kind
from .panels import AdvicePanel, UnreadPanel
from .plain_language import Advice, advise
from .privacy import Finding
from .reads import count_read
from .section import section_of
from .visibility import ContributionQuerySet, may_edit, may_read
from .written import fields_of, picture_texts, rows_of

TITLE_LENGTH = 100

ContributionManager = PageManager.from_queryset(ContributionQuerySet)


class ThemeLink(ItemBase):
    """A contribution is about a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="links")
    content_object = ParentalKey("Contribution", on_delete=models.CASCADE, related_name="theme_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="a_theme_once_per_contribution")]


class KeywordLink(ItemBase):
    """A contribution carries a free keyword."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="links")
    content_object = ParentalKey("Contribution", on_delete=models.CASCADE, related_name="keyword_links")


class Contribution(Addressed):
    """Anything a municipality places here. Never made itself: make an initiative, a lesson or a contact."""

    kind: ClassVar[Kind]

    summary = models.CharField(
        _("samenvatting"),
        max_length=SUMMARY_LENGTH,
        help_text=_(
            "Wat is het, voor wie, en wat levert het op? Hoogstens 280 tekens. Bijvoorbeeld: 'Elke dinsdag een "
            "inloop in het azc met een vast gezicht. In een jaar vonden 60 bewoners zo hulp.'"
        ),
    )
    themes = ClusterTaggableManager(through=ThemeLink, verbose_name=_("thema's"), related_name="contributions")
    keywords = ClusterTaggableManager(
        through=KeywordLink,
        verbose_name=_("trefwoorden"),
        blank=True,
        related_name="contributions",
        help_text=_(
            "Eigen woorden waarmee iemand dit zoekt, met een komma ertussen. Bijvoorbeeld: 'inloop, vertrouwen'."
        ),
    )
    target_groups = ParentalManyToManyField(
        TargetGroup,
        verbose_name=_("doelgroepen"),
        blank=True,
        related_name="contributions",
        help_text=_("Voor wie is dit? Bijvoorbeeld 'Statushouders'."),
    )
    visibility = models.CharField(
        _("wie mag dit lezen"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text=_(
            "Kies bijvoorbeeld 'Iedereen': dan vindt elke gemeente het. Let op: de Woo geldt altijd, ook voor wat niet "
            "openbaar op deze site staat."
        ),
    )
    limited_to = models.CharField(
        _("wie daarvan"),
        max_length=10,
        choices=Readers,
        default=Readers.ALL,
        help_text=_(
            "Kies bijvoorbeeld 'alleen redacteuren' als iemand deze persoon misschien zoekt. Wie hier zelf staat, "
            "heeft die rol dan ook nodig. Je vindt het daarna niet met zoeken, wel op de pagina van je gemeente."
        ),
    )
    together_with = ParentalManyToManyField(
        Municipality,
        verbose_name=_("samen met deze gemeenten"),
        blank=True,
        related_name="shared_contributions",
        help_text=_("Gemeenten die dit met jullie samen doen. Bijvoorbeeld jullie buurgemeente."),
    )
    safety_check = models.CharField(
        _("privacy en veiligheid"),
        max_length=10,
        choices=SafetyCheck,
        default=SafetyCheck.TO_DO,
        help_text=_(
            "Staat er niets in dat een persoon of een geheime plek kan verraden? Bijvoorbeeld een naam of adres."
        ),
    )
    # The keys of the findings of the privacy check that a writer looked at.
    privacy_confirmed = models.JSONField(default=list, editable=False, blank=True)
    confirmed_at = models.DateField(_("klopt nog op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("bevestigd door"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Een eigen foto of tekening zonder herkenbare mensen. Bijvoorbeeld de ruimte waar de inloop is."),
    )
    licence = models.CharField(
        _("licentie"),
        max_length=15,
        choices=Licence,
        default=Licence.CC_BY,
        help_text=_("Onder welke voorwaarden mag een ander tekst en bijlagen gebruiken? Bijvoorbeeld CC BY 4.0."),
    )
    language = models.CharField(
        _("taal van de tekst"),
        max_length=10,
        choices=Language,
        default=Language.DUTCH,
        help_text=_("In welke taal is dit geschreven? Bijvoorbeeld: Nederlands."),
    )
    source_url = models.URLField(
        _("bron"),
        max_length=500,
        blank=True,
        help_text=_("Staat dit ook op een andere site? Bijvoorbeeld: https://www.voorbeeldgemeente.example/inloop"),
    )
    external_id = models.CharField(_("nummer bij de bron"), max_length=100, blank=True, editable=False)
    is_imported = models.BooleanField(_("geïmporteerd"), default=False, editable=False)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("gemeente"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    department = models.ForeignKey(
        Page, verbose_name=_("afdeling of team"), null=True, editable=False, on_delete=models.SET_NULL,
        related_name="department_contributions",
    )  # fmt: skip

    objects = ContributionManager()

    # Fields of which everybody knows that they hold a name, a number or an address.
    not_checked: ClassVar[frozenset[str]] = frozenset(
        {"slug", "path", "url_path", "draft_title", "external_id", "source_url"}
    )

    is_creatable = False
    base_form_class = ContributionForm
    # Visibility is the only rule about who may read; Wagtail's own privacy options would be a second one.
    private_page_options: ClassVar[list[str]] = []
    exclude_fields_in_copy = ["external_id", "is_imported", "confirmed_at", "confirmed_by"]
    show_in_menus_default = False

    class Meta:
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_id"],
                name="an_external_id_once_per_municipality",
                condition=~Q(external_id=""),
            )
        ]

    # --- where it stands

    def place_in_section(self) -> None:
        """Copy municipality and department from the section above: they follow from the tree, nobody types them.

        Raises:
            ValidationError: the page does not stand in a section.
        """
        section = section_of(self)
        if section is None:
            raise ValidationError(_("Een bijdrage hoort in het deel van een gemeente of afdeling."))
        self.municipality = section.section_municipality()
        self.department = section.section_department()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.path:
            self.place_in_section()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        # Wagtail validates a draft with this alone; it stands in a section all the same.
        if self.path:
            self.place_in_section()
        super().minimal_clean()

    def with_content_json(self, content: dict[str, Any]) -> Any:
        # Confirming is no edit: a version that was written before it does not undo it.
        version = super().with_content_json(content)
        version.confirmed_at, version.confirmed_by_id = self.confirmed_at, self.confirmed_by_id
        return version

    def clean(self) -> None:
        super().clean()
        if len(self.title) > TITLE_LENGTH:
            raise ValidationError(
                {"title": _("Maak de titel korter: hoogstens %(length)s tekens.") % {"length": TITLE_LENGTH}}
            )

    # --- what follows from its fields

    def completeness_items(self) -> list[Item]:
        """What counts for completeness; each kind adds its own."""
        return [
            Item(str(_("titel")), bool(self.title), basic=True),
            Item(str(_("samenvatting")), bool(self.summary), basic=True),
            Item(str(_("thema's")), bool(self.theme_links.all()), basic=True),
            Item(str(_("privacy en veiligheid nagekeken")), self.safety_check == SafetyCheck.DONE, basic=True),
        ]

    def completeness(self) -> Completeness:
        return completeness(self.completeness_items())

    def days_valid(self) -> int | None:
        """How many days a confirmation holds; None: nobody is asked."""
        return self.get_kind().days_valid

    def due_on(self) -> datetime.date | None:
        """The day by which it has to be confirmed: when its confirmation ends, or when it was placed.

        None for what nobody is asked about: a lesson, a draft, and what was taken over from elsewhere.
        """
        days = self.days_valid()
        if days is None:
            return None
        if self.confirmed_at is not None:
            return ends_on(self.confirmed_at, days)
        if self.is_imported or self.first_published_at is None:
            return None
        # Due from its first day on.
        return timezone.localdate(self.first_published_at) - datetime.timedelta(days=1)

    def freshness(self) -> Freshness | None:
        """Its state today; None for what nobody is asked about."""
        due_on = self.due_on()
        return freshness(due_on, timezone.localdate()) if due_on is not None else None

    def responsible_contact(self) -> Any:
        """The contact who knows about it: a page that stands in a higher room, or None."""
        return None

    def get_kind(self) -> Kind:
        """The kind, also when only the base row was read."""
        kind: Kind = self.specific_class.kind
        return kind

    def own_texts(self) -> list[tuple[str, str]]:
        """Label and words of every field that people write in."""
        return list(fields_of(self, self.not_checked))

    def unread_attachments(self) -> list[tuple[str, str]]:
        """The attachments of which nobody can search all, each with why: for who can mend it."""
        names = {one.document_id: str(one) for one in self.attachments.all()}
        told = DocumentText.objects.filter(document__in=names, problem__gt="").order_by("pk")
        return [(names[document], problem) for document, problem in told.values_list("document_id", "problem")]

    def texts_to_check(
        self, rows: Iterable[models.Model] | None = None, keywords: Iterable[str] | None = None
    ) -> list[tuple[str, str]]:
        """What the privacy check reads: everything that somebody wrote, and what stands in the attachments.

        Args:
            rows: what stands below it, such as attachments, where that is not saved yet.
            keywords: the same for its keywords.
        """
        rows = rows_of(self) if rows is None else list(rows)
        words = [keyword.name for keyword in self.keywords.all()] if keywords is None else keywords
        label = str(self._meta.get_field("keywords").verbose_name)
        below = [text for row in rows for text in fields_of(row)]
        attachments = [row for row in rows if isinstance(row, Attachment)]
        titles = [(str(one), one.document.title) for one in attachments]
        read = texts_of(attachments)
        inside = [(str(one), read[one.document_id].text) for one in attachments if one.document_id in read]
        return [*self.own_texts(), (label, ", ".join(words)), *picture_texts(self), *below, *titles, *inside]

    def findings(
        self, rows: Iterable[models.Model] | None = None, keywords: Iterable[str] | None = None
    ) -> list[Finding]:
        """Everything that may identify a person or a protected place, and attachments that nobody could read."""
        rows = rows_of(self) if rows is None else list(rows)
        return [*privacy.check(self.texts_to_check(rows, keywords)), *unreadable(rows)]

    def open_findings(
        self, rows: Iterable[models.Model] | None = None, keywords: Iterable[str] | None = None
    ) -> list[Finding]:
        """Those that no writer looked at yet, and those for which looking is not enough."""
        found = self.findings(rows, keywords)
        return [finding for finding in found if finding.must_go or finding.key not in self.privacy_confirmed]

    def confirm(self, findings: Iterable[Finding]) -> None:
        """Note that a writer looked at these, as far as looking is enough."""
        looked = {finding.key for finding in findings if not finding.must_go}
        self.privacy_confirmed = sorted({*self.privacy_confirmed, *looked})

    def read_attachments(self, rows: Iterable[models.Model] | None = None) -> None:
        """Read the attachments that the worker did not read yet. Takes long: never inside a transaction."""
        attachments = [row for row in (rows_of(self) if rows is None else rows) if isinstance(row, Attachment)]
        read = texts_of(attachments)
        for document in {one.document_id: one.document for one in attachments}.values():
            if document.pk not in read or read[document.pk].file_hash != document.get_file_hash():
                DocumentText.read(document)

    def plain_language_tips(self) -> list[Advice]:
        """Tips to make it plainer; only Dutch is looked at, and whether a picture is told in words."""
        found = advise(self.own_texts()) if self.language == Language.DUTCH else []
        image = self.image
        if image is not None and not image.description:
            tell = _("Vertel in een zin wat er op de afbeelding staat, voor wie hem niet ziet.")
            found.insert(0, Advice(str(tell), str(_("afbeelding")), str(image)))
        return found

    def theme_list(self) -> list[Theme]:
        return [link.tag for link in self.theme_links.all()]

    # --- showing it

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self._look_up_children()
        is_editor = may_edit(request, self)
        return context | {
            "themes": self.theme_list(),
            "target_groups": list(self.target_groups.all()),
            "together_with": list(self.together_with.all()),
            "attachments": list(self.attachments.all()),
            "completeness": self.completeness(),
            "page_may_be_edited": is_editor,
            "unread": self.unread_attachments() if is_editor and self.pk else [],
        }

    def _look_up_children(self) -> None:
        """Fetch in one query each what the page shows twice; in a preview the draft's own are there already."""
        if self.pk:
            models.prefetch_related_objects(
                [self],
                models.Prefetch("theme_links", ThemeLink.objects.select_related("tag")),
                models.Prefetch("attachments", Attachment.objects.select_related("document")),
                "target_groups",
                "together_with",
            )

    def get_view_restrictions(self) -> Any:
        # Whoever gets here passed `visible_to`, which shows a restricted page to nobody.
        return PageViewRestriction.objects.none()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(viewer_of(request), self):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if request.method == "GET" and not may_edit(request, self):
            count_read(self.pk)
        response["Cache-Control"] = "private"
        return response

    # --- editing it

    aside_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("visibility"), FieldPanel("together_with"), FieldPanel("keywords")],
            heading=_("Delen"),
        ),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("licence"), FieldPanel("language"), FieldPanel("source_url")],
            heading=_("Beeld en bron"),
        ),
        UnreadPanel(heading=_("Niet te doorzoeken")),
        InlinePanel("attachments", heading=_("Bijlagen"), label=_("Bijlage")),
    ]
    # The menu fields of a page say nothing about a contribution: only the address and the date of publishing are kept.
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug", help_text=_("Het laatste deel van het adres. Bijvoorbeeld: inloop-met-sleutelpersonen")),
        FieldPanel(
            "seo_title",
            help_text=_(
                "Titel in zoekmachines; leeg: de titel zelf. Bijvoorbeeld: 'Inloop in het azc, Voorbeeldstad'."
            ),
        ),
        FieldPanel(
            "search_description",
            help_text=_(
                "Tekst in zoekmachines; leeg: de samenvatting. Bijvoorbeeld: 'Zo begin je een inloop in het azc.'"
            ),
        ),
    ]

    @classmethod
    def tabs(cls, basic: list[Any], *others: ObjectList) -> TabbedInterface:
        """The editor's tabs: the basic card first, then what the kind adds, then sharing and address."""
        return TabbedInterface(
            [
                ObjectList([*basic, AdvicePanel(heading=_("Wat nu?"))], heading=_("Basiskaart")),
                *others,
                ObjectList(cls.aside_panels, heading=_("Delen en bijlagen")),
                ObjectList(cls.promote_panels, heading=_("Adres")),
                ObjectList(cls.settings_panels, heading=_("Instellingen")),
            ],
            base_form_class=cls.base_form_class,
        )
