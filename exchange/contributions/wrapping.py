"""From lines to paragraphs: lines that a page or a mail broke are joined, what a writer broke stays apart. Pure.

Pasted text, cells of an import, soft breaks of Word and the lines of a PDF all come by here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

# No page or mail breaks lines that are longer than this; a paragraph that Word copies is one line.
LONGEST_LINE = 130
# A line this long without an end is broken where it stopped, also where the next begins with a capital.
SURELY_BROKEN = 50
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…")
_CLOSING = "\"'”’»)]"
# Signs that stand before items, also those of the fonts Symbol and Wingdings.
_BULLET = re.compile("^[-–—*•·▪▫◦‣⁃●○◆◇■□➢➤→✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076](?:\\s+|$)")
_NUMBER = re.compile(r"^(\d{1,3}|[a-z]|[ivx]{2,4})[.)]\s+(?=\S)")
# U+0002 is how the reader of Chrome and Edge copies a hyphen at the end of a line.
_HYPHENS = ("-", "\u2010", "\u00ad", "\u0002")
_SOFT = ("\u00ad", "\u0002")
_SOFT_WITHIN = re.compile("(?<=\\w)[\u0002\u00ad]\\s*(?=[^\\W\\d_])")
# After these a hyphen stands for the rest of a word: *taal- en zwemles*.
_AND = re.compile(r"^(?:en|of|en/of|tot|als|dan|noch|maar|t/m|c\.q\.|and|or|to)\b|^[&/,]")
# Before these beginnings a hyphen is part of the word, such as *azc-bewoner*, *e-mail* and *24-uurs*.
_KEEPS_HYPHEN = re.compile(
    r"(?:^|[^\w])(?:\w|[A-Z0-9]{2,}|azc|coa|cao|cv|ggd|ggz|havo|hbo|it|lhbti|mbo|ov|pdf|sms|tv|vmbo|vwo|vo|wmo|wo|ww|wwz)$"
    r"|\d$"
)
# Beginnings that stand before a whole word with a hyphen, but for words that only look so: *oud-ste*, *niet-temin*.
_BEFORE_WORD = re.compile(
    r"\b(?:oud-(?!st|heid|jaar|bakken|tijds|erwets)|niet-(?!te)|non-(?!nen|sens|chal)|aspirant-|adjunct-|kandidaat-"
    r"|ex-(?=gedet|partner|man|vrouw|coll|vlucht|werkn|milit|minis|leerl|stud|cli|pati|versl|gevang|deeln))",
    re.IGNORECASE,
)
_LONGEST_BEGINNING = 12
# Vowels that would read as one sound: *zee-egel*, *auto-ongeluk*.
_CLASH = frozenset({"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu"})


def is_item(line: str) -> bool:
    """Is it an item of a list, by what it begins with?"""
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def bullet_of(line: str) -> str:
    """The words of an item that a sign stands before; empty for anything else."""
    found = _BULLET.match(line)
    return line[found.end() :].strip() if found else ""


def number_of(line: str) -> tuple[int, str]:
    """The number and the words of a numbered item; 0 for anything else."""
    found = _NUMBER.match(line)
    return (int(found[1]), line[found.end() :].strip()) if found and found[1].isdigit() else (0, "")


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a word that was broken is whole again."""
    first, second = first.rstrip(), second.lstrip()
    end, between = _seam(first, second)
    return first[:end] + between + second


def _seam(first: str, second: str) -> tuple[int, str]:
    """Up to where the first line is kept, and what comes between it and the second."""
    end = len(first)
    if not first or not second:
        return end, ""
    if not first.endswith(_HYPHENS) or not first[-2:-1].isalnum() or not second[0].isalnum():
        return end, " "
    if _AND.match(second):
        return end - 1, "- "
    return end - 1, "-" if _is_part_of_word(first, second) else ""


def _is_part_of_word(first: str, second: str) -> bool:
    """Does the hyphen at the end of the first belong to the word itself?"""
    stem = first[:-1]
    clashes = (stem[-1:] + second[:1]).lower() in _CLASH and not first.endswith(_SOFT)
    word = f"{stem[-_LONGEST_BEGINNING:]}-{second[:10]}"
    is_before_word = not first.endswith(_SOFT) and bool(_BEFORE_WORD.search(word))
    return not second[0].islower() or clashes or is_before_word or bool(_KEEPS_HYPHEN.search(stem))


def mended(line: str) -> str:
    """A line without hyphens that were only for the end of a line: what was copied keeps them in the middle."""
    return _SOFT_WITHIN.sub("", line)


def unwrapped(text: str) -> list[str]:
    """Text as paragraphs and items; items keep what they begin with."""
    return [one for block in unwrapped_blocks(text) for one in block]


def unwrapped_blocks(text: str, is_heading: Callable[[str], bool] = lambda line: False) -> Iterator[list[str]]:
    """The same, with an empty line between the lists that come out.

    Args:
        is_heading: says of a line that it is one, and so never part of what stands beside it.
    """
    widest = max((len(line.strip()) for line in text.split("\n")), default=0)
    for block in _EMPTY_LINE.split(text):
        lines = [mended(line.strip(" ")) for line in block.split("\n")]
        yield _paragraphs([line for line in lines if line.strip()], min(widest, LONGEST_LINE), is_heading)


def _paragraphs(lines: Sequence[str], width: int, is_heading: Callable[[str], bool]) -> list[str]:
    """The paragraphs of lines without an empty one between them."""
    wraps = any(goes_on(first, second) for first, second in pairwise(lines))
    found: list[list[str]] = []
    last = ""
    for line in lines:
        apart = not found or is_item(line) or is_heading(line) or is_heading(last)
        if apart or not is_broken(last, line, width=width, wraps=wraps):
            found.append([line])
        else:
            # Only the seam is looked at: a paragraph of a thousand lines is not copied a thousand times.
            end, between = _seam(last, line)
            found[-1][-1] = found[-1][-1][: len(found[-1][-1]) - len(last) + end]
            found[-1].append(between + line)
        last = line
    return ["".join(parts) for parts in found]


def is_broken(first: str, second: str, *, width: int, wraps: bool) -> bool:
    """Was a paragraph broken between two lines, because the line was full?

    Args:
        width: of the widest line, in characters.
        wraps: other lines beside it were broken.
    """
    if goes_on(first, second):
        return True
    is_full = len(first) <= LONGEST_LINE and len(first) + 1 + len(second.split()[0]) > width
    if ends_sentence(first):
        return is_full and wraps and not first.endswith((":", ";"))
    return is_full and (wraps or len(first) >= SURELY_BROKEN)


def ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def goes_on(first: str, second: str) -> bool:
    """Do the words themselves say that the second line goes on where the first stopped?"""
    if is_item(second):
        return False
    ends_open = first.endswith((",", *_SOFT)) or not ends_sentence(first)
    return ends_open and second[0].islower()
