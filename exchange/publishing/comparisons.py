"""How two versions of a field are put side by side: in words, as the editor shows them.

Wagtail has no words for a day, a yes or a list of choices, and takes another order of themes for a change. What is
registered here holds in its own admin too.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.compare import FieldComparison, M2MFieldComparison, TextDiff, register_comparison_class

from exchange.contributions.fields import ChoiceListField


def said(value: Any) -> str:
    """A value in words; nothing for what is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return str(value)


class ValueComparison(FieldComparison):
    """A day, a number, a yes or no: the old one and the new one."""

    def htmldiff(self) -> Any:
        if not self.has_changed():
            return TextDiff([("equal", said(self.val_a))]).to_html()
        sides = [("deletion", said(self.val_a)), ("addition", said(self.val_b))]
        return TextDiff([side for side in sides if side[1]], separator=" ").to_html()


class SetComparison(M2MFieldComparison):
    """Several of something, of which the order says nothing."""

    def get_items(self) -> tuple[list[Any], list[Any]]:
        return sorted(self.val_a or [], key=str), sorted(self.val_b or [], key=str)


class ChoiceListComparison(SetComparison):
    """Several choices, by their labels."""

    def get_item_display(self, item: Any) -> str:
        values = self.field.values
        return str(dict(values.choices).get(item, item)) if values else str(item)


def register() -> None:
    """Called once, when the app is ready."""
    # The most specific class counts: texts, streams and relations keep their own.
    register_comparison_class(models.Field, comparison_class=ValueComparison)
    register_comparison_class(models.ManyToManyField, comparison_class=SetComparison)
    register_comparison_class(ClusterTaggableManager, comparison_class=SetComparison)
    register_comparison_class(ChoiceListField, comparison_class=ChoiceListComparison)
