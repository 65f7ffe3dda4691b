"""The blocks of an adoption: what became of each core element, and what was done differently and why."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from exchange.contributions.blocks import ChoiceBlock

from .choices import Fate, Why


class ElementBlock(blocks.StructBlock):
    """A core element of the source, in its words, and what became of it here."""

    element = blocks.CharBlock(label=_("Wat moest blijven"), max_length=250)
    fate = ChoiceBlock(label=_("Wat deden jullie ermee"), choices=Fate.choices)
    note = blocks.CharBlock(
        label=_("Toelichting"),
        max_length=250,
        required=False,
        help_text=_("Bijvoorbeeld: 'Om de week, niet elke week'."),
    )

    class Meta:
        label = _("Onderdeel")
        icon = "list-ul"


class AdaptationBlock(blocks.StructBlock):
    """Something that was done differently, and why."""

    what = blocks.CharBlock(
        label=_("Wat deden jullie anders"),
        max_length=250,
        help_text=_("Bijvoorbeeld: 'In de bibliotheek, niet in het azc'."),
    )
    why = ChoiceBlock(label=_("Waarom"), choices=Why.choices)

    class Meta:
        label = _("Aanpassing")
        icon = "edit"
