"""The rows of a table that somebody sends, and in words what is wrong with them or with the file.

The reading itself happens in a process of its own (`reader`): a file may be broken, huge or a trap, and whatever it
does, it does to that process.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .headings import Columns
from .lines import Fault, Limits, Refusal

logger = logging.getLogger(__name__)

# What can be read, by extension without its dot: as sheets, as text with cells, and as JSON lines.
READABLE = {"csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "xlsx", "ods": "ods", "jsonl": "jsonl", "json": "jsonl"}
# In bytes.
LARGEST = 30 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from exchange.tables.reader import main; main(sys.argv[2])"

_FAULTS: dict[Fault, Any] = {
    Fault.FORMULA: gettext_lazy("%(name)s: hier mislukte een formule (%(value)s). Zet er de tekst zelf neer."),
    Fault.UNCALCULATED: gettext_lazy(
        "%(name)s: hier staat een formule zonder uitkomst. Open het bestand in je rekenprogramma en bewaar het opnieuw."
    ),
    Fault.BROKEN: gettext_lazy("%(name)s: een teken is kapot, waar nu \ufffd staat: '%(value)s'. Typ het opnieuw."),
    Fault.TOO_LONG: gettext_lazy("%(name)s: de tekst is te lang om te lezen. Maak hem korter."),
    Fault.OPEN_QUOTE: gettext_lazy(
        "hier begint een aanhalingsteken dat nergens eindigt. Zet er een aan het einde van de cel bij, of haal het weg."
    ),
    Fault.NOT_JSON: gettext_lazy("geen JSON: %(error)s"),
    Fault.NO_OBJECT: gettext_lazy("geen JSON-object"),
    Fault.TWICE: gettext_lazy("%(name)s: staat er twee keer in"),
    Fault.NO_TEXT: gettext_lazy("%(name)s: hier hoort tekst te staan, geen object"),
    Fault.TOO_MANY_CELLS: gettext_lazy("%(cells)s cellen, maar er zijn %(columns)s kolommen"),
}
_REFUSALS: dict[Refusal, Any] = {
    Refusal.EMPTY: gettext_lazy("Het bestand is leeg."),
    Refusal.NO_TEXT: gettext_lazy("Dit is geen tekstbestand. Bewaar het als CSV (UTF-8)."),
    Refusal.ENCODING: gettext_lazy(
        "We weten niet zeker welke letters in dit bestand staan. Bewaar het als 'CSV UTF-8' of als .xlsx."
    ),
    Refusal.DAMAGED: gettext_lazy(
        "Het bestand is kapot of iets anders dan de naam zegt. Bewaar het opnieuw als .xlsx."
    ),
    Refusal.LOCKED: gettext_lazy(
        "Het bestand heeft een wachtwoord, of het is van een oude Excel. Bewaar het als .xlsx, zonder wachtwoord."
    ),
    Refusal.NO_COLUMNS: gettext_lazy(
        "Geen regel heeft de kolom %(needed)s. Zet de namen van de kolommen boven de rijen. Nu staat er: %(found)s."
    ),
    Refusal.DOUBLE_COLUMN: gettext_lazy(
        "De kolom '%(name)s' staat er twee keer of vaker in, op regel %(line)s in kolom %(places)s. Haal er een weg."
    ),
    Refusal.TOO_MANY_ROWS: gettext_lazy("Er staan meer dan %(most)s rijen in. Deel het bestand op."),
    Refusal.TOO_MUCH_TEXT: gettext_lazy("Er staan meer dan %(most)s tekens in. Deel het bestand op."),
    Refusal.TOO_MANY_COLUMNS: gettext_lazy(
        "Er staan meer dan %(most)s kolommen in. Laat de kolommen weg die niet nodig zijn."
    ),
    Refusal.TOO_LARGE: gettext_lazy("Het bestand wordt bij het lezen te groot. Maak er kleinere bestanden van."),
}


class UnreadableFileError(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Record:
    """One row as it stands in the file. `error` is set where the row itself could not be read."""

    line: int
    values: dict[str, str]
    error: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a file; the sheet that was read, and those that were not; the encoding that text was read in;
    how many rows are hidden in it."""

    records: list[Record]
    sheet: str = ""
    others: tuple[str, ...] = ()
    encoding: str = ""
    hidden: int = 0


def read(content: bytes, extension: str, columns: Columns, limits: Limits | None = None) -> Table:
    """Read a table in a process of its own.

    Args:
        extension: without its dot, one of `READABLE`.

    Raises:
        UnreadableFileError: it is of another kind, damaged, without the columns, too much, or takes too long.
    """
    kind = check_ending(extension)
    if len(content) > LARGEST:
        raise UnreadableFileError(_("Het bestand is te groot: hoogstens 30 MB."))
    answer = _answer(content, kind, columns, limits or Limits())
    if why := answer.get("refused"):
        raise UnreadableFileError(str(_REFUSALS[Refusal(why)]) % answer["values"])
    records = [Record(line, values, _in_words(fault, about)) for line, values, fault, about in answer["rows"]]
    return Table(records, answer["sheet"], tuple(answer["others"]), answer["encoding"], answer["hidden"])


def check_ending(extension: str) -> str:
    """How a file with this extension is read.

    Raises:
        UnreadableFileError: it is not.
    """
    kind = READABLE.get(extension.lower())
    if kind is None:
        endings = ", ".join(f".{one}" for one in READABLE)
        raise UnreadableFileError(_("Geef een bestand dat eindigt op %(endings)s.") % {"endings": endings})
    return kind


def _in_words(fault: str | None, about: Mapping[str, Any]) -> str:
    return str(_FAULTS[Fault(fault)]) % about if fault else ""


def _answer(content: bytes, kind: str, columns: Columns, limits: Limits) -> dict[str, Any]:
    request = {
        "extension": kind,
        "columns": asdict(columns),
        "limits": asdict(limits),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _RUN, str(_ROOT), json.dumps(request)],
            input=content,
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(_too_long()) from error
    if done.returncode < 0:
        # It was stopped: by its limit on time, or where memory ended within a library.
        logger.warning("A table could not be read within its limits: signal %s", -done.returncode)
        raise UnreadableFileError(_too_long())
    if done.returncode:
        # A mistake of ours: said as what it is, and with all that is known in the log.
        logger.error("Reading a table failed: %s", done.stderr.decode(errors="replace"))
        raise UnreadableFileError(
            _("Door een fout van ons kunnen we dit bestand niet lezen. Probeer het als CSV UTF-8, en meld het ons.")
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _too_long() -> str:
    return _(
        "Het lezen van dit bestand duurde te lang of vroeg te veel. Deel het bestand op, of bewaar het als CSV UTF-8."
    )
