"""What a contribution needs to know of the section it stands in, without knowing the section's page types."""

from __future__ import annotations

from wagtail.models import Page

from exchange.accounts.rights import Place
from exchange.municipalities.models import Municipality

from .addresses import Addressed


class Section(Addressed):
    """A page that contributions may stand under: it says of which municipality and department."""

    class Meta:
        abstract = True

    def section_municipality(self) -> Municipality:
        raise NotImplementedError

    def section_department(self) -> Page | None:
        raise NotImplementedError


def section_of(page: Page) -> Section | None:
    """The nearest section above a page, or None where it stands outside all sections."""
    for ancestor in page.get_ancestors().order_by("-depth"):
        if issubclass(ancestor.specific_class or Page, Section):
            section: Section = ancestor.specific
            return section
    return None


def place_of(page: Page) -> Place | None:
    """The section a page stands in, or is; None outside all sections."""
    specific = page.specific
    section = specific if isinstance(specific, Section) else section_of(page)
    if section is None:
        return None
    department = section.section_department()
    return Place(section.section_municipality().pk, department.pk if department else None)
