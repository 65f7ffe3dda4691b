"""The algorithm register of the Dutch government (algoritmes.overheid.nl, CC0) as contributions.

Only rows of municipalities (with a CBS code) are taken; themes follow from words by the rules below, first match first,
at most two. The day of registration is not the day something began, so no start is given.
"""

from __future__ import annotations

import re

# What tells this source: rows have these columns, and not ours.
SIGNATURE = frozenset({"gm_code", "title", "text", "status"})

STATUS = {"in_gebruik": "running", "ontwikkeling": "pilot", "buiten_gebruik": "stopped"}
DEFAULT_THEME = "data-privacy-en-algoritmes"
MOST_THEMES = 2

# Each rule: words that may stand in title or text, and the theme they lead to.
RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), theme)
    for pattern, theme in (
        (r"jeugdhulp|jeugdwet|jeugdzorg|jongeren", "jeugdhulp"),
        (r"wmo\b|maatschappelijke ondersteuning|huishoudelijke hulp", "wmo"),
        (r"statushouder|inburger|vergunninghouder", "inburgering"),
        (r"oekra[iï]", "opvang-ontheemden-oekraine"),
        (r"bijstand|uitkering|participatiewet|schuld|armoede|minima|bijzondere bijstand|individuele .*toeslag",
         "bijstand-en-armoede"),
        (r"re-?integratie|werkzoekend|vacature|banenafspraak", "werk-en-reintegratie"),
        (r"leerplicht|leerling|schoolverlat|onderwijs|schooluitval", "onderwijs-en-kansengelijkheid"),
        (r"parkeer|kenteken|verkeer|fiets|scanauto|taxi", "verkeer-en-parkeren"),
        (r"afval|container|zwerfvuil|openbare ruimte|meldingen|groen|boom|wegdek|riool", "openbare-ruimte-en-afval"),
        (r"omgevingsvergunning|vergunning|omgevingsplan|omgevingswet|bouw", "omgevingswet-en-vergunningen"),
        (r"woonfraude|woningzoek|woonruimte|huurwoning|urgentie|vakantieverhuur|woz", "wonen-en-woningbouw"),
        (r"energie|warmte|zonnepane|klimaat|isolatie", "klimaat-en-energie"),
        (r"ondermijning|cameratoezicht|camerabeelden|drukte|crowd|handhav|overlast|opsporing",
         "ondermijning-en-openbare-orde"),
        (r"chatbot|chat|klantcontact|telefo|balie|gem\b|virtuele assistent|burgerzaken|paspoort|brp|basisregistratie",
         "dienstverlening-en-communicatie"),
        (r"subsidie|aanbested|inkoop|begroting|belasting|invorder|kwijtschelding", "financiering-en-borging"),
    )
)  # fmt: skip


def themes_for(text: str) -> list[str]:
    """The themes that follow from the words of a text; the theme of data and algorithms where no rule fits."""
    found = [theme for pattern, theme in RULES if pattern.search(text)]
    return found[:MOST_THEMES] or [DEFAULT_THEME]


def to_columns(record: dict[str, str]) -> dict[str, str] | None:
    """One record of the register as the columns of an import; None where it is not of a municipality."""
    code = record.get("gm_code", "").strip()
    if not code:
        return None
    text = record.get("text", "")
    return {
        # Its `id` and `url` are known by our names already: people call them so too.
        "external_id": record.get("external_id", ""),
        "kind": "initiative",
        "municipality": code,
        "title": record.get("title", ""),
        "text": text,
        "themes": ";".join(themes_for(f"{record.get('title', '')} {text}")),
        "tags": "algoritme",
        "status": STATUS.get(record.get("status", ""), record.get("status", "")),
        "source_url": record.get("source_url", ""),
    }
