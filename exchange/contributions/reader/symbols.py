"""Signs of the fonts Symbol and Wingdings, which Word keeps by their place in the font, as signs that any font has."""

from __future__ import annotations

# Where fonts of signs have theirs: 0x20 stands at F020.
_OWN = range(0xF000, 0xF100)
# The places of Greek letters in Symbol, from A on; those of other signs are below.
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL = dict(enumerate(_GREEK, start=0x41)) | {
    0xA0: "€", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0xA7: "▪", 0xA8: "☐",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☒",
}  # fmt: skip


def sign_of(font: str, code: str) -> str:
    """The sign that stands at a place in a font; nothing where we know none.

    Args:
        code: its place, hexadecimal.
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if 0x20 <= place - _OWN.start < len(_OWN):
        place -= _OWN.start
    elif place > 0xFF:
        return chr(place) if place < 0xD800 else ""
    known = _SYMBOL if font.lower() == "symbol" else _WINGDINGS if font.lower().startswith("wingdings") else {}
    # Below the letters both fonts of text agree.
    plain = chr(place) if font.lower() == "symbol" and 0x20 <= place < 0x41 else ""
    return known.get(place, plain) or _either(place, font)


def _either(place: int, font: str) -> str:
    """What a font that we do not know most likely shows."""
    return "" if font.lower() in {"symbol", "wingdings"} else _WINGDINGS.get(place, _SYMBOL.get(place, ""))
