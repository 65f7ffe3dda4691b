"""Text as the exchange keeps it: one form for what looks the same, and nothing in it that no reader can see.

What people type, paste, upload, import and send goes through here, once, at the door. What is clean can go out by every
way: no control character breaks a feed, an ODT or a line of a mail, and a word is found however it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# What ends a line in one system or another: Windows, old Macs, VT, FF, NEL and Unicode's own two.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# What no text holds: control characters but tab and line end, half surrogates, soft hyphens, byte order marks, marks
# that turn the direction of what follows, tags, and code points that are no characters (XML refuses most of these).
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
    + "".join(f"|[{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}]" for plane in range(0x10000, 0x110000, 0x10000))
)
# Signs without width that join or part letters. Persian, Hindi, Thai and emoji need them; a Dutch word does not.
_JOINER = re.compile("[\u200b-\u200d\u2060]+")
_NEEDS_NO_JOINER = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")


def clean_text(text: str) -> str:
    """Text of one or more lines, in the form in which it is kept.

    Composed letters (NFC), line ends as `\\n`; without control characters, half surrogates, soft hyphens and signs
    without width, but for those that a script or an emoji needs. Cleaning twice changes nothing.
    """
    text = _LINE_END.sub("\n", text)
    text = _NOTHING.sub("", text)
    # Composing may bring together what a joiner kept apart, so joiners go first.
    text = _JOINER.sub(_joiner, text)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """The same for what stands on one line, such as a title: every run of white space is one space."""
    return " ".join(clean_text(text).split())


def clean_values(value: Any) -> Any:
    """The same for each text within lists and dictionaries, such as a decoded JSON document; keys too."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_values(one) for one in value]
    if isinstance(value, dict):
        return {clean_values(key): clean_values(one) for key, one in value.items()}
    return value


def _joiner(found: re.Match[str]) -> str:
    """What stays of a run of joiners: its first where both neighbours may need it, else nothing."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return found.group()[0] if _may_need_joiner(before) and _may_need_joiner(after) else ""


def _may_need_joiner(character: str) -> bool:
    if not character or character.isspace() or not (character.isalpha() or unicodedata.category(character)[0] in "MS"):
        return False
    return not unicodedata.name(character, "").startswith(_NEEDS_NO_JOINER)
