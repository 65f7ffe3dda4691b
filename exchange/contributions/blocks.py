"""The blocks editors build longer texts from. Few on purpose: text with simple marks, and lists with a fixed form."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, TextDiff

# No images or documents inside text: files stand as attachments, where reading rights are asked.
TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "blockquote"]


class TextBlock(blocks.RichTextBlock):
    """Running text with simple marks."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, "label": _("Tekst")} | kwargs)


class ChoiceComparison(BlockComparison):
    """Two versions of a choice, by their labels."""

    def htmlvalue(self, val: Any) -> Any:
        return TextDiff([("equal", self.block.label_of(val))]).to_html()

    def htmldiff(self) -> Any:
        if not self.has_changed():
            return self.htmlvalue(self.val_a)
        sides = [("deletion", self.block.label_of(self.val_a)), ("addition", self.block.label_of(self.val_b))]
        return TextDiff([side for side in sides if side[1]], separator=" ").to_html()


class ChoiceBlock(blocks.ChoiceBlock):
    """One of a few; whoever reads along sees its label, not what is stored."""

    def label_of(self, value: Any) -> str:
        return str(dict(self.field.choices).get(value, value or ""))

    def get_comparison_class(self) -> type[ChoiceComparison]:
        return ChoiceComparison


class StepBlock(blocks.StructBlock):
    """One step of an approach."""

    what = blocks.CharBlock(
        label=_("Wat doe je?"), max_length=250, help_text=_("Bijvoorbeeld: 'Zoek drie sleutelpersonen'.")
    )
    who = blocks.CharBlock(label=_("Wie doet het?"), max_length=150, required=False)
    duration = blocks.CharBlock(
        label=_("Hoe lang duurt het?"), max_length=80, required=False, help_text=_("Bijvoorbeeld: 'twee weken'.")
    )

    class Meta:
        label = _("Stap")
        icon = "list-ol"
        template = "contributions/blocks/step.html"


class ResultBlock(blocks.StructBlock):
    """A result with what was measured, when, and by whom."""

    indicator = blocks.CharBlock(label=_("Wat is er gemeten?"), max_length=200)
    value = blocks.CharBlock(label=_("Wat kwam eruit?"), max_length=200)
    period = blocks.CharBlock(label=_("Over welke periode?"), max_length=80, required=False)
    source = blocks.CharBlock(label=_("Hoe weet je dat?"), max_length=200, required=False)

    class Meta:
        label = _("Resultaat")
        icon = "success"
        template = "contributions/blocks/result.html"


class RecognitionBlock(blocks.StructBlock):
    """An external recognition, with its name and date as the databank gives them."""

    databank = blocks.CharBlock(label=_("Databank of organisatie"), max_length=150)
    level = blocks.CharBlock(label=_("Oordeel"), max_length=150)
    date = blocks.DateBlock(label=_("Datum"))

    class Meta:
        label = _("Erkenning")
        icon = "tick"
        template = "contributions/blocks/recognition.html"


class LineBlock(blocks.CharBlock):
    """One line of a list."""

    class Meta:
        label = _("Onderdeel")
        icon = "list-ul"
        max_length: ClassVar[int] = 250
