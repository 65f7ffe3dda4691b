"""What the privacy check looks for: rules as data, each with its question. Pure; every pattern takes linear time.

Patterns see text that `privacy.folded` made plain: one kind of space, hyphen and digit. Each repeat is bounded, and one
that could begin anywhere in a long word begins at its start only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .person_names import NEAR, people


@dataclass(frozen=True)
class Rule:
    """What to look for: by a `pattern` or by `find`, which gives where it begins and ends.

    With `near`, only where one of those words stands close; with `unless`, not where one of those does. `test` judges
    what was found. What `must_go` cannot be answered with a tick: the text is mended, or it is not placed.
    """

    name: str
    question: str | Promise
    pattern: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    test: Callable[[str], bool] | None = None
    find: Callable[[str], Iterator[tuple[int, int]]] | None = None
    must_go: bool = False
    within: int = NEAR

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a text it is found."""
        if self.find is not None:
            yield from self.find(text)
        elif self.pattern is not None:
            yield from (match.span() for match in self.pattern.finditer(text) if self._counts(match, text))

    def _counts(self, match: re.Match[str], text: str) -> bool:
        if self.test is not None and not self.test(match.group()):
            return False
        around = text[max(0, match.start() - self.within) : match.end() + self.within]
        if self.near is not None and self.near.search(around) is None:
            return False
        return self.unless is None or self.unless.search(around) is None


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def passes_eleven_test(number: str) -> bool:
    """Could this be a citizen service number (BSN)? Eight digits get a zero in front.

    Source: the "elfproef" of the Dutch government: 9a + 8b + ... + 2h - i must be a multiple of eleven.
    """
    digits = [int(digit) for digit in re.sub(r"\D", "", number).zfill(9)]
    if len(digits) != 9 or not any(digits):
        return False
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False)) - digits[8]
    return total % 11 == 0


def is_account(found: str) -> bool:
    """Is this the number of a bank account? Source: ISO 13616, which takes the rest of a division by 97."""
    plain = re.sub(r"\W", "", found).upper()
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec"
)
_DAY = (
    rf"(?:\d{{1,2}}[-/. ](?:\d{{1,2}}|{_MONTHS})\.?[-/. ]'?(?:19|20)?\d{{2}}|"
    r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)"
)
_SHELTER = _words(
    r"\b(?:opvang\w*|vrouwenopvang|blijf\w*|schuil\w*|noodbed\w*|onderduik\w*|safe ?house\w*|shelter\w*|"
    r"veilige? (?:plek|huis|adres|woning)|geheime? (?:plek|adres|locatie)|azc|asielzoekerscentrum)\b"
)
_BIRTH = _words(r"\b(?:geboren|geboortedatum|geboortedag|geb\b|gebdat|verjaardag|date of birth|born)|[*†] ?\d")
_BSN = _words(r"\b(?:bsn|burgerservice ?nummers?|sofi-?nummers?|burger ?service ?nr)\b")
# Words behind which a long number is said to be of something else: right before it.
_OTHER_NUMBER = (
    r"(?:zaak|dossier|kenmerk|kvk|rsin|oin|isbn|factuur|order|project|contract|artikel|bestel|vestigings?|subsidie|"
    r"beschikking|"
    r"besluit|inschrijf|aanvraag|polis|klant|referentie|registratie|fiscaal|btw|kamer van koophandel)"
)
_NAMED_OTHERWISE = _words(rf"\b{_OTHER_NUMBER}-?(?:nummer|nr|id)?s?\b[^\w\n]{{0,3}}(?:is |was |nr\.? |nummer )?$")
_LONG_NUMBER = re.compile(r"(?<![\w.,€/+-])(?<!€ )(?<!\+\d )(?<!\d )\d(?:[ .-]?\d){7,8}(?![ .-]?\d)(?!\w|[,/.]\d)")
_COUNTED = re.compile(r" (?:euro|eur|inwoners|mensen|huishoudens|gezinnen|woningen|keer|kilometer|km|kwh|m2|stuks)\b")
_PUBLIC_BUILDING = _words(
    r"(?:\b(?:gemeentehuis|stadhuis|stadskantoor|gemeentekantoor|gemeenteloket|raadhuis|bibliotheek|buurthuis|"
    r"buurtcentrum|"
    r"wijkcentrum|wijkgebouw|dorpshuis|school|sporthal|sportpark|gymzaal|zwembad|kantoor|loket|balie|inloop\w*|"
    r"spreekuur|"
    r"station|ziekenhuis|gezondheidscentrum|theater|kerk|moskee|museum|locatie|bezoekadres|postadres|winkel\w*|zaal|"
    r"huis van de wijk|werkplein|jongerencentrum|verenigingsgebouw|ontmoetingsplek|milieustraat|markt)\b|"
    r"\w{1,20}school\b)"
)
_STREET = (
    r"(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|plantsoen|steeg|dreef|baan|park|markt|wal|ring|hoek|"
    r"kamp|"
    r"veld|burg|berg|oord|akker|erf|donk|horst)"
)
_NUMBERS = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    r"zeventien|achttien|"
    r"negentien|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?(?:twintig|dertig|veertig|vijftig|"
    r"zestig|zeventig|"
    r"tachtig|negentig)|honderd\w{0,20})"
)
_LIVES = _words(
    r"\b(?:woont|wonen|woonde|woning|huis|flat|adres|straat|laan|\w{2,30}(?:straat|laan|weg|plein)|deur|aanbellen)\b"
)
_PLATES = (
    r"(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|"
    r"[A-Z]{2}-[A-Z]{2}-\d{2}|"
    r"\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|"
    r"[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)"
)
_SITES = r"(?:facebook|instagram|linkedin|tiktok|snapchat|twitter|x|threads|youtube|t|wa)\.(?:com|me|nl)/"
_MAPS = (
    r"(?:maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.)?google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}|maps\.apple\.com|"
    r"(?:www\.)?openstreetmap\.org|osm\.org|w3w\.co|what3words\.com|(?:www\.)?bing\.com/maps|plus\.codes|waze\.com)"
)


def _citizen_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that pass the test of a BSN, unless the text says that they are of something else, or count something."""
    for start, end in _numbers_of_persons(text):
        has_nine = len(re.sub(r"\D", "", text[start:end])) == 9
        is_one = passes_eleven_test(text[start:end]) and not _is_of_a_thing(text, start)
        if is_one and (has_nine or _named_near(text, start, end)):
            yield start, end


def _named_citizen_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that are called a BSN and do not pass the test: a slip of the pen, or another number."""
    for start, end in _numbers_of_persons(text):
        passes = passes_eleven_test(text[start:end])
        if _named_near(text, start, end) and not (passes and not _is_of_a_thing(text, start)):
            yield start, end


def _numbers_of_persons(text: str) -> Iterator[tuple[int, int]]:
    for match in _LONG_NUMBER.finditer(text):
        is_amount = _COUNTED.match(text, match.end()) is not None
        if not is_amount and not (match.group().startswith("0") and len(re.sub(r"\D", "", match.group())) > 9):
            yield match.span()


def _named_near(text: str, start: int, end: int) -> bool:
    return _BSN.search(text[max(0, start - NEAR) : end + NEAR]) is not None


def _is_of_a_thing(text: str, start: int) -> bool:
    return _NAMED_OTHERWISE.search(text[max(0, start - 40) : start]) is not None


# What mailboxes of teams are called, each part of them. Whose own name is one of these is asked nothing; few are.
_OF_TEAMS = _words(
    r"(?:(?:info|informatie|contact|post|postbus|mail|mailbox|helpdesk|servicedesk|welkom|aanmeld\w*|inschrijv\w*|vragen|"
    r"gemeente|loket|balie|kcc|klantcontact\w*|klantenservice|secretariaat|bureau|redactie|pers|griffie|raad|bestuur|"
    r"communicatie|team\w*|wijkteam\w*|buurtteam\w*|sociaal\w*|sociale|wijk\w*|jeugd\w*|gezin\w*|zorg\w*|wmo|wonen|werk\w*|"
    r"inkomen|schuld\w*|inburgering\w*|participatie\w*|integratie|taal\w*|statushouders|nieuwkomers|vluchteling\w*|opvang\w*|"
    r"oekra\w*|asiel\w*|bibliotheek|school|leerplicht|onderwijs|sport|cultuur|project\w*|programma\w*|afdeling|"
    r"noreply|no|reply|ondernemers\w*|vrijwilligers\w*|mantelzorg\w*|veiligheid\w*|meldpunt\w*|noord|oost|zuid|west|centrum|en|de|het|van|nl|\d{1,4})"
    r"\.){1,8}"
)


def _is_of_somebody(mailbox: str) -> bool:
    """Is it no mailbox of a team or a desk, by what it is called?"""
    name = mailbox.partition("@")[0]
    return _OF_TEAMS.fullmatch(re.sub(r"[._+-]+", ".", name) + ".") is None


RULES: tuple[Rule, ...] = (
    Rule(
        name="citizen_number",
        question=_(
            "Dit lijkt een burgerservicenummer: haal het weg, anders kan de tekst niet geplaatst worden. Is het iets "
            "anders? Schrijf dat er direct voor, bijvoorbeeld 'zaaknummer'."
        ),
        find=_citizen_numbers,
        must_go=True,
    ),
    Rule(
        name="citizen_number_named",
        question=_("Is dit een burgerservicenummer? Dat hoort hier nooit."),
        find=_named_citizen_numbers,
    ),
    Rule(
        name="foreigner_number",
        question=_("Is dit het vreemdelingennummer van iemand? Haal het weg."),
        pattern=re.compile(r"(?<![\w.-])\d(?:[ .-]?\d){7,9}(?![ .-]?\d)(?!\w)"),
        near=_words(
            r"\b(?:[va]-?(?:nummer|nr)|vreemdelingen-?nummer|ind-?nummer|zorgnummer|cliëntnummer|patiëntnummer)\b"
        ),
        within=40,
    ),
    Rule(
        name="document_number",
        question=_("Is dit het nummer van een paspoort, rijbewijs of kaart van iemand? Haal het weg."),
        pattern=re.compile(r"(?<![\w-])(?=[A-Z0-9]{0,9}\d)[A-Z0-9]{8,10}(?![\w-])"),
        near=_words(
            r"\b(?:paspoort|rijbewijs|identiteitskaart|id-?kaart|identiteitsbewijs|verblijfs(?:vergunning|"
            r"document)|documentnummer)"
            r"(?:nummer|nr)?\b|\b(?:paspoort|rijbewijs|document)(?:nummer|nr)\b"
        ),
        within=40,
    ),
    Rule(
        name="account_number",
        question=_("Is dit de bankrekening van iemand? Haal het nummer weg."),
        pattern=re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"),
        test=is_account,
    ),
    Rule(
        name="email",
        question=_("Is dit het mailadres van een persoon? Zet het bij het aanspreekpunt, of noem een teammailbox."),
        pattern=re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),
        test=_is_of_somebody,
    ),
    Rule(
        name="email_in_words",
        question=_("Is dit het mailadres van een persoon? Zet het bij het aanspreekpunt, of noem een teammailbox."),
        pattern=_words(
            r"(?<![\w.+-])[\w.+-]{1,64}(?: (?:punt|dot) [\w-]{1,40}){0,3} ?(?:\bapenstaart(?:je)?\b|[(\[{] ?(?:at|"
            r"apenstaartje|a) ?[)\]}]"
            r"|\bat\b(?= [\w-]{1,40} (?:punt|dot) )) ?[\w.-]{1,63}"
        ),
    ),
    Rule(
        name="phone",
        question=_("Is dit het nummer van een persoon? Zet het bij het aanspreekpunt."),
        # Not 14 030, 0800 and 0900: those are of organisations.
        pattern=re.compile(
            r"(?<![\w.,/-])(?:(?:\+|00)31[ .-]?(?:\(0\)|0)?|\(0|0)(?=[ ./)-]{0,3}\d)(?![ .-]?(?:800|900|906|909))"
            r"(?:[ ./()-]{0,3}\d){9}(?![ .-]?\d)"
        ),
    ),
    Rule(
        name="phone_in_words",
        question=_("Is dit het nummer van een persoon? Zet het bij het aanspreekpunt."),
        pattern=_words(
            r"\b(?:nul[ -]?zes|zero six)\b"
            rf"(?:[ ,.:-]{{1,3}}(?:(?:en|dan|daarna)[ ,]{{1,2}}){{0,2}}(?:\d{{1,8}}|nul|{_NUMBERS})\b){{2,10}}"
        ),
    ),
    Rule(
        name="handle",
        question=_("Is dit de naam van iemand op sociale media? Laat hem weg, of noem de pagina van een organisatie."),
        pattern=_words(rf"(?<![\w.@/])@[a-z_][\w.]{{2,40}}|(?<![\w.@-])(?:www\.|nl\.)?{_SITES}[^\s<>\"')]{{2,80}}"),
    ),
    Rule(
        name="spot",
        question=_("Wijst dit een huis of een geheime plek aan? Noem alleen de plaatsnaam."),
        pattern=_words(
            rf"(?<![\w.]){_MAPS}[^\s<>\"']{{0,120}}|"
            rf"(?<![\d.,])-?\d{{1,2}}\.\d{{4,8}} ?[,;/ ] ?-?\d{{1,3}}\.\d{{4,8}}(?!\d)"
            r"|(?<![\d.,])\d{1,2},\d{4,8} ?[;/ ] ?\d{1,3},\d{4,8}(?!\d)"
            r"|\b[NZS]? ?\d{1,2} ?° ?\d{1,2}(?:[.,]\d{1,4})? ?['′][^\n]{0,24}?°[^\n]{0,14}"
            r"|/{3}[a-zà-ÿ]{2,20}\.[a-zà-ÿ]{2,20}\.[a-zà-ÿ]{2,20}"
        ),
    ),
    Rule(
        name="birth_date",
        question=_("Is dit de geboortedatum van iemand? Noem hoogstens een leeftijdsgroep."),
        pattern=_words(rf"(?<!\d){_DAY}"),
        near=_BIRTH,
        within=50,
    ),
    Rule(
        name="birth_date_of_somebody",
        question=_("Is dit de geboortedatum van iemand? Noem hoogstens een leeftijdsgroep."),
        pattern=_words(rf"[(*] ?{_DAY} ?\)?"),
        near=_words(
            r"\b(?:cliënte?|jongste|oudste|zoon\w*|dochter\w*|moeder|vader|kind|broer\w*|zus\w*|bewoon\w*|bewoner|"
            r"patiënte?|"
            r"leerling|slachtoffer|deelne\w+|vrouw|man|jongen|meisje)\b"
        ),
        within=30,
    ),
    Rule(
        name="address",
        question=_("Verraadt dit adres een geheime of beschermde plek? Noem alleen de plaatsnaam."),
        pattern=re.compile(rf"\b[A-Z][\w'-]{{0,40}}{_STREET}\s\d{{1,4}}\s?[a-zA-Z]?\b"),
        near=_SHELTER,
    ),
    Rule(
        name="home_address",
        question=_("Woont of verblijft hier iemand? Noem alleen de wijk of de plaats."),
        pattern=re.compile(
            rf"\b[A-Z][\w'-]{{0,40}}{_STREET}\s(?:(?:nr\.?|nummer) )?\d{{1,4}}(?:[ -]?(?:bis|hs|rd|[IV]{{1,3}}|"
            rf"[a-zA-Z]))?\b(?!\s?(?:%|euro))"
        ),
        unless=_PUBLIC_BUILDING,
        within=60,
    ),
    Rule(
        name="number_in_words",
        question=_("Woont of verblijft hier iemand? Noem alleen de wijk of de plaats."),
        pattern=_words(rf"\b(?:huis)?nummer {_NUMBERS}\b|\b[A-Z][\w'-]{{0,40}}(?:straat|laan|weg|plein) {_NUMBERS}\b"),
        near=_LIVES,
        within=50,
    ),
    Rule(
        name="house",
        question=_("Weet een buurtgenoot nu welk huis dit is? Laat het weg."),
        pattern=_words(
            r"\b(?:huis|huisje|woning|boerderij|flatje|wo(?:ont|nen|onde|onden))\b(?! (?:en|"
            r"of)\b)(?:,? (?!en\b)\w{1,15}){0,4}?"
            r" (?:achter|naast|tegenover|boven|schuin achter|vlak bij) (?:de|het|een) \w{2,30}"
            r"|\b(?:achter|naast|tegenover|boven) (?:de|het) \w{2,30},? in (?:de|het|dat|"
            r"die) (?:\w{2,15} )?(?:huis|huisje|woning|flat)\b"
        ),
        unless=_words(r"\b(?:huis van de|woningen|gemeentehuis|buurthuis|in huis|aan huis|naar huis|thuis)\b"),
        within=40,
    ),
    Rule(
        name="postcode",
        question=_("Verraadt deze postcode een geheime of beschermde plek? Noem alleen de plaatsnaam."),
        pattern=re.compile(
            r"(?<!\w)[1-9]\d{3} ?(?!S[ADS]\b|EU\b)(?:[A-Z]{2}|(?!en\b|in\b|is\b|op\b|te\b|we\b|ze\b|er\b|of\b|al\b|"
            r"na\b|om\b|ik\b|je\b|"
            r"zo\b|nu\b|ga\b|de\b|bv\b|km\b|kg\b|eu\b|up\b|dm\b|cm\b|mm\b|ha\b|st\b|tm\b|to\b|vs\b)[a-z]{2})\b"
        ),
        near=_SHELTER,
    ),
    Rule(
        name="home_postcode",
        question=_("Woont of verblijft hier iemand? Noem alleen de wijk of de plaats."),
        pattern=re.compile(
            r"(?<!\w)[1-9]\d{3} ?(?!S[ADS]\b|EU\b|EN\b|BV\b|KM\b|KW\b|BW\b)[A-Z]{2}\b|"
            r"(?<=[Pp]ostcode )[1-9]\d{3} ?[a-z]{2}\b"
            r"|(?<!\w)[1-9]\d{3} ?(?!en\b|in\b|is\b|op\b|te\b|we\b|of\b|km\b|kg\b|ha\b|m2\b)[a-z]{2},? (?:nr\.? |"
            r"nummer |huisnummer )?\d{1,4}\b(?! (?:%|procent|euro))"
        ),
        unless=_PUBLIC_BUILDING,
        within=60,
    ),
    Rule(
        name="key",
        question=_("Kan iemand hiermee ergens naar binnen? Haal de code of het wachtwoord weg."),
        pattern=_words(
            r"(?<![\w-])(?:pin|toegangs|deur|alarm|kluis|poort|sleutel|"
            r"inlog)?-?code\b(?: (?!20\d\d)[^\W\d]{1,30}){0,5}[ :=]{1,3}"
            r"(?!(?:19|20)\d\d\b)\d(?:[ -]?\d){2,7}#?(?!\w)"
            r"|\bwachtwoord\w{0,4}(?: is| was| luidt)?[ :=]{1,3}(?=[^\s\d]{0,30}\d)[^\s]{4,40}"
        ),
        unless=_words(r"\b(?:sbi|iso|icd|icpc|postcode|rsin)\b"),
        within=20,
    ),
    Rule(
        name="plate",
        question=_("Is dit het kenteken van iemand? Haal het weg."),
        pattern=re.compile(rf"(?<![\w-]){_PLATES}(?![\w-])"),
        near=_words(
            r"\b(?:kentekens?|\w{0,10}auto|busje|bestelbus|scooter|brommer|motor|nummerplaat|nummerbord|geparkeerd)\b"
        ),
    ),
    Rule(
        name="name",
        question=_("Is dit de naam van iemand? Laat hem weg. Een collega hoort bij het aanspreekpunt."),
        find=people,
    ),
    Rule(
        name="one_person",
        question=_("Is dit één persoon die iemand kan herkennen? Maak het algemener."),
        pattern=re.compile(
            r"\b(?:[Ee]en|[Dd]e|[Dd]eze)\s(?:[^\W\d]{1,30}\s){0,2}(?:vrouw|man|meisje|jongen|moeder|vader|"
            r"jongere)\svan\s\d{1,2}\b"
            r"(?!\s(?:tot|t/m|à|-))"
            r"|\b(?:[Ee]en|[Dd]e|[Dd]eze)\s\d{1,2}-jarige\s\w{1,30}"
            r"|\b(?:[Vv]rouw|[Mm]an|[Mm]eisje|[Jj]ongen|[Mm]oeder|[Vv]ader|[Zz]oon|[Dd]ochter|[Cc]liënte?|"
            r"[Bb]ewoonster|[Bb]ewoner) ?\(\d{1,2}\)"
            r"|(?<![\w)])\(\d{1,2}\) uit (?:het |de )?\w{2,30}"
            r"|\bde enige \w{3,25}(?: \w{3,25})? (?:van|in|uit) (?:het dorp|de straat|de flat|het azc|de buurt|"
            r"de klas)\b"
        ),
    ),
)
