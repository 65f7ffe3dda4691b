"""Pages with something in every field of their editor, whatever kinds of field those are: a new one is filled too."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image as Picture
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Page

from exchange.adoptions.models import AdoptionPage
from exchange.contacts.models import ContactPage
from exchange.contributions.fields import ChoiceListField
from exchange.initiatives.models import InitiativePage
from exchange.organisations.models import Organisation
from tests.factories import AdoptionFactory, ContactFactory, InitiativeFactory, UserFactory


def panels(model: type[Page]) -> Iterator[FieldPanel | InlinePanel]:
    """Every field and every list of rows of a kind's editor, in its order."""
    waiting = [model.get_edit_handler()]
    while waiting:
        panel = waiting.pop(0)
        if isinstance(panel, InlinePanel) or (isinstance(panel, FieldPanel) and _is_stored(model, panel.field_name)):
            yield panel
        elif not isinstance(panel, FieldPanel):
            waiting = [*getattr(panel, "children", []), *waiting]


def _is_stored(model: type[Page], name: str) -> bool:
    return name in {field.name for field in model._meta.get_fields()}


def picture_file() -> bytes:
    written = BytesIO()
    Picture.new("RGB", (8, 8)).save(written, "PNG")
    return written.getvalue()


class Filler:
    """Makes values. Each comes in two variants (0 and 1), so that a field can be changed."""

    def __init__(self, section: Page, elsewhere: Page) -> None:
        self.section, self.elsewhere = section, elsewhere
        self._made: dict[tuple[Any, int], Any] = {}

    def fill(self, page: Page, panel: FieldPanel | InlinePanel, variant: int) -> None:
        """Put something in what a panel edits. The version is not saved."""
        if isinstance(panel, InlinePanel):
            row = panel.db_field.related_model()
            for child in row.panels:
                field = row._meta.get_field(child.field_name)
                setattr(row, field.name, self.value(field, variant))
            setattr(page, panel.relation_name, [row])
            return
        field = page._meta.get_field(panel.field_name)
        value = self.value(field, variant)
        if isinstance(value, list) and field.is_relation:
            getattr(page, field.name).set(value)
        else:
            setattr(page, field.name, value)

    def value(self, field: Any, variant: int) -> Any:
        if isinstance(field, ChoiceListField):
            return [field.values.values[variant]] if field.values else ["x"]
        if isinstance(field, StreamField):
            return [(name, self.block(one, variant)) for name, one in field.stream_block.child_blocks.items()]
        if field.choices:
            return [value for value, _label in field.flatchoices if value != ""][variant]
        if field.is_relation:
            many = field.many_to_many or field.related_model.__name__ in {"Theme", "Keyword"}
            found = self.related(field.related_model, variant)
            return [found] if many else found
        return self.plain(field, variant)

    def plain(self, field: models.Field[Any, Any], variant: int) -> Any:
        made: dict[type[Any], Any] = {
            models.DateTimeField: datetime.datetime(2030, 1, 1 + variant, tzinfo=datetime.UTC),
            models.DateField: datetime.date(2026, 1, 1 + variant),
            models.BooleanField: bool(variant),
            models.IntegerField: 1 + variant,
            models.EmailField: f"team{variant}@waterhoven.example",
            models.URLField: f"https://www.waterhoven.example/{variant}",
            models.SlugField: f"adres-{variant}",
            models.CharField: f"Woorden {variant}",
            models.TextField: f"<p>Woorden {variant}</p>",
        }
        return next(value for kind, value in made.items() if isinstance(field, kind))

    def block(self, block: blocks.Block, variant: int) -> Any:
        if isinstance(block, blocks.StructBlock):
            return {name: self.block(one, variant) for name, one in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.block(block.child_block, variant)]
        if isinstance(block, blocks.ChoiceBlock):
            return [value for value, _label in block.field.choices if value][variant]
        if isinstance(block, blocks.DateBlock):
            return datetime.date(2026, 1, 1 + variant)
        if isinstance(block, blocks.BooleanBlock):
            return bool(variant)
        return f"<p>Woorden {variant}</p>" if isinstance(block, blocks.RichTextBlock) else f"Woorden {variant}"

    def related(self, model: type[models.Model], variant: int) -> Any:
        if (model, variant) not in self._made:
            self._made[model, variant] = self._make(model, variant)
        return self._made[model, variant]

    def _make(self, model: type[models.Model], variant: int) -> Any:
        if model is Image:
            return cast(Any, Image).objects.create(
                title=f"Beeld {variant}", file=ContentFile(picture_file(), f"beeld{variant}.png")
            )
        if model is Document:
            return cast(Any, Document).objects.create(
                title=f"Stuk {variant}", file=ContentFile(b"x", f"stuk{variant}.txt")
            )
        if model is Organisation:
            return Organisation.objects.create(name=f"Organisatie {variant}")
        if model is ContactPage:
            return ContactFactory(parent=self.section, title=f"Rol {variant}")
        if model is InitiativePage:
            return InitiativeFactory(parent=self.elsewhere, title=f"Initiatief {variant}")
        if model is AdoptionPage:
            initiative = self.related(InitiativePage, variant)
            return AdoptionFactory(parent=self.section, title=f"Toepassing {variant}", initiative=initiative)
        if model._meta.label == "accounts.User":
            return UserFactory()
        if model._meta.label == "themes.Keyword":
            return f"woord {variant}"
        return model._default_manager.order_by("pk")[variant]
