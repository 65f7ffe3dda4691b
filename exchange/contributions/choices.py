"""The fixed choices that contributions share, each with its Dutch label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Iedereen")
    MEMBERS = "members", _("Alle deelnemende gemeenten")
    OWN = "own", _("Alleen onze gemeente")


class Readers(models.TextChoices):
    """Who of those that `visibility` lets in: for what one in a hundred members may be looking for."""

    ALL = "all", _("iedereen die deze bijdrage mag lezen")
    WRITERS = "writers", _("alleen auteurs en redacteuren")
    EDITORS = "editors", _("alleen redacteuren")


class SafetyCheck(models.TextChoices):
    """Whether somebody looked for identifiable persons and protected places."""

    TO_DO = "to_do", _("nog niet nagekeken")
    DONE = "done", _("nagekeken: geen herkenbare personen, geen geheime plekken")
    IMPORTED = "imported", _("geïmporteerd, niet nagekeken")


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("CC BY 4.0: iedereen mag het gebruiken, met naamsvermelding")
    CC_0 = "cc0-1.0", _("CC0: iedereen mag het gebruiken")
    CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0: gebruiken mag, onder dezelfde voorwaarden")
    ALL_RIGHTS = "all-rights", _("Alle rechten voorbehouden")


class Language(models.TextChoices):
    DUTCH = "nl", _("Nederlands")
    ENGLISH = "en", _("Engels")
    ARABIC = "ar", _("Arabisch")
    TIGRINYA = "ti", _("Tigrinya")
    UKRAINIAN = "uk", _("Oekraïens")
    RUSSIAN = "ru", _("Russisch")
    TURKISH = "tr", _("Turks")
    FARSI = "fa", _("Farsi")
    DARI = "prs", _("Dari")
    SOMALI = "so", _("Somalisch")
    FRENCH = "fr", _("Frans")
    SPANISH = "es", _("Spaans")
    GERMAN = "de", _("Duits")
    POLISH = "pl", _("Pools")
    ROMANIAN = "ro", _("Roemeens")
    BULGARIAN = "bg", _("Bulgaars")
    PICTURES = "pictures", _("Beeldtaal (zonder woorden)")


class Weekday(models.TextChoices):
    """Values are ISO weekday numbers, Monday is 1."""

    MONDAY = "1", _("maandag")
    TUESDAY = "2", _("dinsdag")
    WEDNESDAY = "3", _("woensdag")
    THURSDAY = "4", _("donderdag")
    FRIDAY = "5", _("vrijdag")
