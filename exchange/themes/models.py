"""The controlled words of the exchange: the theme tree, target groups, and free keywords."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from exchange.clean_text import clean_line


class Theme(TagBase):
    """One theme of the tree. Two levels: a broad theme and its narrower ones. `name` is the Dutch label."""

    free_tagging = False

    name = models.CharField(_("naam"), max_length=100, unique=True)
    name_en = models.CharField(_("naam in het Engels"), max_length=100)
    broader = models.ForeignKey(
        "self", verbose_name=_("valt onder"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    description = models.TextField(
        _("beschrijving"),
        blank=True,
        help_text=_("Eén of twee zinnen. Bijvoorbeeld: 'Hulp bij de eerste stappen in een nieuwe gemeente.'"),
    )
    synonyms = models.TextField(
        _("andere woorden"),
        blank=True,
        help_text=_("Woorden waarmee mensen dit thema zoeken, één per regel. Bijvoorbeeld: 'azc'."),
    )
    tooi_uri = models.URLField(_("TOOI-thema"), blank=True)
    urgent_help = models.TextField(
        _("directe hulp"),
        blank=True,
        help_text=_("Wat staat bovenaan dit thema voor wie nu hulp nodig heeft? Bijvoorbeeld: 'Gevaar? Bel 112.'"),
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["position", "name"]

    def clean(self) -> None:
        super().clean()
        if self.broader is None:
            return
        if self.broader_id == self.pk or self.broader.broader_id is not None:
            raise ValidationError({"broader": _("Kies een hoofdthema: de boom heeft twee lagen.")})
        if self.pk and self.narrower.exists():
            raise ValidationError({"broader": _("Dit thema heeft zelf onderdelen en blijft dus een hoofdthema.")})

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    def synonym_list(self) -> list[str]:
        return lines(self.synonyms)

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])


class TargetGroup(models.Model):
    """People an initiative is for, from a small controlled list."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=100, unique=True)
    name_en = models.CharField(_("naam in het Engels"), max_length=100)
    synonyms = models.TextField(
        _("andere woorden"), blank=True, help_text=_("Eén per regel. Bijvoorbeeld: 'regenboog'.")
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    def synonym_list(self) -> list[str]:
        return lines(self.synonyms)


class Keyword(TagBase):
    """A free keyword: anybody may add one while writing. What looks the same is the same, in capitals or not."""

    # Kept beside the name: SQLite compares capitals in ASCII only, and no database what is composed of two signs.
    key = models.CharField(max_length=300, unique=True, editable=False)

    class Meta:
        verbose_name = _("trefwoord")
        verbose_name_plural = _("trefwoorden")
        ordering = ["name"]

    @staticmethod
    def key_of(name: str) -> str:
        return clean_line(name).casefold()

    @classmethod
    def named(cls, name: str) -> Keyword:
        """The keyword of this name, added where there is none."""
        found: Keyword = cls.objects.get_or_create(key=cls.key_of(name), defaults={"name": clean_line(name)})[0]
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name: str = clean_line(self.name)
        self.key = self.key_of(self.name)
        super().save(*args, **kwargs)


def lines(text: str) -> list[str]:
    """Split a text field into its lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def join_lines(words: Iterable[str]) -> str:
    """The other way round: one word a line."""
    return "\n".join(words)
