"""Finds names of people in Dutch text by what stands around a word with a capital, not by the word alone. Pure, linear.

A word with a capital is often an organisation, a place or a law, so it needs a reason to be a name: a title, a role or
a verb before it, an age or an initial behind it, a first name that people have, letters that Dutch does not use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exchange.municipalities.long_names import long_names

from .first_names import first_names, sure_names


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A word; parts may be joined by an apostrophe or a hyphen.
_WORD = re.compile(r"'[ts]\b|[^\W\d_]+(?:['-][^\W\d_]+){0,4}")
_PARTICLES = _set(
    """
    van de den der het 't ten ter te op in 's el al bin ben bint ibn abu la le du da dos di von zur del
    """
)
# Particles that stand in names of people only, not in names of organisations.
_OF_PEOPLE = _set(
    """
    el al bin ben bint ibn abu
    """
)
_OF_PLACES = frozenset({"op", "aan", "bij"})
_TITLES = _set(
    """
    mevrouw mevr mw mv meneer mijnheer dhr heer juf juffrouw meester oma opa tante oom dokter dr drs ds prof ir ing
    mr mrs ms familie fam pater zuster broeder imam dominee pastoor buurvrouw buurman
    """
)
_ROLES = _set(
    """
    bewoner bewoonster inwoner inwoonster deelnemer deelneemster cliënt cliënte client vrijwilliger vrijwilligster
    collega contactpersoon aanspreekpunt zoon zoontje dochter dochtertje broer broertje zus zusje moeder vader mama
    papa vriend vriendin kind baby kleinzoon kleindochter nicht neef huisgenoot leerling student scholier jongen
    meisje man vrouw statushouder vluchteling asielzoeker huisarts arts psycholoog verpleegkundige tolk maatje
    buurtgenoot slachtoffer getuige dader patiënt patiënte ervaringsdeskundige sleutelpersoon oprichter oprichtster
    initiatiefnemer penningmeester jongere tweeling nabestaande groet groeten auteur
    """
)
# Of a place or a team as often as of a person: `Aanspreekpunt De Wolden`. A name has to show itself.
_ROLES_OF_PLACES = frozenset({"aanspreekpunt"})
_ROLE_ENDINGS = (
    "werker", "werkster", "coach", "leider", "leidster", "agent", "ambtenaar", "consulent", "consulente", "begeleider",
    "begeleidster", "docent", "docente", "trainer", "adviseur", "medewerker", "medewerkster", "coördinator",
    "regisseur", "manager", "verpleegkundige", "arts", "bode", "rechercheur", "makelaar",
)  # fmt: skip
_OFFICES = re.compile(
    r"\b(?:wethouders?|burgemeesters?|minister|staatssecretaris|gedeputeerde|commissaris|koning(?:in)?|prins(?:es)?|"
    r"gemeentesecretaris|raadslid|kamerlid)\b",
    re.IGNORECASE,
)
# A word that tells somebody to do something, and the name of somebody: `Mark de dagen`.
_ALSO_VERBS = _set(
    """
    mark laat
    """
)
_BEHIND_A_VERB = re.compile(r" (?:de|het|een|dit|deze|die|dat|je|jouw|in|op|af|aan)\b")
# What stands in names of organisations, places, laws and parts of an organisation, whole or at the end of a word.
_NO_PERSON = re.compile(
    r"(?:bureau|centrum|commissie|fonds|foundation|gemeente|kruis|leger|mind|nederland|raad|stichting|team|vereniging|"
    r"werk|wet|wmo|zorg|school|college|lyceum|academie|universiteit|bibliotheek|museum|theater|moskee|klooster|"
    r"kapel|straat|laan|plein|park|kade|gracht|singel|dreef|steeg|wijk|plaza|toren|prijs|"
    r"instituut|groep|club|partij|platform|netwerk|coalitie|akkoord|plan|pact|regeling|zaken|beleid|hulp|domein|"
    r"jeugd|wonen|welzijn|onderwijs|sport|cultuur|inkomen|participatie|veiligheid|financiën|communicatie|inburgering|"
    r"asiel|energie|duurzaamheid|schulden|samenleving|ruimte|media|info|punt|loket|balie|app|"
    r"gezond|rode|rutgers|samen|seksueel|sint|thuis|veilig|ggd|ggz|methode|model|toets|schaal|norm|code|lijst|"
    r"matrix|index|monitor|test|syndroom|ziekte|effect|dag|week|jaar|beheer|recht|toeslag|uitkering|lening|advies|"
    r"arena|stadion|dome|paviljoen|tunnel|festival|toernooi|penning|estafette|"
    r"controle|register|systeem|loting|kaart|suite|cloud|office|view|software|analytics|studio|group|care)$",
    re.IGNORECASE,
)
# Of places and organisations, and of family names: `Oosterhuis`, `Van Dijk`. They count behind no first name.
_PERHAPS_NO_PERSON = re.compile(
    r"(?:huis|hof|weg|dijk|pad|brug|burg|buurt|kerk|bank|land|hart|bouw|pas|noord|oost|zuid|west)$", re.IGNORECASE
)
# A first name behind one of these is part of the name of a thing.
_BEFORE_THINGS = _set(
    """
    stichting sint st prinses prins koningin koning huize vereniging basisschool school bibliotheek hotel café
    theater park fonds bureau vzw club museum villa project methode app merk firma winkel sporthal zwembad
    wijkcentrum buurthuis dorpshuis wet ziekenhuis zorgcentrum verpleeghuis azc kasteel haven gebouw model programma
    software systeem chatbot bot algoritme assistent tijdschrift blad krant
    """
)
# Words that stand with a capital at the start of a sentence and say nothing about the next one.
_OPENERS = _set(
    """
    de het een onze ons mijn jouw zijn haar hun uw deze dit die dat er hier daar bel mail vraag zie met door van in
    op aan bij voor na toen als ook en maar of dank volgens zoals omdat zo toch sinds tot uit over naar om al alle
    ik we wij hij zij ze je jij u wat wie waar wanneer hoe dus want app stuur contact beste lieve hallo namens via
    """
)
_LETTERED = _set(
    """
    plan groep fase route wijk niveau categorie blok bijlage model deel stap schaal label type team lokaal vitamine
    klasse cohort variant optie hepatitis sectie artikel kolom tabel figuur punt gebouw
    """
)
_THING = re.compile(
    r"\b(?:project|aanpak|stichting|programma|plan|app|krant|website|site|tool|pilot|team|buurthuis|wijk|straat|school|"
    r"methode|training|cursus|campagne|bijeenkomst|vereniging|gemeente|stad|dorp|bedrijf|systeem|regeling|wet|dat|dit|"
    r"initiatief|organisatie|traject|model|spel|boek|film|park|plek|winkel|algoritme|applicatie|fonds|platform|nu)\b",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:slachtoffer\w*|cliënt\w*|client\w*|overleve(?:nde|r|rs|nden)|survivors?|dader\w*|getuige\w*|bewoner\w*|"
    r"bewoonster\w*|vluchteling|asielzoek(?:er|ster)|statushouder|minderjarige|aangifte|verkracht\w*|mishandel\w*)\b",
    re.IGNORECASE,
)
_AGE_BEHIND = re.compile(
    r" ?\( ?\d{1,2}(?: ?(?:jaar|jr))?\.? ?\)|,? (?:is )?\d{1,2} ?(?:jaar|jr)\b|, \d{1,2}(?=[,)])"
    r"|,? is \d{2}(?= en\b|[.,;])"
)
_FROM_BEHIND = re.compile(r",? (?:komt )?uit [^\W\d_a-z]")
_OWN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzéèëêïîöôüûáàäâóòíìúùç'-")
_FOREIGN_PLACES = frozenset(["curaçao", "são", "besançon", "łódź", "île"])
_NOT_A_NAME_ENDING = ("en", "s", "ing", "heid", "isch", "ische", "se", "schap", "tie", "iteit", "ist", "er", "e")
_RELATIVES = _set(
    """
    zoon zoontje dochter dochtertje moeder vader vriend vriendin broer broertje zus zusje weduwe weduwnaar
    echtgenoot echtgenote kind vrouw man
    """
)
_JOINS = frozenset({" ", ". ", ".", "-"})
_AFTER_ROLE = frozenset({" ", ", ", ": ", " (", " - ", ",\n", ",\n\n"})
# How far, in characters, a word may stand from what it makes suspect.
NEAR = 120
LONGEST_NAME = 8


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    # What stands between it and the word before.
    gap: str

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper() or "-" in self.text)


@dataclass(frozen=True)
class _Phrase:
    """Words with capitals that stand together, the words before and the text around."""

    words: tuple[_Word, ...]
    before: tuple[_Word, ...]
    text: str
    opens: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def behind(self) -> str:
        return self.text[self.end : self.end + 30]

    @property
    def gap(self) -> str:
        return self.words[0].gap

    def previous(self, back: int = 1) -> str:
        return self.before[-back].low if len(self.before) >= back else ""

    @property
    def capitals(self) -> list[_Word]:
        return [word for word in self.words if word.is_capital and word.low not in _PARTICLES]

    @property
    def has_particle(self) -> bool:
        return any(word.low in _PARTICLES for word in self.words[:-1])

    @property
    def has_initial(self) -> bool:
        return any(
            len(one.text) == 1 and behind.gap[:1] == "."
            for one, behind in zip(self.words, self.words[1:], strict=False)
        )

    @property
    def is_of_a_thing(self) -> bool:
        sure = self.words[0].text in sure_names()
        return any(
            _NO_PERSON.search(word.text) or (not sure and _PERHAPS_NO_PERSON.search(word.text))
            for word in self.capitals
        )

    @property
    def is_place(self) -> bool:
        """`Bergen op Zoom`, `Loon op Zand`: in the names of people an article stands between."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return any(one.low in _OF_PLACES and behind.is_capital for one, behind in pairs)

    @property
    def is_verb(self) -> bool:
        is_one = self.opens and len(self.words) == 1 and self.words[0].low in _ALSO_VERBS
        return is_one and _BEHIND_A_VERB.match(self.behind) is not None

    @property
    def known(self) -> bool:
        return any(word.text in first_names() for word in self.capitals)


def people(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text names of people stand, each as where it begins and ends."""
    for phrase in _phrases(text):
        if _is_person(phrase):
            yield phrase.start, phrase.end


def _is_person(phrase: _Phrase) -> bool:
    if not phrase.capitals or _is_in_office(phrase) or phrase.text.startswith(long_names(), phrase.start):
        return False
    if _title(phrase):
        return True
    return not phrase.is_of_a_thing and any(reason(phrase) for reason in _REASONS)


def _is_in_office(phrase: _Phrase) -> bool:
    """Who holds a public office is named in public."""
    before = " ".join(word.text for word in phrase.before[-2:])
    return bool(_OFFICES.search(before) or _OFFICES.search(phrase.behind))


# --- reasons


def _title(phrase: _Phrase) -> bool:
    return phrase.previous() in _TITLES and phrase.gap in {" ", ". ", "."}


def _called(phrase: _Phrase) -> bool:
    """`heet Yusuf`, `genaamd Hodan`, `mijn naam is`, `ik ben`: unless a thing is called so."""
    if phrase.gap != " " or any(not word.text[1:].islower() for word in phrase.capitals if word.text.isalpha()):
        return False
    if phrase.previous() in {"heet", "heette", "heten", "genaamd", "geheten"}:
        return not _THING.search(phrase.text[max(0, phrase.start - 60) : phrase.start])
    two = (phrase.previous(2), phrase.previous())
    if two in {("naam", "is"), ("naam", "was"), ("namen", "zijn")}:
        return not _THING.search(phrase.text[max(0, phrase.start - 60) : phrase.start - 8])
    return two == ("ik", "ben") and (phrase.known or not _is_ordinary(phrase))


def _in_a_role(phrase: _Phrase) -> bool:
    role = phrase.previous().removesuffix("'s")
    if phrase.gap not in _AFTER_ROLE:
        return False
    if role in _ROLES_OF_PLACES:
        return phrase.known or phrase.has_initial
    return (role in _ROLES or role.endswith(_ROLE_ENDINGS)) and (_has_a_part(phrase) or not _is_ordinary(phrase))


def _of_an_age(phrase: _Phrase) -> bool:
    """`Noor (34)`, `Milan, 9 jaar`, `Daan is 22`."""
    return bool(_AGE_BEHIND.match(phrase.behind)) and (_has_a_part(phrase) or not _is_ordinary(phrase))


def _with_an_initial(phrase: _Phrase) -> bool:
    """`Amina K.`, `S. Bakker`; not `groep B` and not the letters of a list."""
    last = phrase.words[-1]
    if len(last.text) == 1:
        first = phrase.words[0]
        is_named = len(first.text) > 1 and first.low not in _LETTERED
        ends = phrase.behind[:1] == "." and not phrase.behind[1:2].isalnum()
        return is_named and (ends or first.text in first_names())
    if not phrase.has_initial:
        return False
    return not phrase.opens or phrase.has_particle or len(phrase.words) > 2


def _first_name(phrase: _Phrase) -> bool:
    """A first name that people have, and that is not the name of a thing, a word or a month here."""
    things = {word.low for word in phrase.words} | ({phrase.previous()} if phrase.gap in {" ", " '", ' "'} else set())
    if things & _BEFORE_THINGS or phrase.is_place or phrase.is_verb:
        return False
    names = [word for word in phrase.capitals if word.text in first_names()]
    if any(word.text in sure_names() for word in names):
        return True
    # Of a name that is a word too, more must be there: a family name behind it.
    return bool(names) and names[0] == phrase.words[0] and len(phrase.words) > 1 and not phrase.opens


def _own_letters(phrase: _Phrase) -> bool:
    """Letters that Dutch does not use."""
    return any(
        len(word.text) > 2 and word.low not in _FOREIGN_PLACES and (set(word.low) - _OWN_LETTERS or word.text[0] == "Ç")
        for word in phrase.capitals
    ) and not any(ord(letter) > 0x24F and not 0x1E00 <= ord(letter) < 0x1F00 for letter in phrase.words[0].text)


def _from_elsewhere(phrase: _Phrase) -> bool:
    return len(phrase.words) == 1 and bool(_FROM_BEHIND.match(phrase.behind)) and not _is_ordinary(phrase)


def _with_particle(phrase: _Phrase) -> bool:
    """`Hakim ben Salah`, `O. el Amrani`: particles that organisations do not have."""
    return len(phrase.capitals) > 1 and any(word.text in _OF_PEOPLE for word in phrase.words)


def _somebody_speaks(phrase: _Phrase) -> bool:
    return phrase.previous() in {"zegt", "zei", "vertelt", "vertelde"} and not _is_ordinary(phrase)


def _of_a_relative(phrase: _Phrase) -> bool:
    is_so = phrase.previous() == "van" and phrase.previous(2) in _RELATIVES
    return is_so and not _is_ordinary(phrase)


def _is_helped(phrase: _Phrase) -> bool:
    """Two words with capitals, where somebody who is helped is spoken of."""
    capitals = phrase.capitals
    if phrase.opens or len(capitals) < 2 or not phrase.words[0].is_capital or any(map(_is_ordinary_word, capitals)):
        return False
    return bool(_HELPED.search(phrase.text[max(0, phrase.start - NEAR) : phrase.end + NEAR]))


_REASONS: tuple[Callable[[_Phrase], bool], ...] = (
    _called, _in_a_role, _of_an_age, _with_an_initial, _first_name, _own_letters, _from_elsewhere, _with_particle,
    _somebody_speaks, _of_a_relative, _is_helped,
)  # fmt: skip


def _has_a_part(phrase: _Phrase) -> bool:
    """Something that only names of people have."""
    return phrase.known or phrase.has_initial or (phrase.has_particle and len(phrase.words) > 1)


def _is_ordinary(phrase: _Phrase) -> bool:
    """Does it look like a word of the language: a group, a property, a subject?"""
    return _is_ordinary_word(phrase.words[-1])


def _is_ordinary_word(word: _Word) -> bool:
    if word.text in sure_names():
        return False
    return word.low in _ROLES | _OPENERS | _RELATIVES or word.low.endswith(_NOT_A_NAME_ENDING)


# --- words and phrases


def _words(text: str) -> list[_Word]:
    words, last = [], 0
    for match in _WORD.finditer(text):
        words.append(_Word(match.group(), match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return words


def _phrases(text: str) -> Iterator[_Phrase]:
    words, at = _words(text), 0
    while at < len(words):
        if not _begins(words, at):
            at += 1
            continue
        end = _end_of(words, at)
        start, opens = _without_opener(words, at, end, text)
        if start < end:
            yield _Phrase(tuple(words[start:end]), tuple(words[max(0, start - 3) : start]), text, opens)
        at = max(end, at + 1)


def _begins(words: list[_Word], at: int) -> bool:
    """A capital; or a particle behind a title: `mevrouw de Vries`."""
    word = words[at]
    return word.is_capital or (at > 0 and word.low in _PARTICLES and words[at - 1].low in _TITLES)


def _end_of(words: list[_Word], start: int) -> int:
    """Behind the last capital that belongs to it."""
    end, at = start + 1, start + 1
    while at < len(words) and at - start < LONGEST_NAME and _joins(words, at):
        if words[at].is_capital:
            end = at + 1
        elif words[at].low not in _PARTICLES:
            break
        at += 1
    return end


def _joins(words: list[_Word], at: int) -> bool:
    gap = words[at].gap
    return gap == " " or (gap in _JOINS and len(words[at - 1].text) == 1)


def _without_opener(words: list[_Word], start: int, end: int, text: str) -> tuple[int, bool]:
    """Where the name begins; an opening word, a title or a role with a capital is no part of it."""
    opens = _opens_sentence(words[start], text)
    while start < end and end - start > 1 and _is_before_a_name(words[start], is_first=opens):
        start, opens = start + 1, False
    if end - start == 1 and words[start].low in _OPENERS | _TITLES | _ROLES and words[start].text not in first_names():
        return end, False
    return start, opens


def _is_before_a_name(word: _Word, *, is_first: bool) -> bool:
    low = word.low
    if low in _TITLES or low in _ROLES or low.endswith(_ROLE_ENDINGS) or _OFFICES.fullmatch(low):
        return True
    return is_first and low in _OPENERS and low not in {"van", "de", "het", "den"}


def _opens_sentence(word: _Word, text: str) -> bool:
    before = text[max(0, word.start - 4) : word.start].rstrip(" \"'(")
    return not before or before[-1] in ".!?:\n-•*;" or "\n" in word.gap
