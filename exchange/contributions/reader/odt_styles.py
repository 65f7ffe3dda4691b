"""What the styles and lists of an ODT say: which paragraphs are headings, what is hidden, how items are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .docx_styles import heading_level
from .packed import Attributes, Walker

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OPEN = {
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}form:1.0": "form",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1999/xlink": "xlink",
}
# Names of styles that others of a heading are based on, and that are no heading themselves.
_NO_HEADING = frozenset({"subtitle", "ondertitel"})
_CONTENTS = ("contents", "inhoudsopgave", "index")
_LONGEST_CHAIN = 20


@dataclass
class Style:
    """One style, as far as it says who sees a text and what it is."""

    name: str = ""
    base: str = ""
    level: int | None = None
    list_name: str = ""
    is_hidden: bool | None = None
    is_bold: bool | None = None


@dataclass
class Styles:
    """The styles of a document: those with a name, and those that it makes as it goes."""

    styles: dict[tuple[str, str], Style] = field(default_factory=dict)
    # Whether the first level of a list counts, and whether it has a mark at all.
    lists: dict[str, str] = field(default_factory=dict)

    def level(self, name: str) -> int | None:
        for style in self._chain("paragraph", name):
            named = style.name.lower().replace("_20_", " ")
            if named in _NO_HEADING or named.startswith(_CONTENTS):
                return None
            level = heading_level(named)
            if level is not None:
                return level
            if style.level is not None:
                return style.level
        return None

    def is_hidden(self, family: str, name: str) -> bool:
        return next((one.is_hidden for one in self._chain(family, name) if one.is_hidden is not None), False)

    def is_bold(self, family: str, name: str) -> bool:
        return next((one.is_bold for one in self._chain(family, name) if one.is_bold is not None), False)

    def _chain(self, family: str, name: str) -> Iterator[Style]:
        for _step in range(_LONGEST_CHAIN):
            style = self.styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.base


class StyleWalker(Walker):
    """A walk that takes the styles it meets."""

    namespaces = OPEN

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self.styles = styles
        self._style = Style()
        self._list = ""

    def start_style_style(self, attributes: Attributes) -> None:
        name, level = attributes.get("style:name", ""), attributes.get("style:default-outline-level", "")
        self._style = Style(
            name=attributes.get("style:display-name", name),
            base=attributes.get("style:parent-style-name", ""),
            level=int(level) if level.isdigit() else None,
            list_name=attributes.get("style:list-style-name", ""),
        )
        self.styles.styles[attributes.get("style:family", ""), name] = self._style

    def start_style_text_properties(self, attributes: Attributes) -> None:
        if self.parent() != "style:style":
            return
        if "text:display" in attributes:
            self._style.is_hidden = attributes["text:display"] == "none"
        if "fo:font-weight" in attributes:
            self._style.is_bold = attributes["fo:font-weight"] not in {"normal", "100", "200", "300", "400"}

    def start_style_section_properties(self, attributes: Attributes) -> None:
        self.start_style_text_properties(attributes)

    def start_text_list_style(self, attributes: Attributes) -> None:
        self._list = attributes.get("style:name", "")

    def start_text_list_level_style_number(self, attributes: Attributes) -> None:
        if attributes.get("text:level") == "1":
            self.styles.lists[self._list] = "number" if attributes.get("style:num-format") else "none"

    def start_text_list_level_style_bullet(self, attributes: Attributes) -> None:
        if attributes.get("text:level") == "1":
            self.styles.lists[self._list] = "bullet"
