"""What people call a municipality: codes and names as they are typed, and everyday names for official ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exchange.clean_text import clean_line

_APOSTROPHES = re.compile("['’‘`´ʼ′‛]")
_SIGNS = re.compile(r"[^\w]+|_+")
_AT = re.compile(r"\b(?:a d|aan den?)\b")
_THE_WORD = re.compile(r"^(?:de )?gem(?:eente)? | gem(?:eente)?$|^(?:municipality|city) of ")
# Nuenen c.a.: with what lies around it.
_AND_AROUND = re.compile(r" c ?a$")
_SAINT = re.compile(r"^st ")
_ARTICLE = re.compile(r"^(?:de|het|t) ")
# GM0344, gm 344; the same in an address of TOOI or beside a name.
_CODE = re.compile(r"\bgm ?(\d{1,4})\b", re.ASCII | re.IGNORECASE)
# 0344, and what Excel makes of it.
_NUMBER = re.compile(r"(\d{1,4})(?:[.,]0+)?", re.ASCII)

# Of what stands before a name and was put behind it: Haag, Den.
_SHORT = 4
# Begins a name without spaces, so that it is no other name.
_LOOSE = "~"

# Everyday names by the official one. Official names are those of CBS.
EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "'s-Gravenhage": ("Den Haag", "The Hague"),
    "'s-Hertogenbosch": ("Den Bosch",),
    "Alphen aan den Rijn": ("Alphen",),
    "Capelle aan den IJssel": ("Capelle",),
    "Dantumadiel": ("Dantumadeel",),
    "De Fryske Marren": ("De Friese Meren",),
    "Heerenveen": ("It Hearrenfean",),
    "Krimpen aan den IJssel": ("Krimpen",),
    "Leeuwarden": ("Ljouwert",),
    "Noardeast-Fryslân": ("Noordoost-Friesland", "Noordoost-Fryslân"),
    "Nuenen, Gerwen en Nederwetten": ("Nuenen",),
    "Smallingerland": ("Smellingerlân",),
    "Súdwest-Fryslân": ("Zuidwest-Friesland", "Zuidwest-Fryslân"),
    "Tytsjerksteradiel": ("Tietjerksteradeel",),
}
_PROVINCES = {
    "Drenthe": ("D", "Dr"), "Flevoland": ("Fl",), "Fryslân": ("F", "Fr", "Friesland"), "Gelderland": ("G", "Gld"),
    "Groningen": ("Gr", "Gn"), "Limburg": ("L", "Lb"), "Noord-Brabant": ("NB", "Brabant"), "Noord-Holland": ("NH",),
    "Overijssel": ("O", "Ov"), "Utrecht": ("U", "Ut", "Utr"), "Zeeland": ("Z", "Zld"), "Zuid-Holland": ("ZH",),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A municipality as the register has it; `leads_to` are the codes that stand for it today."""

    code: str
    name: str
    province: str
    leads_to: tuple[str, ...]
    is_present: bool


def key(name: str) -> str:
    """A name however it was typed: no capitals, accents, apostrophes, dashes or brackets, and no word 'gemeente'."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", clean_line(name)).casefold().replace("&", " en "))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = " ".join(_SIGNS.sub(" ", letters).split())
    return _SAINT.sub("sint ", _AND_AROUND.sub("", _AT.sub("aan de", _THE_WORD.sub("", words))))


def _loose(name: str) -> str:
    """A name without what people leave out or put elsewhere: an article, spaces, the order around a comma."""
    first, comma, second = clean_line(name).partition(",")
    turned = f"{second} {first}" if comma and len(second.strip(" '’-")) < _SHORT else name
    return _LOOSE + _ARTICLE.sub("", key(turned)).replace(" ", "")


def code_in(text: str) -> str:
    """The code in a text: GM0344 for `GM344`, `0344`, `344.0`, `Utrecht (GM0344)`; empty where there is none."""
    found = _CODE.search(text) or _NUMBER.fullmatch(text.strip())
    return f"GM{found[1]:0>4}" if found else ""


def known_as(municipalities: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    """The codes by every code and name that people may type. Several where one name stands for several."""
    found: dict[str, tuple[str, ...]] = {}
    # Present ones last: a present municipality may carry the name of a dissolved one.
    for one in sorted(municipalities, key=lambda one: (one.is_present, one.code)):
        found |= dict.fromkeys((one.code.lower(), *_keys(one), *map(_loose, _names(one))), one.leads_to)
    return _shared(found, municipalities)


def codes_of(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes that a code or name stands for; none where nobody is known by it."""
    if ";" in text or "\n" in text:
        # Several are no one.
        return ()
    code = code_in(text).lower()
    return known.get(code, ()) if code else known.get(key(text)) or known.get(_loose(text), ())


def everyday_names(name: str) -> tuple[str, ...]:
    """What people also call the municipality with this official name."""
    return EVERYDAY.get(name, ())


def _names(one: Known) -> tuple[str, ...]:
    return (one.name, *everyday_names(one.name))


def _keys(one: Known) -> Iterable[str]:
    yield from map(key, _names(one))
    for province in (one.province, *_PROVINCES.get(one.province, ())) if one.province else ():
        yield key(f"{_without_place(one.name)} {province}")


def _without_place(name: str) -> str:
    """Bergen for Bergen (NH.)."""
    return name.partition(" (")[0]


def _shared(found: dict[str, tuple[str, ...]], municipalities: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    """Names that stand for several once what tells them apart is left off: Bergen."""
    apart: dict[str, list[str]] = {}
    for one in municipalities:
        if one.is_present and "(" in one.name:
            apart.setdefault(key(_without_place(one.name)), []).append(one.code)
    return {name: tuple(sorted(codes)) for name, codes in apart.items()} | found
