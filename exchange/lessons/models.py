"""Lessons: what was tried, what happened, and what to do with that, also when it went wrong."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from exchange.accounts.viewer import viewer_of
from exchange.contributions.blocks import TEXT_FEATURES
from exchange.contributions.completeness import Item
from exchange.contributions.kinds import Kind
from exchange.contributions.models import Contribution
from exchange.initiatives.models import InitiativePage

from .search import SEARCH


class Outcome(models.TextChoices):
    WORKED = "worked", _("het werkte")
    DID_NOT_WORK = "did_not_work", _("het werkte niet")
    COST_MORE = "cost_more", _("het kostte meer dan gedacht")


class LessonPage(Contribution):
    """Something a municipality learned."""

    kind = Kind(
        slug="lesson",
        label=_("Geleerde les"),
        plural=_("Geleerde lessen"),
        heading=_("Wat leerden zij?"),
        order=20,
        icon="doc-full-inverse",
        admin_list="lessen",
        columns={"outcome": _("Hoe liep het af")},
        # It stays as true as it was.
        days_valid=None,
        imported={"text": "happened"},
        search=SEARCH,
    )

    outcome = models.CharField(
        _("hoe liep het af"),
        max_length=15,
        choices=Outcome,
        blank=True,
        help_text=_("Ook als het tegenviel: bijvoorbeeld 'het werkte niet' is goud waard voor een ander."),
    )
    tried = RichTextField(
        _("wat we probeerden"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Bijvoorbeeld: 'We stuurden alle bewoners een brief in vier talen.'"),
    )
    happened = RichTextField(
        _("wat er gebeurde"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Bijvoorbeeld: 'Niemand kwam. Pas na een bezoek aan huis kwam de helft.'"),
    )
    advice = RichTextField(
        _("ons advies"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Wat zou je een collega aanraden? Bijvoorbeeld: 'Ga eerst langs, schrijf daarna pas.'"),
    )

    parent_page_types: ClassVar[list[str]] = [
        "sections.MunicipalityPage", "sections.DepartmentPage", "initiatives.InitiativePage",
    ]  # fmt: skip
    subpage_types: ClassVar[list[str]] = []
    template = "lessons/lesson_page.html"

    class Meta:
        verbose_name = _("geleerde les")
        verbose_name_plural = _("geleerde lessen")

    def completeness_items(self) -> list[Item]:
        return [
            *super().completeness_items(),
            Item(str(_("hoe het afliep")), bool(self.outcome), basic=True),
            Item(str(_("wat jullie probeerden")), bool(self.tried)),
            Item(str(_("wat er gebeurde")), bool(self.happened)),
            Item(str(_("jullie advies")), bool(self.advice)),
            Item(str(_("bevestigd")), self.confirmed_at is not None),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        initiatives = InitiativePage.objects.visible_to(viewer_of(request)).filter(
            Q(pk__in=self.related_initiatives.values("initiative")) | Q(path=self.path[: -self.steplen])
        )
        return context | {"initiatives": list(initiatives.select_related("municipality", "content_type"))}

    edit_handler = Contribution.tabs(
        [
            FieldPanel("title", help_text=_("De les in één zin. Bijvoorbeeld: 'Eerst langsgaan, dan pas schrijven'.")),
            FieldPanel("summary"),
            FieldPanel("themes"),
            FieldPanel("outcome"),
            FieldPanel("safety_check"),
            FieldPanel("privacy_looked"),
        ],
        ObjectList(
            [
                FieldPanel("tried"),
                FieldPanel("happened"),
                FieldPanel("advice"),
                FieldPanel("target_groups"),
                InlinePanel("related_initiatives", heading=_("Hoort bij deze initiatieven"), label=_("Initiatief")),
            ],
            heading=_("Het verhaal"),
        ),
    )


class RelatedInitiative(Orderable):
    """A lesson is about an initiative."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="related_initiatives")
    initiative = models.ForeignKey(
        InitiativePage, verbose_name=_("initiatief"), on_delete=models.CASCADE, related_name="related_lessons"
    )

    panels: ClassVar[list[Any]] = [PageChooserPanel("initiative", "initiatives.InitiativePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("initiatief bij les")
        verbose_name_plural = _("initiatieven bij les")
