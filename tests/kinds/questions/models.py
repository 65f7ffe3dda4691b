"""A kind of contribution as small as it can be: what a municipality asks others. Only for tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from exchange.contributions.kinds import Kind
from exchange.contributions.models import Contribution
from exchange.contributions.searchable import Field, Filter, Searchable, Text, Value, by_choices
from exchange.contributions.text import plain_text


class Haste(models.TextChoices):
    NONE = "none", "geen haast"
    WEEK = "week", "deze week"


def _texts(page: QuestionPage, looked_up: Any) -> Iterator[Text]:
    yield Text(Field.BODY, plain_text(page.wording))


def _values(page: QuestionPage) -> list[Value]:
    return [("haste", page.haste)]


class QuestionPage(Contribution):
    """What a municipality asks others."""

    kind = Kind(
        slug="question",
        label="Vraag",
        plural="Vragen",
        heading="Wat vragen zij?",
        order=50,
        icon="help",
        admin_list="vragen",
        columns={"haste": "Haast"},
        search=Searchable(texts=_texts, values=_values, filters=(Filter("haste", "Haast", by_choices(Haste), 75),)),
        days_valid=30,
        imported={"text": "wording", "haste": "haste"},
    )

    wording = RichTextField("vraag", blank=True)
    haste = models.CharField("haast", max_length=10, choices=Haste, default=Haste.NONE)

    parent_page_types: ClassVar[list[str]] = ["sections.MunicipalityPage", "sections.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "questions/question_page.html"

    edit_handler = Contribution.tabs(
        [
            FieldPanel(name)
            for name in ("title", "summary", "themes", "wording", "haste", "safety_check", "privacy_looked")
        ]
    )
