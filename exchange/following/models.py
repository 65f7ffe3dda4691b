"""Lists of one's own, what somebody follows, and which weekly mail went out."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import NoReturn, User
from exchange.contributions.models import Contribution
from exchange.municipalities.models import Municipality

TITLE_LENGTH = 100
# A question as an address holds it.
VALUE_LENGTH = 600


class ReadingList(NoReturn):
    """Contributions that somebody keeps together: for oneself, or with the colleagues of a municipality."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reading_lists")
    title = models.CharField(
        _("naam van de lijst"), max_length=TITLE_LENGTH, help_text=_("Bijvoorbeeld: 'Voor het plan opvang 2027'.")
    )
    shared_with = models.ForeignKey(
        Municipality, verbose_name=_("ook voor collega's van"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ListItem(models.Model):
    """A contribution on a list."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="items")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="list_items")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reading_list", "contribution"], name="a_page_once_on_a_list")]

    def __str__(self) -> str:
        return f"{self.reading_list}: {self.contribution}"


class FollowKind(models.TextChoices):
    THEME = "theme", _("thema")
    MUNICIPALITY = "municipality", _("gemeente")
    INITIATIVE = "initiative", _("initiatief")
    SEARCH = "search", _("zoekvraag")


class Follow(models.Model):
    """Somebody wants to hear what is new: of a theme (slug), municipality (code), initiative (id) or question."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=12, choices=FollowKind)
    value = models.CharField(max_length=VALUE_LENGTH)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "value"], name="followed_once")]
        indexes = [models.Index(fields=["kind", "value"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.value}"


class NoDigest(models.Model):
    """Somebody who follows things, but wants no weekly mail about them."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="no_digest")

    def __str__(self) -> str:
        return str(self.user)


class Digest(models.Model):
    """The weekly mail of somebody: written together with the mail itself, so none goes out twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    week = models.DateField(help_text="Its Monday.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="a_digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.user}: {self.week}"
