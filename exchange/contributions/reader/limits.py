"""How much of a document is read, and what is said where that was too little."""

from __future__ import annotations

from dataclasses import dataclass

# In bytes, of the process that reads; in seconds of its processor.
MEMORY = 768 * 1024 * 1024
SECONDS = 10
# A zip that unpacks to more than this is a bomb, not a report; so is a text that does. In bytes.
UNPACKED = 200 * 1024 * 1024
TEXT_UNPACKED = 32 * 1024 * 1024
# Elements within elements: a text box in a table in a table has about forty.
DEEPEST = 200
# In one part of a document; a report of five hundred pages has some hundred thousand.
ELEMENTS = 500_000
PARAGRAPHS = 20_000
CHARACTERS = 200_000
PAGES = 500


class ReadError(Exception):
    """A document of which nothing can be told; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LimitMetError(Exception):
    """Enough was read: what came before is kept. `code` says which limit was met."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Budget:
    """What may still be read of one document, over its text, notes and boxes together."""

    paragraphs: int = PARAGRAPHS
    characters: int = CHARACTERS

    def take(self, characters: int) -> None:
        """Text was read.

        Raises:
            LimitMetError: there is more than is read.
        """
        self.characters -= characters
        if self.characters < 0:
            raise LimitMetError("characters")

    def end_paragraph(self) -> None:
        """A paragraph was read.

        Raises:
            LimitMetError: there are more than are read.
        """
        self.paragraphs -= 1
        if self.paragraphs < 0:
            raise LimitMetError("paragraphs")
