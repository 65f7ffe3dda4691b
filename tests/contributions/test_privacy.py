"""Each rule of the privacy check, with texts that it must question and texts that it must leave alone."""

from __future__ import annotations

import csv

import pytest

from exchange.contributions.privacy import RULES, check, passes_eleven_test
from exchange.municipalities.long_names import REGISTER

# Invented: no person, number or address of these exists.
QUESTIONED = {
    "citizen_number": [
        "1112.22.333",
        "111-222-333",
        "111\u00a0222\u00a0333",
        "BSN 12345672",
        "bsn: 1.1.1.2.2.2.3.3.3",
        "Haar nummer is 111222333.",
        "BSN: 123.456.782",
        "nummer 111 222 333 staat erbij",
    ],
    "citizen_number_named": ["bsn 12345678", "Het burgerservicenummer was 999999998.", "Zaaknummer 111222333 (bsn)"],
    "email": ["Mail naar noor.verzonnen@waterhoven.example voor meer.", "n.v+x@mail.example.nl"],
    "phone": [
        "+31 (0)6 12345678",
        "(020) 123 45 67",
        "06 - 12 34 56 78",
        "06\u201112345678",
        "06.12.34.56.78",
        "06/12345678",
        "06\u00a012\u00a034\u00a056\u00a078",
        "0031 (0)6-12345678",
        "+31-6-12345678",
        "\uff10\uff16 12345678",
        "06\u201312 34 56 78",
        "Bel 06 12345678",
        "bel 06-12 34 56 78",
        "+31 6 12345678",
        "0031612345678",
        "020-1234567",
        "0201234567",
    ],
    "phone_in_words": [
        "Bel nul zes, dan 12 34 56 78.",
        "Haar nummer: nul-zes twaalf vierendertig zesenvijftig en dan acht",
    ],
    "birth_date": [
        "geboren 2001-07-23",
        "geb. 7 jul 1949",
        "(geb. 03.11.1979)",
        "geboortedatum 1958/02/09",
        "geboren op 12-3-1990",
        "geboortedatum: 1 mei 2004",
        "geb. 03/04/98",
    ],
    "address": [
        "De vrouwenopvang zit aan de Verzonnenstraat 12.",
        "We openden een schuilplek op Lange Kerkweg 7b in de stad.",
        "Dorpslaan 4 is de geheime locatie.",
    ],
    "postcode": ["De opvang (1234 AB) is dag en nacht open.", "azc, 9999ZZ", "De opvang staat op 1234 ab."],
    "name": [
        "Het slachtoffer, mevrouw Verzonnen, deed aangifte.",
        "Onze cliënt heet Noor Verzonnen en woont hier.",
        "De overlevende vertelde dat Noor van der Verzonnen haar hielp.",
        "De aangifte van dhr. A. el Verzonnen",
        "De heer Verzonnen was getuige.",
        "mevrouw de Verzonnen",
        "mevr. van den Verzonnen",
        "mw Al-Hassan",
        "mw. N.",
        "Dhr. Çelik opende de deur.",
        "De cliënte Ayşe Yılmaz woont hier.",
        "De getuige Jan van den Verzonnen",
        "Noor (34) kwam elke week.",
        "Zij is Amina K. en woont hier.",
        "Hij heet Yusuf.",
        "een vrouw genaamd Hodan",
        "Mijn naam is Tesfay.",
        "Wij spraken Fatma Öztürk.",
        "Toen kwam Thi Nguyễn binnen.",
        "Łukasz spreekt Pools.",
        "Wijkagent Pieter kwam langs.",
        "de trainer, Tesfay, was ziek",
        "Tesfay uit Eritrea werkt nu.",
        "Opa Henk leest voor.",
        "Met vriendelijke groet,\nWim Verzonnen",
        "Familie Yılmaz",
        "dokter Van Verzonnen",
        "J.P. de Verzonnen belde",
        "Ons voorbeeld: Milan, 9 jaar",
        "de moeder van Dilan",
        "Hakim ben Salah bedacht het",
        "zegt juf Anneke",
        "Saskia Hofman-Oosterhuis neemt het over",
    ],
    "foreigner_number": ["V-nummer 280 123 4567", "vreemdelingennummer: 2801234567", "v-nr. 280.123.4567"],
    "document_number": ["paspoortnummer NPX4K7C29", "Rijbewijs 5001234567 is ingenomen."],
    "account_number": ["NL91 ABNA 0417 1643 00", "rekening NL91ABNA0417164300"],
    "email_in_words": [
        "noor punt verzonnen apenstaartje waterhoven punt example",
        "noor.v (at) waterhoven.example",
        "noor[at]mail.example",
    ],
    "handle": [
        "Volg @noor_verzonnen",
        "instagram.com/noor.verzonnen",
        "https://www.linkedin.com/in/noor-v",
        "t.me/verzonnen1",
    ],
    "spot": [
        "52.09083, 5.12222",
        "52,0908; 5,1222",
        "https://maps.app.goo.gl/AbC123",
        "goo.gl/maps/xyz",
        "///appel.fiets.lamp",
        "https://www.google.nl/maps/@52.1,5.2,15z",
        "openstreetmap.org/#map=19/52.09/5.12",
        "https://w3w.co/appel.fiets.lamp",
        "52\u00b005'27\" N 5\u00b007'19\" E",
    ],
    "birth_date_of_somebody": [
        "De jongste (11.04.2015) wacht.",
        "Cliënt (2001-07-23) kwam terug.",
        "zijn dochter (3 mei 2009)",
    ],
    "home_address": [
        "De sleutel ligt op Verzonnenlaan 14.",
        "Zij woont Meidoornstraat 23a",
        "Rozenstraat 8-bis",
        "Dorpsweg 101",
    ],
    "number_in_words": [
        "Zij woont op nummer twaalf.",
        "Kerkstraat nummer twaalf",
        "het huis op huisnummer drieëntwintig",
    ],
    "house": [
        "Het huis achter de kerk is van het gezin.",
        "De familie heeft de woning naast de bakker.",
        "Zij woont in het huis achter de kerk.",
        "Ze wonen tegenover de school, in het gele huis.",
    ],
    "home_postcode": ["1234AB 12", "op 9999 ZX", "Postcode 1234 ab", "1234 ab 12"],
    "key": [
        "code 4482",
        "De code van het kluisje is 4482.",
        "pincode: 9071",
        "Toegangscode 7719#",
        "wachtwoord Welkom01!",
        "deurcode = 12 34",
    ],
    "plate": ["de auto met kenteken XX-000-X", "Een busje, 00-XX-XX, stond er."],
    "one_person": [
        "Vrouw (34) uit Syrië",
        "Amina, (34) uit azc",
        "hij is de enige kapper van het dorp",
        "Een Syrische vrouw van 34 kwam elke week.",
        "de 17-jarige Eritreeër",
        "Een meisje van 15 vertelde",
    ],
}
LEFT_ALONE = [
    "Het project kostte 123456789 euro minder.", "Dossier 111222334", "Kosten: € 111.222.333", "KvK 12345678",
    "Op 12-3-2024 begon de inloop.", "In 1990 begon het.", "Bel 14 030 of 0800 1234567.", "Bel 112.",
    "Vrouwen van 18 tot 30 jaar doen mee.", "Jongeren van 16 jaar en ouder", "60 bewoners van het azc",
    "Het gemeentehuis aan de Dorpsstraat 1 is open.", "Kom naar het Stadsplein.",
    "De opvang is in Waterhoven.", "Wet 1234 over opvang", "artikel 2000 EU over opvang",
    "Slachtoffers gaan naar Veilig Thuis.", "De cliënt belt het Centrum Seksueel Geweld.",
    "Slachtoffers vinden hulp bij het Rode Kruis en het Leger des Heils.",
    "De GGD Waterhoven helpt slachtoffers.", "Bewoners van Den Verzonnen praten mee.",
    "Noor Verzonnen is onze wethouder.", "Een man van de welzijnsorganisatie",
    "Op https://www.waterhoven.example/inloop staat meer.",
    "Zaaknummer 111222333 is openbaar.", "KvK-nummer: 12345672", "123456782 inwoners", "RSIN 111222333",
    "De woningen liggen tegenover de basisschool en zijn gebouwd in 1968.", "Het buurthuis naast de kerk is open.",
    "Het bezoekadres van het gemeentehuis is Verzonnenlaan 14, 1234 AB Waterhoven.", "In 2023 en 2024 groeide het.",
    "De gedragscode 2021 geldt.", "Code Oranje", "SBI-code 8411", "Groep A en groep B", "Plan B", "vitamine D.",
    "Het project heet Samen Sterk.", "Onze folder heette 'Leven na geweld'.", "Stichting Jan Verzonnen",
    "Prinses Beatrixschool",
    "De heropening was op 14 maart 2022.", "Max. 12 mensen", "Elke week", "De medewerker Werk en Inkomen",
    "consulent Jeugd", "Wethouder Noor Verzonnen", "Statushouders uit Eritrea", "Een vrouw uit Syrië",
    "De raad (31 leden)",
    "Deelnemers (34) kwamen uit drie wijken.", "Het Rode Kruis", "In het Huis van de Wijk", "nummer twee op de lijst",
    "A. Wat doen we", "Met groet, team Jeugd",
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in QUESTIONED.items() for text in texts])
def test_what_must_be_questioned_is(rule: str, text: str) -> None:
    assert rule in {finding.rule for finding in check([("samenvatting", text)])}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert check([("samenvatting", text)]) == []


def test_every_rule_has_examples() -> None:
    assert {rule.name for rule in RULES} == set(QUESTIONED)


NUMBERS = {
    "111222333": True,
    "123456782": True,
    "12345672": True,
    "111222334": False,
    "000000000": False,
    "1234567": False,
}


@pytest.mark.parametrize(("number", "passes"), NUMBERS.items())
def test_the_eleven_test(number: str, passes: bool) -> None:
    assert passes_eleven_test(number) is passes


def test_a_finding_says_where_and_shows_a_little_around_it() -> None:
    text = "Lang verhaal over de inloop. " * 3 + "Mail noor@waterhoven.example. " + "En verder. " * 9
    (finding,) = check([("aanpak", text)])
    assert (finding.field, finding.found) == ("aanpak", "noor@waterhoven.example")
    assert finding.excerpt.startswith("…")
    assert finding.excerpt.endswith("…")
    assert len(finding.excerpt) < 100


def test_the_same_words_are_asked_about_once_and_keep_their_key() -> None:
    findings = check([("a", "bel 06 12345678"), ("b", "Bel 06  12345678 of 06 87654321")])
    assert len(findings) == 2
    assert check([("c", "06 12345678")])[0].key == findings[0].key


@pytest.mark.parametrize(
    "text",
    [
        "Mail naar info@waterhoven.example.",
        "Mail wijkteam-noord@waterhoven.example of vragen.jeugd@waterhoven.example.",
        "Bergen op Zoom en Loon op Zand doen het al.", "In de Johan Cruijff Arena was een open dag.",
        "Mark de dagen in je agenda.",
    ],
)  # fmt: skip
def test_teams_places_and_verbs_are_nobody(text: str) -> None:
    assert check([("tekst", text)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mail naar infante@waterhoven.example.", "Mail info.jansen@waterhoven.example.", "Jan op den Akker helpt mee.",
        "Johan Cruijff helpt mee.", "Mark helpt mee.", "Ons nummer is nul zes, dan twaalf vierendertig en 56 78.",
        "Zijn A-nummer is 1234567890.",
    ],
)  # fmt: skip
def test_people_beside_them_are_somebody(text: str) -> None:
    assert check([("tekst", text)])


def test_no_municipality_is_a_person() -> None:
    """The contact that is made of a profile is named after its municipality."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    kinds = ("Aanspreekpunt {}", "Vragen over wat {} doet? Neem gerust contact op.", "Inloop in {}")
    assert [text for name in names for kind in kinds if check([("titel", text := kind.format(name))])] == []
