"""One form for what is the same word to whoever types it: clean, lower case, without diacritics. Pure.

Our own, everywhere: SQLite compares case in ASCII only, and a soft hyphen or a combining accent is no other word.
"""

from __future__ import annotations

import unicodedata

from exchange.clean_text import clean_text


def fold(text: str) -> str:
    """Lower case without diacritics: *Oekraïne*, *OEKRAÏNE* and *oekraine* are one word, however they were typed."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", clean_text(text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
