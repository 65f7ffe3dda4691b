"""What people wrote in a contribution, wherever it stands: fields, blocks, links, rows below it and its picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField

from .text import plain_text

# The kinds of field that hold text that somebody typed; rich text is a text field too.
_WRITTEN = (models.CharField, models.TextField, StreamField)
_ADDRESS = re.compile(r"""href=\\?["']([^"'\\]{1,500})""")
# Talk between writers is no part of the text.
_TALK = frozenset({"wagtail_admin_comments", "comments"})


def fields_of(row: models.Model, left_out: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Label and words of every field of a row that people write in; addresses behind links are words too."""
    for field in row._meta.get_fields():
        if isinstance(field, _WRITTEN) and field.name not in left_out and not field.choices:
            value = getattr(row, field.name)
            # What is no rich text is shown as it was typed, marks and all.
            words = plain_text(value) if isinstance(field, (RichTextField, StreamField)) else str(value or "")
            yield str(field.verbose_name), "\n".join([words, *_addresses(value)]).strip()


def _addresses(value: Any) -> list[str]:
    if hasattr(value, "raw_data"):
        # A stream field also holds days.
        value = json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder)
    return _ADDRESS.findall(value) if isinstance(value, str) else []


def rows_of(page: Any) -> list[models.Model]:
    """What stands in rows below a page, such as attachments and partners."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(type(page))]
    return [row for name in names if name not in _TALK for row in getattr(page, name).all()]


def picture_texts(page: Any) -> Iterator[tuple[str, str]]:
    """The title of a picture, which often is the name of its file, and what is told about it."""
    image = page.image
    if image is not None:
        label = str(page._meta.get_field("image").verbose_name)
        yield label, "\n".join(filter(None, (image.title, image.description)))
