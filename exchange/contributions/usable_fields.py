"""Fields that offer and accept only what their writer may use. One way for every form of the admin.

What stood in a field already stays in it: a colleague may have chosen it, or its owner hid it since. Its title is not
shown then. What somebody posts that they may not use gets the words of what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import ModelChoiceField
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.widgets import BaseChooser

from exchange.accounts.models import User
from exchange.accounts.rights import Place

from .section import place_of
from .usable import hidden_links, links_in, usable, usable_people


class UsableForm(WagtailAdminModelForm):
    """A form of the admin whose fields know who fills them in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._links_before = links_in(self.instance)
        if self.for_user is not None and not self.for_user.is_superuser:
            for form in self._forms():
                narrow(form, self.for_user, self._place())

    def _forms(self) -> Iterator[Any]:
        """This form and those of its lists, such as attachments."""
        yield self
        for formset in self.formsets.values():
            yield from formset.forms

    def _place(self) -> Place | None:
        """The section that people are chosen from; None for what stands in no section."""
        return None

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.for_user is None or self.for_user.is_superuser:
            return
        for name in hidden_links(self.for_user, self.instance, self._links_before):
            message = _("Een link in deze tekst gaat naar een pagina die er niet is. Kies een andere, of haal hem weg.")
            self.add_error(name if name in self.fields else None, ValidationError(message))


class UsablePageForm(UsableForm, WagtailAdminPageForm):
    """The same for a page."""

    def _place(self) -> Place | None:
        page = self.instance if self.instance.pk else self.parent_page
        return place_of(page) if page is not None else None


def narrow(form: Any, user: User, place: Place | None) -> None:
    """Let each field of a form offer and accept only what somebody may use, and what stood in it."""
    for name, field in form.fields.items():
        if not isinstance(field, ModelChoiceField) or field.queryset is None:
            continue
        model: type[Model] = field.queryset.model
        things = usable_people(place) if issubclass(model, User) else usable(user, model)
        if things is not None:
            stored = getattr(form.instance, f"{name}_id", None)
            field.queryset = field.queryset.filter(Q(pk__in=things.values("pk")) | Q(pk=stored))
            if isinstance(field.widget, BaseChooser):
                _show_only(field.widget, things)


def _show_only(widget: Any, things: QuerySet[Any, Any]) -> None:
    """Let a chooser name what is in it only where its reader may use that; gone and hidden look alike."""
    shown = widget.get_value_data

    def value_data(value: Any) -> Any:
        key = getattr(value, "pk", value)
        if key in (None, ""):
            return shown(None)
        if str(key).isdecimal() and things.filter(pk=key).exists():
            return shown(value)
        return {"id": key, "edit_url": None, "parent_id": None, widget.display_title_key: _("niet (meer) te zien")}

    widget.get_value_data = value_data
