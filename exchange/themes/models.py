"""The controlled words of the exchange: the theme tree, target groups, and free keywords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import NaturalKeyManager, TagBase

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


def keyword_key(name: str) -> str:
    """What makes two spellings one keyword: whatever their capitals and the form of their letters."""
    return clean_line(clean_line(name).casefold())


class KeywordQuerySet(models.QuerySet["Keyword"]):
    """Knows a keyword by its key. Forms, the admin and imports all look for `name__iexact`, as taggit does.

    A database may compare capitals in ASCII only (SQLite), and takes é in one sign and in two for different words.
    """

    def get(self, *args: Any, **values: Any) -> Keyword:
        return super().get(*args, **_by_key(values))

    def get_or_create(self, defaults: Mapping[str, Any] | None = None, **values: Any) -> tuple[Keyword, bool]:
        return super().get_or_create(defaults, **_by_key(values))


def _by_key(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "key" if name == "name__iexact" else name: keyword_key(value) if name == "name__iexact" else value
        for name, value in values.items()
    }


class Keyword(TagBase):
    """A free keyword: anybody may add one while writing. Of spellings that look alike there is one."""

    name: str
    key = models.CharField(max_length=300, unique=True, editable=False)

    objects = NaturalKeyManager.from_queryset(KeywordQuerySet)()

    class Meta:
        verbose_name = _("trefwoord")
        verbose_name_plural = _("trefwoorden")
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = clean_line(self.name)
        self.key = keyword_key(self.name)
        super().save(*args, **kwargs)


def lines(text: str) -> list[str]:
    """Split a text field into its lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def join_lines(words: Iterable[str]) -> str:
    """The other way round: one word a line."""
    return "\n".join(words)
