"""Bands instead of false precision, and the other fixed choices of an initiative."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.searchable import Filter, by_choices


class Phase(models.TextChoices):
    IDEA = "idea", _("Idee")
    PILOT = "pilot", _("Proef")
    RUNNING = "running", _("Loopt")
    SECURED = "secured", _("Vast geregeld")
    STOPPED = "stopped", _("Gestopt")


# The phases in which an initiative runs at its own municipality.
GOES_ON = frozenset({Phase.RUNNING, Phase.SECURED})


class Cost(models.TextChoices):
    """Euros."""

    NONE = "none", _("geen kosten")
    UNDER_5K = "under_5k", _("minder dan € 5.000")
    UNDER_25K = "5k_25k", _("€ 5.000 tot € 25.000")
    UNDER_100K = "25k_100k", _("€ 25.000 tot € 100.000")
    OVER_100K = "over_100k", _("meer dan € 100.000")
    UNKNOWN = "unknown", _("niet bekend")


class Staff(models.TextChoices):
    """Hours a week, of the municipality itself."""

    UNDER_4 = "under_4", _("minder dan 4 uur per week")
    UNDER_16 = "4_16", _("4 tot 16 uur per week")
    UNDER_36 = "16_36", _("16 tot 36 uur per week")
    OVER_36 = "over_36", _("meer dan 36 uur per week")


class LeadTime(models.TextChoices):
    """Months from decision to start."""

    UNDER_3 = "under_3", _("minder dan 3 maanden")
    UNDER_6 = "3_6", _("3 tot 6 maanden")
    UNDER_12 = "6_12", _("6 tot 12 maanden")
    OVER_12 = "over_12", _("meer dan 12 maanden")


class MadeWith(models.TextChoices):
    KEY_PERSONS = "key_persons", _("sleutelpersonen")
    ADVISORY_BOARD = "advisory_board", _("adviesraad")
    LIVED_EXPERIENCE = "lived_experience", _("mensen die het zelf meemaakten")
    OWN_ORGANISATIONS = "own_organisations", _("eigen organisaties van de doelgroep")


# How search filters on them.
PHASE = Filter("phase", _("Fase"), by_choices(Phase), 50)
BANDS = (
    Filter("cost", _("Kosten"), by_choices(Cost), 60),
    Filter("staff", _("Uren van de gemeente"), by_choices(Staff), 70),
)


def values_of(page: Any) -> list[tuple[str, str]]:
    """The bands of an initiative or an adoption, as search filters on them."""
    return [("staff", page.staff), *(("cost", cost) for cost in sorted({page.cost_once, page.cost_yearly}))]
