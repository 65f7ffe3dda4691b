"""Words that mean the same in Open Dutch WordNet, read from a file on the server where there is one.

Its licence is CC BY-SA 4.0: the file, and lists that are made from it, are no part of this repository. What an editor
reads in a proposal and then decides is the editor's own.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .folding import fold

logger = logging.getLogger(__name__)

_COLUMNS = 3
_LEMMA = "nld:lemma"


def same(word: str) -> list[str]:
    """What means the same, as it is written there; nothing where there is no file."""
    if not settings.WORDNET_FILE:
        return []
    synsets, by_word = _read(settings.WORDNET_FILE)
    wanted = fold(word)
    found = (other for synset in by_word.get(wanted, ()) for other in synsets[synset])
    return [other for other in dict.fromkeys(found) if fold(other) != wanted]


@lru_cache(maxsize=1)
def _read(name: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The words of each synset, and the synsets of each word; empty where the file cannot be read, which is logged."""
    synsets: defaultdict[str, list[str]] = defaultdict(list)
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        logger.warning("WORDNET_FILE cannot be read, proposals do without it: %s", error)
        lines = []
    for line in lines:
        columns = line.split("\t")
        if len(columns) == _COLUMNS and columns[1] == _LEMMA:
            word = columns[2].replace("_", " ")
            synsets[columns[0]].append(word)
            by_word[fold(word)].append(columns[0])
    return synsets, by_word
