"""Pasted text without what its program put around it: marks of Markdown and HTML, a quoted mail, bullets of Word. Pure.

What stays are lines, `#` before headings and `- ` before items, as `prefill` reads them.
"""

from __future__ import annotations

import re

from exchange.clean_text import clean_text
from exchange.contributions.text import strip_marks
from exchange.contributions.wrapping import bullet_of

_HTML = re.compile(r"<(?:p|div|br|li|h[1-6]|ul|ol|table|span)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_HTML_LINES = (
    (re.compile(r"\s*\n\s*"), " "),
    (re.compile(r"<h[1-6][^<>]{0,500}>", re.IGNORECASE), "\n\n# "),
    (re.compile(r"<li[^<>]{0,500}>", re.IGNORECASE), "\n- "),
    (re.compile(r"<br[^<>]{0,500}>|</li>|</tr>", re.IGNORECASE), "\n"),
    (re.compile(r"</td>|</th>", re.IGNORECASE), "\t"),
    (re.compile(r"</?(?:p|div|ul|ol|table|h[1-6])(?:\s[^<>]{0,500})?>", re.IGNORECASE), "\n\n"),
)
_QUOTED = re.compile(r"^(?:> ?)+")
# What a mail says of itself above its text. It names people, and is no part of the text.
_HEAD = re.compile(
    r"^\*{0,2}(?:van|aan|cc|bcc|verzonden|datum|from|to|sent|date|bijlagen?|attachments?|prioriteit|importance)\s?:\*{0,2}\s",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\*{0,2}((?:onderwerp|subject|betreft)\s?:)\*{0,2}\s*(?:(?:re|fw|fwd|antw|doorst)\s?:\s*)*", re.IGNORECASE
)
_TOP = 12
# Fonts of signs and Word's own second bullet show as letters where a tab or more than one space follows.
_LETTER_BULLET = re.compile(r"^[ \t]*(?:[o§Øü](?:\t| {2,})|\* +(?=\S))")
_IN_BRACKETS = re.compile(r"^[ \t]*\((\d{1,2}|[a-z])\)[ \t]+")
_UNDERLINED, _RULE = re.compile(r"^ {0,3}(?:={3,}|-{3,})\s*$"), re.compile(r"^ {0,3}(?:[-=_*] ?){3,}\s*$")
_LONGEST_HEADING = 120
_CLOSED_HEADING = re.compile(r"^(#{1,6} .*?)\s#+\s*$")
_TABLE_LINE, _TABLE_RULE = re.compile(r"^\s*\|(.+)\|\s*$"), re.compile(r"^[\s|:-]+$")
_TASK = re.compile(r"^(\s*[-*+] )\[([ xX])\] ")
_INLINE = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{1,500}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,300})\]\((https?://[^()\s]{1,500})\)"), r"\1 (\2)"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^\n*]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^\n_]{1,500}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,300})`"), r"\1"),
)


def bare(text: str) -> str:
    """Pasted text as its reader saw it."""
    text = clean_text(text)
    if _HTML.search(text):
        text = _without_html(text)
    lines = _without_head([_QUOTED.sub("", line) for line in text.split("\n")])
    return "\n".join(_without_markdown(lines))


def _without_html(text: str) -> str:
    for pattern, kept in _HTML_LINES:
        text = pattern.sub(kept, text)
    return "\n".join(strip_marks(line) if line.strip() else "" for line in text.split("\n"))


def _without_head(lines: list[str]) -> list[str]:
    """Lines without the head of a mail; one such line alone is a text of its own."""
    head = {at for at, line in enumerate(lines[:_TOP]) if _HEAD.match(line)}
    named = {at for at, line in enumerate(lines[:_TOP]) if _SUBJECT.match(line)}
    kept = [_SUBJECT.sub(r"\1 ", line) if at in named else line for at, line in enumerate(lines)]
    is_mail = len(head) + len(named) > 1
    return [line for at, line in enumerate(kept) if not (is_mail and at in head)]


def _without_markdown(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if _UNDERLINED.match(line) and found and found[-1].strip() and len(found[-1]) < _LONGEST_HEADING:
            found[-1] = f"# {found[-1].lstrip('# ')}"
        elif not _RULE.match(line):
            found += _plain(line)
    return found


def _plain(line: str) -> list[str]:
    """A line without marks; no line where it was only marks."""
    if row := _TABLE_LINE.match(line):
        return [] if _TABLE_RULE.match(line) else ["\t".join(cell.strip() for cell in row[1].split("|"))]
    line = _TASK.sub(lambda task: f"{task[1]}{'☐' if task[2] == ' ' else '☒'} ", line)
    line = _IN_BRACKETS.sub(r"\1) ", _LETTER_BULLET.sub("- ", _CLOSED_HEADING.sub(r"\1", line)))
    for pattern, kept in _INLINE:
        line = pattern.sub(kept, line)
    words = bullet_of(line.strip())
    return [f"- {words}" if words else line]
