"""What a kind of contribution is: declared once, on its page class. Whatever treats kinds apart reads it here.

A room that knows contributions only needs no list of their kinds: `kinds()` has them all, in the order in which they
are shown, and `page_class` the model of each. What a kind lacks is said at start (`checks.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

from .searchable import Searchable

# How long a confirmation holds, in days (design: domain.md).
HALF_YEAR = 182
YEAR = 365


@dataclass(frozen=True)
class Kind:
    """One kind of contribution.

    Attributes:
        slug: its name in addresses, in the API and in the index; it never changes.
        label: one of them.
        plural: many of them.
        heading: what stands above a list of them in a section, as a question to that section.
        order: where it stands among the others, from low to high.
        icon: of Wagtail's admin.
        admin_list: the last part of the address of their list in the admin.
        columns: what that list shows of this kind alone: the label and a field with choices.
        days_valid: how many days a confirmation holds; None: nobody is asked whether it is still true.
        form: the name of the address of its form on the site; empty: it is written in the admin.
        is_about_a_person: a mail that names one is kept by whom it is about.
        search: what search gets of it.
        imported: the fields of the page by the columns of a file that this kind alone has; None: no file brings it.
    """

    slug: str
    label: str | Promise
    plural: str | Promise
    heading: str | Promise
    order: int
    icon: str
    admin_list: str
    columns: Mapping[str, str | Promise] = field(default_factory=dict)
    search: Searchable = field(default_factory=Searchable)
    days_valid: int | None = YEAR
    form: str = ""
    is_about_a_person: bool = False
    imported: Mapping[str, str] | None = None

    def __hash__(self) -> int:
        return hash(self.slug)

    def __str__(self) -> str:
        return str(self.label)


@cache
def page_classes() -> tuple[type[Any], ...]:
    """The page class of each kind, in the order in which kinds are shown. The base is named nowhere: who filters by
    kind needs no pages."""
    base = apps.get_model("contributions", "Contribution")
    found = [model for model in apps.get_models() if issubclass(model, base) and model is not base]
    return tuple(sorted(found, key=lambda model: model.kind.order))


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which they are shown."""
    return tuple(model.kind for model in page_classes())


def page_class(kind: Kind) -> type[Any]:
    """The page class of a kind."""
    return next(model for model in page_classes() if model.kind == kind)


def kind_of(slug: str) -> Kind | None:
    """The kind with this slug; None where there is none."""
    return next((kind for kind in kinds() if kind.slug == slug), None)


def choices() -> list[tuple[str, Any]]:
    """Slug and label of every kind, as fields and forms take them."""
    return [(kind.slug, kind.label) for kind in kinds()]
