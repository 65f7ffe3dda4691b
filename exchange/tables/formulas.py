"""Cells that a program for sheets would run instead of show: made harmless on the way out, as typed when they return.

Excel, LibreOffice and Google read a cell of a CSV that begins with =, +, - or @ as a formula, which may send what else
stands in the sheet to somebody. An apostrophe in front makes it text. A cell that has such an apostrophe of its own
gets one more, so that taking one away gives back what was there.
"""

from __future__ import annotations

import re

# Signs that begin a formula, also in their wide form, and behind spaces; a tab or line end in front hides one.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def harmless(cell: str) -> str:
    """A cell for a file that is opened in a program for sheets: what begins a formula is shown instead of run."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_typed(cell: str) -> str:
    """A cell of a file that `harmless` wrote, as it was before."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
