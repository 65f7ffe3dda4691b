"""Text that may identify a person or give away a protected place: rules as data, and one function that applies them.

Pure. A finding is a question to the writer, never a verdict: they mend the text, or say that they looked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Characters around a find that are shown with it.
AROUND = 30
# How far, in characters, a word may stand from what it makes suspect.
NEAR = 120


@dataclass(frozen=True)
class Rule:
    """What to look for. With `near`, only where one of those words stands close; `test` judges what was found."""

    name: str
    question: str | Promise
    pattern: re.Pattern[str]
    near: re.Pattern[str] | None = None
    test: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class Finding:
    """Something to look at: by which rule, in which field, and the words with a little around them."""

    rule: str
    question: str
    field: str
    found: str
    excerpt: str

    @property
    def key(self) -> str:
        """The same for the same words by the same rule, in whatever field: who confirmed it is not asked again."""
        return hashlib.sha256(f"{self.rule}:{' '.join(self.found.lower().split())}".encode()).hexdigest()[:16]


def passes_eleven_test(number: str) -> bool:
    """Could this be a citizen service number (BSN)? Eight digits get a zero in front.

    Source: the "elfproef" of the Dutch government: 9a + 8b + ... + 2h - i must be a multiple of eleven.
    """
    digits = [int(digit) for digit in re.sub(r"\D", "", number).zfill(9)]
    if len(digits) != 9 or not any(digits):
        return False
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False)) - digits[8]
    return total % 11 == 0


# Words that make two words with a capital no name: organisations, laws and places are written so too.
_NO_NAME = re.compile(
    r"\b(?:bureau|centrum|commissie|de|den|fonds|gemeente|gezond|het|hart|\w*huis|kruis|leger|mind|nederland|noord|oost|"
    r"raad|rode|rutgers|samen|seksueel|sint|stichting|team|thuis|veilig|vereniging|\w*werk|wet|wmo|zuid|west|\w*zorg)\b",
    re.IGNORECASE,
)


def looks_like_a_name(text: str) -> bool:
    """No word of it is one that organisations and places have."""
    return _NO_NAME.search(text.partition(" ")[2] if _has_title(text) else text) is None


def _has_title(text: str) -> bool:
    """`de heer Verzonnen`: the title says that a name follows."""
    return text.lower().startswith(("mevrouw ", "meneer ", "de heer ", "mw. ", "dhr. "))


_SHELTER = re.compile(
    r"\b(?:opvang\w*|vrouwenopvang|blijf\w*|schuil\w*|noodbed\w*|onderduik\w*|safe ?house\w*|shelter\w*|"
    r"veilige? (?:plek|huis|adres|woning)|geheime? (?:plek|adres|locatie)|azc|asielzoekerscentrum)\b",
    re.IGNORECASE,
)
_PERSONS = re.compile(
    r"\b(?:slachtoffer\w*|cliënt\w*|client\w*|overleve(?:nde|r|rs|nden)|survivors?|dader\w*|getuige\w*|bewoner\w*|"
    r"bewoonster\w*|vluchteling|asielzoek(?:er|ster)|statushouder|minderjarige|aangifte|verkracht\w*|mishandel\w*)\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:geboren|geboortedatum|geboortedag|geb\.|date of birth|born)", re.IGNORECASE)
_BSN = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\b", re.IGNORECASE)
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"

RULES: tuple[Rule, ...] = (
    Rule(
        name="citizen_number",
        question=_("Is dit een burgerservicenummer? Dat hoort hier nooit."),
        pattern=re.compile(r"(?<![\d.,€/-])(?<!€ )[1-9]\d{2}[ .]?\d{3}[ .]?\d{3}(?![\d,]|\.\d)"),
        test=passes_eleven_test,
    ),
    Rule(
        name="citizen_number_named",
        question=_("Is dit een burgerservicenummer? Dat hoort hier nooit."),
        pattern=re.compile(r"(?<!\d)\d{8,9}(?!\d)"),
        near=_BSN,
    ),
    Rule(
        name="email",
        question=_("Is dit het mailadres van een persoon? Zet het bij het aanspreekpunt, of noem een teammailbox."),
        pattern=re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ),
    Rule(
        name="phone",
        question=_("Is dit het nummer van een persoon? Zet het bij het aanspreekpunt."),
        # Not 14 030, 0800 and 0900: those are of organisations.
        pattern=re.compile(r"(?<![\d.,/-])(?:\+31|0031|0)[ -]?(?!800|900|906|909)[1-9](?:[ -]?\d){8}(?!\d)"),
    ),
    Rule(
        name="birth_date",
        question=_("Is dit de geboortedatum van iemand? Noem hoogstens een leeftijdsgroep."),
        pattern=re.compile(rf"\b\d{{1,2}}[-/. ](?:\d{{1,2}}|{_MONTHS})[-/. ](?:19|20)?\d{{2}}\b", re.IGNORECASE),
        near=_BIRTH,
    ),
    Rule(
        name="address",
        question=_("Verraadt dit adres een geheime of beschermde plek? Noem alleen de plaatsnaam."),
        pattern=re.compile(
            r"\b[A-Z][\w'-]*(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|plantsoen|steeg|dreef|baan|park|"
            r"markt|wal|ring)\s+\d{1,4}\s?[a-zA-Z]?\b"
        ),
        near=_SHELTER,
    ),
    Rule(
        name="postcode",
        question=_("Verraadt deze postcode een geheime of beschermde plek? Noem alleen de plaatsnaam."),
        pattern=re.compile(r"\b[1-9]\d{3}\s?(?!S[ADS]\b|EU\b)[A-Z]{2}\b"),
        near=_SHELTER,
    ),
    Rule(
        name="name",
        question=_("Is dit de naam van iemand die hulp kreeg of getuige was? Laat de naam weg."),
        pattern=re.compile(
            r"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Mm]w\.|[Dd]hr\.)\s+(?:[A-Z]\.\s?)*"
            r"(?:(?:van|de|der|den|el|al)\s+)*[A-Z][a-zé]+"
            r"|(?<![.!?]\s)(?<!^)\b[A-Z][a-zé]{2,}\s+(?:(?:van|de|der|den|el|al|ben)\s+)*[A-Z][a-zé]{2,}\b"
        ),
        near=_PERSONS,
        test=looks_like_a_name,
    ),
    Rule(
        name="one_person",
        question=_("Is dit één persoon die iemand kan herkennen? Maak het algemener."),
        pattern=re.compile(
            r"\b(?:[Ee]en|[Dd]e|[Dd]eze)\s+(?:\w+e?\s+){0,2}(?:vrouw|man|meisje|jongen|moeder|vader|jongere)\s+van\s+\d{1,2}\b"
            r"|\b(?:[Ee]en|[Dd]e|[Dd]eze)\s+\d{1,2}-jarige\s+\w+"
        ),
    ),
)  # fmt: skip


def check(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """Look through texts.

    Args:
        texts: the name of each field, and its plain text.

    Returns:
        What a writer should look at, each find once, in the order of the texts.
    """
    findings: dict[str, Finding] = {}
    for field, text in texts:
        for rule in RULES:
            for match in rule.pattern.finditer(text):
                if _counts(rule, match, text):
                    finding = Finding(rule.name, str(rule.question), field, match.group(), _excerpt(match, text))
                    findings.setdefault(finding.key, finding)
    return list(findings.values())


def _counts(rule: Rule, match: re.Match[str], text: str) -> bool:
    if rule.test is not None and not rule.test(match.group()):
        return False
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    return rule.near is None or rule.near.search(around) is not None


def _excerpt(match: re.Match[str], text: str) -> str:
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"
