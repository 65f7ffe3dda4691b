"""From the text of a document to the fields of a card, by its headings. Pure: nothing leaves the installation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from exchange.contributions.documents import Line
from exchange.contributions.forms import MAX_THEMES, SUMMARY_LENGTH
from exchange.contributions.models import TITLE_LENGTH
from exchange.contributions.text import first_sentences

# A line that may be a heading by its looks is no longer than this, in characters.
HEADING = 70
# Words in a heading that say which field its text belongs to; the first that fits. What fits none is the approach.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "summary": ("samenvatting", "in het kort", "in 't kort", "kort gezegd", "summary"),
    "results": ("resultaat", "resultaten", "opbrengst", "effect", "uitkomst", "levert", "results"),
    "problem": ("aanleiding", "probleem", "waarom", "achtergrond", "vraagstuk", "problem", "background"),
    "trust": ("vertrouwen", "bereik je", "bereiken we", "trust"),
    "approach": ("aanpak", "werkwijze", "stappen", "wat doen", "wat we doen", "hoe werkt", "uitvoering", "approach"),
}
_MARKDOWN = re.compile(r"^#{1,6}\s+")
_LIST_NUMBER = re.compile(r"^\d+(\.\d+)*[.)]?\s+")


@dataclass
class Prefilled:
    """What was found for each field; empty where nothing was."""

    title: str = ""
    summary: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def lines_of(text: str) -> list[Line]:
    """Pasted text as lines; `#` marks a heading, and so does an empty line around a short one."""
    return [Line(_MARKDOWN.sub("", line.strip()), bool(_MARKDOWN.match(line))) for line in text.splitlines()]


def prefill(lines: Sequence[Line]) -> Prefilled:
    """Part a text over the fields of a card.

    Args:
        lines: of a document that says which of them are headings, or of one that says nothing.

    Returns:
        Everything that was in the text: what no heading explains is the approach.
    """
    lines = [line for line in _with_headings(lines) if line.text.strip()]
    found = Prefilled()
    if not lines:
        return found
    found.title = first_sentences(_LIST_NUMBER.sub("", lines[0].text.strip()), TITLE_LENGTH)
    # A long first line is a sentence of the text too.
    rest = lines[1:] if len(lines[0].text) <= TITLE_LENGTH else [Line(lines[0].text), *lines[1:]]
    name, parts = "", {key: list[str]() for key in ("", *FIELDS)}
    for line in rest:
        if line.is_heading:
            known = _field_of(line.text)
            name = known or "approach"
            if not known:
                # It is worth keeping.
                parts[name].append(line.text.strip())
        else:
            parts[name].append(line.text.strip())
    texts = {key: "\n\n".join(value) for key, value in parts.items()}
    # A text without any heading is the approach; what stands before the first one introduces it.
    introduction = texts.pop("")
    summary = texts.pop("summary")
    found.summary = first_sentences(summary or introduction or texts["problem"] or texts["approach"], SUMMARY_LENGTH)
    kept = [part for part in (introduction, summary) if part and part != found.summary]
    texts["approach"] = "\n\n".join([*kept, texts["approach"]]).strip()
    found.texts = {key: value for key, value in texts.items() if value}
    return found


def _field_of(heading: str) -> str:
    """The field that a heading is about; empty where it says nothing that we know."""
    words = heading.lower()
    return next((name for name, known in FIELDS.items() if any(word in words for word in known)), "")


def _with_headings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with headings; where the document marks none, by their looks."""
    if any(line.is_heading for line in lines):
        return lines
    return [Line(line.text, _looks_like_heading(lines, place)) for place, line in enumerate(lines)]


def _looks_like_heading(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text.strip()
    if not text or len(text) > HEADING or text[-1] in ".,;!":
        return False
    # A known word in a short line is enough: a PDF has no empty lines.
    if _field_of(text) and len(text.split()) <= 6:
        return True
    alone = (place == 0 or not lines[place - 1].text.strip()) and place + 1 < len(lines)
    return alone and not text.startswith(("-", "*", "•")) and bool(lines[place + 1].text.strip())


def themes_in(text: str, words_of_themes: Iterable[tuple[int, Sequence[str]]]) -> list[int]:
    """The themes whose words stand most in a text: those that a writer may want, the most telling first.

    Args:
        words_of_themes: the key of each theme, and the words for it.
    """
    lowered = text.lower()
    counts = {
        key: sum(len(re.findall(rf"\b{re.escape(word.lower())}\b", lowered)) for word in words if word)
        for key, words in words_of_themes
    }
    found = [key for key, count in counts.items() if count]
    return sorted(found, key=lambda key: -counts[key])[:MAX_THEMES]
