"""What runs, loads or hides something in a DOCX, XLSX or PPTX; by what its parts are for and where they lie."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .packed import Parts
from .reasons import Reason, RefusedError
from .xml import walk

# The last word of the kind of a relation, in small letters.
_MACROS = {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "macrosheet", "dialogsheet", "customui"}
_HIDDEN = {"oleobject", "package", "control", "activexcontrolbinary", "ctrlprop", "afchunk", "subdocument", "vmlobject"}
_LOADED = {
    "externallink",
    "externallinkpath",
    "xlexternallinkpath",
    "connections",
    "querytable",
    "frame",
    "mailmergesource",
}
# What may lie elsewhere: it is followed when somebody presses it.
_PRESSED = {"hyperlink"}
_KINDS_OF_PARTS = {"macroenabled": Reason.MACROS, "vbaproject": Reason.MACROS, "macrosheet": Reason.MACROS,
                   "oleobject": Reason.OBJECTS, "activex": Reason.OBJECTS}  # fmt: skip
_FOLDERS = {
    "/macrosheets/": Reason.MACROS, "/dialogsheets/": Reason.MACROS, "/embeddings/": Reason.OBJECTS,
    "/activex/": Reason.OBJECTS, "/externallinks/": Reason.OUTSIDE,
}  # fmt: skip
# A template on the disk of who wrote it: nobody else has that, and nothing is loaded.
_ON_A_DISK = re.compile(r"^(?:file:/{1,3})?[a-z]:[\\/]|^[^:/\\]+\.do[ct][xm]?$", re.IGNORECASE)
# Fields that start a program or fetch something.
_FIELD = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD)\b", re.I
)
_ELEMENTS = {"object": Reason.OBJECTS, "altchunk": Reason.OBJECTS, "control": Reason.OBJECTS, "oleobj": Reason.OBJECTS,
             "subdoc": Reason.OUTSIDE, "ddelink": Reason.OUTSIDE, "olelink": Reason.OUTSIDE}  # fmt: skip
_WRITTEN = re.compile(r"^(?:word|ppt)/[^/]+(?:/[^/]+)?\.xml$")


def look(parts: Parts) -> None:
    """Look through the parts.

    Raises:
        RefusedError: there is something in it that runs, loads or hides.
    """
    for name in parts.names:
        for folder, reason in _FOLDERS.items():
            if folder in f"/{name.lower()}":
                raise RefusedError(reason)
    for name in parts.names:
        lower = name.lower()
        if lower.endswith(".rels"):
            walk(parts.read(name), _relation)
        elif lower == "[content_types].xml":
            walk(parts.read(name), _kind_of_part)
        elif _WRITTEN.match(lower):
            _look_at_text(parts.read(name))


def _relation(name: str, values: Mapping[str, str]) -> None:
    if name != "Relationship":
        return
    kind = values.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    target = values.get("Target", "").strip()
    for kinds, reason in ((_MACROS, Reason.MACROS), (_HIDDEN, Reason.OBJECTS), (_LOADED, Reason.OUTSIDE)):
        if kind in kinds:
            raise RefusedError(reason)
    if values.get("TargetMode", "").lower() != "external" or kind in _PRESSED:
        return
    if kind != "attachedtemplate" or not _ON_A_DISK.match(target):
        raise RefusedError(Reason.OUTSIDE)


def _kind_of_part(name: str, values: Mapping[str, str]) -> None:
    kind = values.get("ContentType", "").lower()
    for word, reason in _KINDS_OF_PARTS.items():
        if word in kind:
            raise RefusedError(reason)


def _look_at_text(content: bytes) -> None:
    fields = _Fields()
    walk(content, fields.start, fields.end, fields.text)


class _Fields:
    """The instructions of fields; one may be cut over many runs, and one stands in another."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._in_instruction = False

    def start(self, name: str, values: Mapping[str, str]) -> None:
        self._in_instruction = name == "instrText"
        if reason := _ELEMENTS.get(name.lower()):
            raise RefusedError(reason)
        if name == "fldSimple":
            _check(values.get("instr", ""))
        elif name == "fldChar":
            self._mark(values.get("fldCharType", ""))
        elif values.get("action", "").lower().startswith(("ppaction://program", "ppaction://macro", "ppaction://ole")):
            raise RefusedError(Reason.STARTS)

    def end(self, name: str) -> None:
        if name == "instrText":
            self._in_instruction = False

    def text(self, text: str) -> None:
        if self._in_instruction:
            if not self._open:
                self._open.append([])
            self._open[-1].append(text)
            _check("".join(self._open[-1]))

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append([])
        elif self._open and kind == "end":
            self._open.pop()


def _check(instruction: str) -> None:
    words = instruction.split()
    if words and _FIELD.fullmatch(words[0]):
        raise RefusedError(Reason.FIELDS)
