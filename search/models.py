"""The projection: one row for each contribution, flat and ready to search.

The row is at once the outbox, the source of a rebuild, the embedded engine's data and the drift check (docs/search.md).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from exchange.accounts.viewer import Viewer
from exchange.contributions.choices import Kind, Visibility
from exchange.contributions.freshness import Freshness, period
from exchange.contributions.usable_fields import UsableForm
from exchange.contributions.visibility import allowed
from exchange.municipalities.models import Municipality
from exchange.themes.models import lines

from . import dutch


class Audience(models.TextChoices):
    """For whom a derived text counts. Members see what is public too."""

    PUBLIC = "public"
    MEMBERS = "members"


def audiences(viewer: Viewer) -> list[Audience]:
    """The audiences a reader belongs to."""
    return [Audience.PUBLIC, Audience.MEMBERS] if viewer.is_member else [Audience.PUBLIC]


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> EntryQuerySet:
        """What a reader may find: the same clause as for the pages themselves."""
        return self.filter(allowed(viewer), is_listed=True)

    def states(self, today: datetime.date) -> dict[str, int]:
        """How many are in each state of freshness today; states that nothing is in are left out."""
        counted = {
            state.value: models.Count("pk", filter=models.Q(due_on__range=period(state, today))) for state in Freshness
        }
        return {state: count for state, count in self.order_by().aggregate(**counted).items() if count}


class Entry(models.Model):
    """How one contribution is found. No foreign key to the page: the row outlives it, as a tombstone."""

    # As Wagtail numbers pages. Not a larger or unsigned type: only this one is SQLite's own row number.
    page_id = models.IntegerField(primary_key=True)
    is_listed = models.BooleanField(default=False, help_text="False is a tombstone: id and version stay, no text.")
    dirty = models.BooleanField(default=True, db_index=True, help_text="Something changed that is not projected yet.")
    version = models.PositiveBigIntegerField(default=0, help_text="Rises with every change of what is found.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of the projected document: tells what changed.")

    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=255, blank=True)
    folded_title = models.CharField(max_length=300, blank=True, help_text="To suggest by, a space before each word.")
    summary = models.TextField(blank=True)
    path = models.CharField(max_length=1000, blank=True, help_text="Address of the page on the site.")
    phase = models.CharField(max_length=10, blank=True)
    confirmed_at = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="By when to confirm it; what is fresh is decided when asked.")
    published_at = models.DateTimeField(null=True)
    completeness = models.FloatField(default=0, help_text="Between 0 and 1.")
    values = models.TextField(blank=True, help_text="What can be filtered on and counted, as `field=value`.")
    member_values = models.TextField(blank=True, help_text="What comes on top for members.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        # All that decides who may see it, so that this is answered from the index alone.
        indexes = [models.Index(fields=["is_listed", "visibility", "-published_at", "municipality"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.title or 'tombstone'}"

    def values_for(self, heard: Collection[Audience]) -> str:
        """What of it can be filtered on and counted for who belongs to these audiences, as one text."""
        return f"{self.values} {self.member_values}" if Audience.MEMBERS in heard else self.values


class EntryText(models.Model):
    """The texts of an entry. Apart from it: the database goes through thousands of entries, and reads few of these."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="text")
    body = models.TextField(blank=True, help_text="Plain text of all fields, for highlights.")
    attachments = models.JSONField(default=list, help_text="Name and text of each document, for highlights.")
    stems = models.TextField(blank=True, help_text="The same text as stems, for phrases.")
    words = models.TextField(blank=True, help_text="Each stem as often as it weighs, in quarters.")
    member_words = models.TextField(blank=True, help_text="What comes on top for members.")

    def __str__(self) -> str:
        return f"text of {self.entry_id}"

    def stems_for(self, heard: Collection[Audience]) -> set[str]:
        """The stems that it has for who belongs to these audiences."""
        return {*self.words.split(), *(self.member_words.split() if Audience.MEMBERS in heard else ())}


class EntryTerm(models.Model):
    """One stem that an entry contains, with its weight: the embedded engine's inverted index.

    A row for members holds what the term weighs *more* for them, so a reader's weight is the sum over the audiences.
    """

    # Its constraint begins with the entry: another index would only be work.
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="terms", db_index=False)
    term = models.CharField(max_length=100)
    audience = models.CharField(max_length=10, choices=Audience)
    weight = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "term", "audience"], name="a_term_once_per_entry")]
        # With the weight in it a question is answered from the index alone.
        indexes = [models.Index(fields=["term", "audience", "entry", "weight"])]

    def __str__(self) -> str:
        return self.term


class KnownWord(models.Model):
    """A stem that contributions have, and how it is written: what a mistyped word is compared with.

    Only of what everybody, or every member, may read. It may lag: a word stays until the words are counted again.
    """

    stem = models.CharField(max_length=100, primary_key=True)
    written = models.CharField(
        max_length=100,
        blank=True,
        help_text="One way in which it is written; empty for what is only part of compounds.",
    )
    is_public = models.BooleanField(default=False)
    share = models.FloatField(default=0, help_text="Of the public contributions that have it, when last counted.")

    def __str__(self) -> str:
        return self.written or self.stem


class WordGroupForm(WagtailAdminModelForm):
    """What an editor changes is the editor's from then on."""

    def save(self, commit: bool = True) -> Any:
        self.instance.source = WordGroup.Source.EDITOR
        return super().save(commit=commit)


class WordGroup(models.Model):
    """Words that mean the same to whoever searches, and what they also lead to. Kept by platform editors."""

    class Source(models.TextChoices):
        """Who says so; where a file says it, the list in which the word of the trade stands (data/README.md)."""

        EDITOR = "editor", _("de redactie")
        OWN = "own", _("Samenwijzer")
        PUBLIC = "public", _("namen van wetten en organisaties")
        UPL = "upl", _("Uniforme Productnamenlijst")
        TOOI = "tooi", _("TOOI-themalijst")
        SUBJECTS = "subjects", _("onderwerpen van de Rijksoverheid")
        TASK_FIELDS = "iv3", _("taakvelden (Iv3)")
        THEMES = "themes", _("de thema's hier")
        GLOSSARY = "glossary", _("de woordenlijst hier")

    class Origin(models.TextChoices):
        SYNONYM = "synonym", _("ander woord")
        ABBREVIATION = "abbreviation", _("afkorting")
        ENGLISH = "english", _("Engels")

    words = models.TextField(
        _("woorden"),
        help_text=_("Woorden die hetzelfde betekenen, één per regel. Bijvoorbeeld: 'stoplicht' en 'verkeerslicht'."),
    )
    leads_to = models.TextField(
        _("leiden ook naar"),
        blank=True,
        help_text=_(
            "Eén kant op: wie een woord hierboven zoekt, vindt ook deze woorden. Bijvoorbeeld: 'stalking' leidt naar "
            "'huiselijk geweld', maar niet andersom."
        ),
    )
    origin = models.CharField(_("soort"), max_length=12, choices=Origin, default=Origin.SYNONYM)
    source = models.CharField(_("bron"), max_length=12, choices=Source, default=Source.EDITOR, editable=False)
    theme = models.SlugField(max_length=60, blank=True, editable=False, help_text="The field that it is a word of.")
    key = models.CharField(max_length=200, blank=True, editable=False, help_text="Of the row of a file it is from.")
    changed_at = models.DateTimeField(auto_now=True)

    # How much another word counts, next to the word that was typed.
    WEIGHTS: ClassVar[dict[str, float]] = {Origin.SYNONYM: 0.7, Origin.ABBREVIATION: 0.9, Origin.ENGLISH: 0.9}

    # What the key begins with of what an editor added with one press: twice is once.
    PRESSED: ClassVar[str] = "editor:"

    base_form_class = WordGroupForm

    class Meta:
        verbose_name = _("zoekwoorden")
        verbose_name_plural = _("zoekwoorden")
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="a_row_of_a_file_once")
        ]

    def __str__(self) -> str:
        return ", ".join(self.word_list())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Throw it away for good: what a file says does not come back when it is read again."""
        if self.key and not self.key.startswith(self.PRESSED):
            DroppedWords.objects.get_or_create(key=self.key)
        return super().delete(*args, **kwargs)

    @property
    def weight(self) -> float:
        return self.WEIGHTS[self.origin]

    def word_list(self) -> list[str]:
        return lines(self.words)

    def leads_to_list(self) -> list[str]:
        return lines(self.leads_to)


class DroppedWords(models.Model):
    """The row of a file that an editor threw away: it stays away when the files are read again."""

    key = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.key


class SearchedQuestion(models.Model):
    """What was asked in a week, how often and how much it found: without a trace of who asked."""

    week = models.DateField(_("week van"), help_text="Its Monday.")
    question = models.CharField(_("vraag"), max_length=100)
    times = models.PositiveIntegerField(_("keer gezocht"), default=0)
    hits = models.PositiveIntegerField(_("gevonden"), default=0, help_text="The last time.")
    found_nothing = models.BooleanField(_("niets gevonden"), default=False, db_index=True)
    only_near = models.BooleanField(_("alleen in de buurt"), default=False, db_index=True)

    class Meta:
        verbose_name = _("zoekvraag")
        verbose_name_plural = _("zoekvragen")
        ordering = ["-week", "-times", "question"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["week", "question"], name="a_question_once_a_week")]

    def __str__(self) -> str:
        return self.question


class DismissedQuestion(models.Model):
    """A question without an answer that is not for here, a platform editor says. Goes with the last row of it."""

    question = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.question


class PinnedResult(models.Model):
    """A contribution that platform editors put on top for one question."""

    question = models.CharField(
        _("vraag"), max_length=100, help_text=_("De woorden die iemand typt. Bijvoorbeeld: 'inloop azc'.")
    )
    page = models.ForeignKey(
        "contributions.Contribution", verbose_name=_("bijdrage"), on_delete=models.CASCADE, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    stems = models.CharField(max_length=200, editable=False, db_index=True, help_text="The question in any inflection.")

    base_form_class = UsableForm

    class Meta:
        verbose_name = _("vastgezet resultaat")
        verbose_name_plural = _("vastgezette resultaten")
        ordering = ["question", "position"]
        constraints = [models.UniqueConstraint(fields=["question", "page"], name="a_page_once_per_question")]

    def __str__(self) -> str:
        # Not what the page is called: it may be hidden by now.
        return f"{self.question} ({self.position})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.stems = key_of(self.question)
        super().save(*args, **kwargs)


def key_of(question: str) -> str:
    """What tells questions apart: their words without inflection, in any order."""
    return " ".join(sorted(token.stem for token in dutch.words(question)))[:200]


class Generation(models.Model):
    """One Elasticsearch index that this exchange filled, or is filling. The live one carries the alias."""

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"

    name = models.CharField(max_length=100, unique=True, help_text="Of the index.")
    uuid = models.CharField(
        max_length=40, blank=True, help_text="Elasticsearch's own: an index that was made anew has another."
    )
    state = models.CharField(max_length=10, choices=State, default=State.BUILDING)
    touched_at = models.DateTimeField(default=timezone.now, help_text="A sign of life from whoever is building it.")
    behind_since = models.DateTimeField(
        null=True, help_text="It did not take what was sent: until it has everything, the database answers."
    )

    def __str__(self) -> str:
        return self.name

    def forget(self) -> None:
        """Delete this generation and what was pushed to it. Whoever notes a push meanwhile waits, and finds it gone."""
        with transaction.atomic():
            Generation.objects.select_for_update().filter(pk=self.pk).first()
            self.delete()


class Pushed(models.Model):
    """Which version of an entry a generation has: what is missing or lower here still has to be sent."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="pushed", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pushed")
    version = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "pushed"
        constraints = [models.UniqueConstraint(fields=["generation", "entry"], name="an_entry_once_per_generation")]

    def __str__(self) -> str:
        return f"{self.entry_id} at {self.version}"
