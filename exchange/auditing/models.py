"""Who did what when, in which section. Names stand in the account only: where that is gone, so is the name."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.accounts.rights import Place
from exchange.municipalities.models import Municipality


class Act(models.TextChoices):
    """What is noted besides what Wagtail notes of pages."""

    ROLE_GIVEN = "role_given", _("kreeg een rol")
    ROLE_CHANGED = "role_changed", _("kreeg een andere rol")
    ROLE_TAKEN = "role_taken", _("rol beëindigd")
    CONFIRMED = "confirmed", _("bevestigd dat het klopt")
    SIGNED_IN = "signed_in", _("ingelogd")
    SIGN_IN_FAILED = "sign_in_failed", _("inloggen mislukt")
    FACTOR_ADDED = "factor_added", _("tweede stap bij inloggen toegevoegd")
    FACTOR_REMOVED = "factor_removed", _("tweede stap bij inloggen weggehaald")
    PEOPLE_READ = "people_read", _("lijst van mensen bekeken")
    LOG_READ = "log_read", _("logboek bekeken")
    DATA_TAKEN = "data_taken", _("gegevens gedownload")
    PERSON_READ = "person_read", _("aanspreekpunt met een naam bekeken")
    REFUSED = "refused", _("geweigerd")
    LIMITED = "limited", _("te veel verzoeken")
    WORDS_ADDED = "words_added", _("zoekwoorden toegevoegd")
    WORDS_REMOVED = "words_removed", _("zoekwoorden weggehaald")
    QUESTION_DISMISSED = "question_dismissed", _("zoekvraag weggelegd: niet bij ons")
    QUESTION_BACK = "question_back", _("zoekvraag teruggelegd")


# What of Wagtail's log is said in other words than its buttons have.
PAGE_ACTS = {
    "wagtail.create": _("gemaakt"),
    "wagtail.edit": _("bewerkt"),
    "wagtail.publish": _("geplaatst"),
    "wagtail.unpublish": _("offline gehaald"),
    "wagtail.delete": _("weggegooid"),
    "wagtail.move": _("verplaatst"),
    "wagtail.copy": _("gekopieerd"),
    "wagtail.rename": _("kreeg een andere titel"),
    "wagtail.revert": _("oude versie teruggezet"),
    "wagtail.workflow.start": _("aangeboden om mee te lezen"),
    "wagtail.workflow.approve": _("gelezen en akkoord"),
    "wagtail.workflow.reject": _("terug naar de schrijver"),
    "wagtail.workflow.cancel": _("teruggenomen"),
}


class EntryQuerySet(models.QuerySet["AuditEntry"]):
    def of(self, place: Place) -> EntryQuerySet:
        """What happened in a section; for a municipality also in its departments."""
        found = self.filter(municipality=place.municipality)
        return found if place.department is None else found.filter(department=place.department)


class AuditEntry(models.Model):
    """One thing that somebody did in a section, or on the platform. Never changed; removed after `AUDIT_DAYS`."""

    at = models.DateTimeField(_("wanneer"), default=timezone.now, db_index=True)
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.CASCADE, related_name="+", help_text="Empty: of the whole platform."
    )
    department = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Empty: the system, or gone since."
    )
    action = models.CharField(_("wat"), max_length=60, help_text="Of `Act`, or of Wagtail's log.")
    about = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Whose role.")
    role = models.CharField(max_length=20, blank=True)
    page_id = models.PositiveBigIntegerField(null=True, db_index=True, help_text="The page may be gone.")
    title = models.CharField(max_length=255, blank=True, help_text="Of the page, then; or what was refused or taken.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"])]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.action}"

    @property
    def label(self) -> str:
        """What was done, in words."""
        if self.action in Act.values:
            return str(Act(self.action).label)
        if self.action in PAGE_ACTS:
            return str(PAGE_ACTS[self.action])
        return str(registry.get_action_label(self.action)) if registry.action_exists(self.action) else self.action
