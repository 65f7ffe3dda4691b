"""The register of municipalities: facts from CBS and TOOI, loaded from data and read-only for editors."""

from __future__ import annotations

from collections.abc import Collection

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .names import Known, codes_of, known_as
from .size import SizeClass, size_class


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def current(self) -> MunicipalityQuerySet:
        """Municipalities that exist today."""
        return self.filter(until=None)

    def own(self, codes: Collection[str]) -> Municipality | None:
        """The municipality of somebody who belongs to these; None for a visitor. Of several the first by code."""
        return self.current().filter(pk__in=codes).order_by("code").first() if codes else None

    def find(self, text: str) -> list[Municipality]:
        """Find who a code or name stands for; a dissolved one leads to its successors.

        Args:
            text: a CBS code (`GM0344`, also `gm344` or 344) or a name, also an everyday one, however it is typed.

        Returns:
            One municipality, several where a dissolved one was divided, none where nothing is known by that word.
        """
        return list(self.filter(pk__in=codes_of(text, self.known_as())).order_by("name"))

    def known_as(self) -> dict[str, tuple[str, ...]]:
        """The codes of present municipalities by every code and name that people may type."""
        rows = self.prefetch_related("successors").only("code", "name", "province", "until")
        return known_as([_known(one) for one in rows])


def _known(one: Municipality) -> Known:
    leads_to = (one.code,) if one.until is None else tuple(sorted(other.code for other in one.successors.all()))
    return Known(one.code, one.name, one.province, leads_to, one.until is None)


class Municipality(models.Model):
    """A municipality, present or dissolved. A dissolved one stays, so its code and its content keep working."""

    code = models.CharField(_("code"), max_length=6, primary_key=True, validators=[RegexValidator(r"^GM\d{4}$")])
    name = models.CharField(_("naam"), max_length=100)
    tooi_uri = models.URLField(_("TOOI-adres"), blank=True)
    population = models.PositiveIntegerField(_("inwoners"), null=True)
    land_area = models.DecimalField(_("oppervlakte (km²)"), max_digits=8, decimal_places=2, null=True)
    province_code = models.CharField(_("code van de provincie"), max_length=4, blank=True)
    province = models.CharField(_("provincie"), max_length=50, blank=True)
    corop_code = models.CharField(_("code van het COROP-gebied"), max_length=4, blank=True)
    corop = models.CharField(_("COROP-gebied"), max_length=80, blank=True)
    safety_region_code = models.CharField(_("code van de veiligheidsregio"), max_length=4, blank=True)
    safety_region = models.CharField(_("veiligheidsregio"), max_length=80, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True)
    longitude = models.FloatField(_("lengtegraad"), null=True)
    neighbours = models.ManyToManyField("self", verbose_name=_("buurgemeenten"), blank=True)
    until = models.DateField(_("bestond tot en met"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", verbose_name=_("opvolgers"), symmetrical=False, related_name="predecessors", blank=True
    )
    is_invented = models.BooleanField(_("verzonnen voorbeeld"), default=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_present_municipality_has_a_population",
                condition=Q(population__isnull=False) | Q(until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> SizeClass | None:
        """The size class; None for a dissolved municipality of which no population is known."""
        return None if self.population is None else size_class(self.population)


class EmailDomainQuerySet(models.QuerySet["EmailDomain"]):
    def municipalities(self, address: str) -> list[Municipality]:
        """The present municipalities that a mail address may belong to, by name; none for an unknown domain.

        `els@mail.example.nl` belongs to `example.nl` too; a dissolved municipality leads to its successors.
        """
        labels = address.rpartition("@")[2].strip().lower().split(".")
        domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
        known = Municipality.objects.filter(email_domains__domain__in=domains)
        ids = Q(pk__in=known.filter(until=None)) | Q(predecessors__in=known.exclude(until=None))
        return list(Municipality.objects.current().filter(ids).distinct().order_by("name"))


class EmailDomain(models.Model):
    """A mail domain of municipalities: one may have several, several may share one."""

    domain = models.CharField(_("domein"), max_length=100)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("gemeente"), on_delete=models.CASCADE, related_name="email_domains"
    )

    objects = EmailDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-maildomein")
        verbose_name_plural = _("e-maildomeinen")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "municipality"], name="one_row_per_domain_and_municipality")
        ]

    def __str__(self) -> str:
        return self.domain
