"""From the text of a document to the fields of a card, by its headings. Pure: nothing leaves the installation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exchange.contributions.documents import Line
from exchange.contributions.forms import MAX_THEMES, SUMMARY_LENGTH
from exchange.contributions.models import TITLE_LENGTH
from exchange.contributions.text import first_sentences
from exchange.contributions.wrapping import bullet_of, ends_sentence, is_item, unwrapped_blocks

from .pasted import bare

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
# In a heading by its looks there are no more words than this.
_FEW = 6
# What a letter is about, or a form is filled in for; it stands among the first lines.
_SUBJECT = re.compile(
    r"^(?:betreft|betr\.?|onderwerp|subject|titel|projectnaam"
    r"|(?:naam|titel)(?: van)?(?: het| je)? (?:initiatief|project))(?:\s*:\s*|\t\s*|$)(.*)$",
    re.IGNORECASE,
)
_TOP = 20
# A label with what belongs to it on the same line or row: 'Aanleiding: ouderen zijn eenzaam'.
_LABEL = re.compile(r"^([^:\t]{3,40})(?::\s+|:?\t)(\S.*)$")
# Words in a heading that say nothing more than its field does.
_SMALL = re.compile(
    r"^(?:de|het|een|en|of|van|in|op|voor|bij|met|aan|ons|onze|wij|we|je|is|zijn|wat|hoe|er|doel|the|our)$"
)
# A sentence that tells something is longer than this, in characters; an address or a date is not.
_TELLING = 40


@dataclass
class Prefilled:
    """What was found for each field; empty where nothing was."""

    title: str = ""
    summary: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def lines_of(text: str) -> list[Line]:
    """Pasted text as lines; `#` marks a heading, and so does an empty line around a short one.

    What a mail or a page broke is one line again; items of a list stay items.
    """
    found: list[Line] = []
    for block in unwrapped_blocks(bare(text), _stands_apart):
        lines = [Line(_MARKDOWN.sub("", line.strip()), bool(_MARKDOWN.match(line))) for line in block]
        found += [*lines, Line("")]
    return found[:-1]


def _stands_apart(line: str) -> bool:
    return bool(_MARKDOWN.match(line)) or _names_field(line)


def prefill(lines: Sequence[Line]) -> Prefilled:
    """Part a text over the fields of a card.

    Args:
        lines: of a document that says which of them are headings, or of one that says nothing.

    Returns:
        Everything that was in the text: what no heading explains is the approach.
    """
    lines = _labelled([line for line in _with_headings(lines) if line.text.strip()])
    found = Prefilled()
    if not lines:
        return found
    place = _title_place(lines)
    title = _title_of(lines[place].text)
    found.title = first_sentences(title, TITLE_LENGTH)
    # A long title is a sentence of the text too.
    said = [] if len(title) <= TITLE_LENGTH else [Line(lines[place].text)]
    parts = _parted([*lines[:place], *said, *lines[place + 1 :]])
    texts = {key: "\n\n".join(value) for key, value in parts.items()}
    found.summary = first_sentences(_introducing(parts), SUMMARY_LENGTH)
    # A text without any heading is the approach; what stands before the first one introduces it.
    kept = [part for part in (texts.pop(""), texts.pop("summary")) if part and part != found.summary]
    texts["approach"] = "\n\n".join([*kept, texts["approach"]]).strip()
    found.texts = {key: value for key, value in texts.items() if value}
    return found


def _title_place(lines: Sequence[Line]) -> int:
    """Which line is the title: that of the document, what a letter is about, or the first heading; else the first."""
    for place, line in enumerate(lines):
        if line.is_title:
            return place
    for place, line in enumerate(lines[:_TOP]):
        subject = _SUBJECT.match(line.text.strip())
        if subject and subject[1]:
            return place
    first = next((place for place, line in enumerate(lines) if line.is_heading), 0)
    return 0 if _field_of(lines[first].text) else first


def _title_of(text: str) -> str:
    subject = _SUBJECT.match(text.strip())
    return subject[1][:1].upper() + subject[1][1:] if subject and subject[1] else _LIST_NUMBER.sub("", text.strip())


def _labelled(lines: Sequence[Line]) -> Sequence[Line]:
    """A label for the title and the title itself on one line, where a form has them in two cells."""
    for place, line in enumerate(lines[: min(_TOP, len(lines) - 1)]):
        subject = _SUBJECT.match(line.text.strip())
        if subject and not subject[1]:
            return [*lines[:place], Line(f"{line.text.strip(' :')}: {lines[place + 1].text}"), *lines[place + 2 :]]
    return lines


def _parted(lines: Sequence[Line]) -> dict[str, list[str]]:
    """The lines for each field; under no name what stands before the first heading."""
    name, parts = "", {key: list[str]() for key in ("", *FIELDS)}
    for line in lines:
        text = line.text.strip()
        if line.is_heading:
            known = _field_of(text)
            name = known or "approach"
            if known and _says_no_more(text):
                continue
        parts[name].append(text)
    return parts


def _introducing(parts: Mapping[str, Sequence[str]]) -> str:
    """What a summary is made of: the first text with a sentence that tells something, or the first at all."""
    if parts["summary"]:
        return "\n".join(parts["summary"])
    sources = [parts[name] for name in ("", "problem", "approach")]
    for lines in sources:
        telling = [line for line in lines if len(line) > _TELLING and ends_sentence(line)]
        if telling:
            return "\n".join(telling)
    return "\n".join(next((lines for lines in sources if lines), ()))


def _field_of(heading: str) -> str:
    """The field that a heading is about; empty where it says nothing that we know."""
    words = heading.lower()
    return next((name for name, known in FIELDS.items() if any(word in words for word in known)), "")


def _says_no_more(heading: str) -> bool:
    """Is a heading no more than the name of its field? Else its words are kept."""
    rest = _LIST_NUMBER.sub("", heading.lower())
    for known in FIELDS.values():
        for word in sorted(known, key=len, reverse=True):
            rest = re.sub(rf"\b{re.escape(word)}\b", " ", rest)
    return all(_SMALL.match(word) for word in re.findall(r"\w+", rest))


def _with_headings(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with headings; where the document marks none that we know, by their looks too."""
    if any(line.is_heading and _field_of(line.text) for line in lines):
        return lines
    found: list[Line] = []
    for place, line in enumerate(lines):
        label = _LABEL.match(line.text.strip())
        if label and _names_field(label[1]) and _says_no_more(label[1]):
            found += [Line(label[1], is_heading=True), Line(label[2])]
        else:
            found.append(replace(line, is_heading=line.is_heading or _looks_like_heading(lines, place)))
    return found


def _names_field(line: str) -> bool:
    """A known word in a short line is enough: a PDF has no empty lines."""
    text = _LIST_NUMBER.sub("", line.strip())
    if not text or len(text) > HEADING or "\t" in text or text[-1] in ".,;!" or bullet_of(line):
        return False
    is_begin = not text[0].islower() or _says_no_more(text)
    return bool(_field_of(text)) and len(text.split()) <= _FEW and is_begin


def _looks_like_heading(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text.strip()
    if _names_field(text):
        return True
    if not text or len(text) > HEADING or text[-1] in ".,;!" or is_item(text) or "\t" in text:
        return False
    alone = (place == 0 or not lines[place - 1].text.strip()) and place + 1 < len(lines)
    return alone and bool(lines[place + 1].text.strip())


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
