"""Partner organisations: who a municipality works with, picked or added while writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.municipalities.models import Municipality


class OrganisationKind(models.TextChoices):
    GGD = "ggd", _("GGD")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    CARE = "care", _("Zorg en hulpverlening")
    WELFARE = "welfare", _("Welzijn")
    MIGRANT = "migrant", _("Migranten- of diasporaorganisatie")
    LGBTQIA = "lhbtiqa", _("LHBTIQA+-organisatie")
    MILD_DISABILITY = "lvb", _("Organisatie voor mensen met een LVB")
    REGION = "region", _("Regionale samenwerking")
    GOVERNMENT = "government", _("Andere overheid")
    HOUSING = "housing", _("Woningcorporatie")
    EDUCATION = "education", _("Onderwijs")
    OTHER = "other", _("Anders")


class Organisation(models.Model):
    """An organisation with the municipalities it works for."""

    name = models.CharField(_("naam"), max_length=150, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    website = models.URLField(_("website"), blank=True)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("werkt voor deze gemeenten"), blank=True, related_name="organisations"
    )

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
