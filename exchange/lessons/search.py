"""What search gets of a lesson."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exchange.contributions.searchable import Field, Searchable, Text
from exchange.contributions.text import plain_text

if TYPE_CHECKING:
    from .models import LessonPage


def _texts(page: LessonPage, looked_up: Any) -> Iterator[Text]:
    for html in (page.tried, page.happened, page.advice):
        yield Text(Field.BODY, plain_text(html))
    yield Text(Field.BODY, page.get_outcome_display())


SEARCH = Searchable(texts=_texts)
