"""The address of a page: the last part of it, made from its title in whatever script that is written."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

# Long enough to recognise a title by, short enough to be read aloud.
LENGTH = 100


def address_of(title: str) -> str:
    """A title in letters, figures and hyphens of ASCII; empty where it has nothing that can be read aloud."""
    whole = slugify(anyascii(title))
    if len(whole) <= LENGTH:
        return whole
    # The last word may be cut in two; then it goes, if it is not the only one.
    cut = whole[:LENGTH]
    return (cut if whole[LENGTH] == "-" else cut.rpartition("-")[0] or cut).strip("-")


class AddressedForm(WagtailAdminPageForm):
    """Who leaves the address open gets one of the title: Wagtail's script makes none without Latin letters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class Addressed(Page):
    """A page that always gets an address, also with a title without a Latin letter. Every page of ours is one."""

    base_form_class = AddressedForm

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.give_address()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.give_address()
        super().minimal_clean()

    def give_address(self) -> None:
        """Take the first address that no sibling has: of the title, else the kind of page with a number.

        A page that has an address keeps it. Where the parent is not known yet this waits: saving asks once more.
        """
        parent = self.get_parent() if self.path else getattr(self, "_cached_parent_obj", None)
        if self.slug or parent is None:
            return
        base = address_of(self.title)
        kind = address_of(str(self._meta.verbose_name))
        tries = chain([base], (f"{base}-{n}" for n in count(2))) if base else (f"{kind}-{n}" for n in count(1))
        taken = set(parent.get_children().exclude(pk=self.pk).values_list("slug", flat=True))
        self.slug: str = next(one for one in tries if one not in taken)
