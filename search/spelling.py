"""How the parameters of a question are written: in two spellings, and numbers as people or as programs write them.

The Dutch API Design Rules ask for `pageSize`; addresses that stand in mails, bookmarks and programs have `page_size`.
Both are read everywhere, so nobody has to know which is the older one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_WHOLE = re.compile(r"[0-9]{1,11}")
# Points or spaces between thousands only: 1.5 is no fifteen.
_WITH_POINTS = re.compile(r"[0-9]{1,3}([. \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3}){0,2}")


class Parameters(Protocol):
    """What a request gives: Django's `QueryDict`, or anything like it."""

    def getlist(self, key: str) -> Sequence[str]: ...


def camel(name: str) -> str:
    """A name as the API writes it: `page_size` is `pageSize`."""
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


@dataclass(frozen=True)
class Spelled:
    """Parameters in either spelling; where both are given the newer one counts.

    Attributes:
        exact: as programs write it: what is empty is a value too. In a form it is a field that was left empty.
    """

    given: Parameters
    exact: bool = False

    def spelling(self, name: str) -> str:
        """The name as it was written, so that a problem names what somebody typed."""
        return name if self.given.getlist(name) and not self.given.getlist(camel(name)) else camel(name)

    def values(self, name: str) -> list[str]:
        """Every value of a parameter that may be repeated."""
        spellings = dict.fromkeys((name, camel(name)))
        found = [value for spelling in spellings for value in self.given.getlist(spelling)]
        return found if self.exact else [value.strip() for value in found if value.strip()]

    def single(self, name: str) -> str | None:
        """The last value of a parameter that counts once; None if it was not asked."""
        values = self.given.getlist(camel(name)) or self.given.getlist(name)
        if not values:
            return None
        return values[-1] if self.exact else values[-1].strip() or None


def whole_number(text: str, *, exact: bool) -> int | None:
    """Read a whole number: digits only, or as people write it, with points or spaces between thousands."""
    if _WHOLE.fullmatch(text):
        return int(text)
    if not exact and _WITH_POINTS.fullmatch(text):
        return int(re.sub(r"[^0-9]", "", text))
    return None
