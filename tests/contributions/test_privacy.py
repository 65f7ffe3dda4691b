"""Each rule of the privacy check, with texts that it must question and texts that it must leave alone."""

from __future__ import annotations

import pytest

from exchange.contributions.privacy import RULES, check, passes_eleven_test

# Invented: no person, number or address of these exists.
QUESTIONED = {
    "citizen_number": ["Haar nummer is 111222333.", "BSN: 123.456.782", "nummer 111 222 333 staat erbij"],
    "citizen_number_named": ["bsn 12345678", "Het burgerservicenummer was 999999998."],
    "email": ["Mail naar noor.verzonnen@waterhoven.example voor meer.", "n.v+x@mail.example.nl"],
    "phone": ["Bel 06 12345678", "bel 06-12 34 56 78", "+31 6 12345678", "0031612345678", "020-1234567", "0201234567"],
    "birth_date": ["geboren op 12-3-1990", "geboortedatum: 1 mei 2004", "geb. 03/04/98"],
    "address": [
        "De vrouwenopvang zit aan de Verzonnenstraat 12.",
        "We openden een schuilplek op Lange Kerkweg 7b in de stad.",
        "Dorpslaan 4 is de geheime locatie.",
    ],
    "postcode": ["De opvang (1234 AB) is dag en nacht open.", "azc, 9999ZZ"],
    "name": [
        "Het slachtoffer, mevrouw Verzonnen, deed aangifte.",
        "Onze cliënt heet Noor Verzonnen en woont hier.",
        "De overlevende vertelde dat Noor van der Verzonnen haar hielp.",
        "De aangifte van dhr. A. el Verzonnen",
        "De heer Verzonnen was getuige.",
    ],
    "one_person": ["Een Syrische vrouw van 34 kwam elke week.", "de 17-jarige Eritreeër", "Een meisje van 15 vertelde"],
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
